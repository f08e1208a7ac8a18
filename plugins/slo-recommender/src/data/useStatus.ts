import { useApi } from '@backstage/core-plugin-api';
import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { useEffect, useRef } from 'react';
import { sloRecommenderApiRef } from '../api';
import { type Resource, useResource } from './useResource';

const BUSY_INTERVAL_MS = 2_000;
const IDLE_INTERVAL_MS = 30_000;

/**
 * What the installation runs on and whether an analysis is at work. Asked every 2 s while one is or the first one is
 * awaited, else every 30 s.
 */
export function useStatus(): Resource<StatusResponse> {
  const api = useApi(sloRecommenderApiRef);
  const status = useResource('status', () => api.getStatus());
  const { data, error, reload } = status;

  useEffect(() => {
    if (!data && !error) return undefined;
    const busy = data && (data.activeAnalysis || !data.currentAnalysis);
    const timer = setTimeout(
      reload,
      busy && !error ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS,
    );
    return () => clearTimeout(timer);
  }, [data, error, reload]);

  return status;
}

/** Calls `onFinished` each time that readers are switched to another analysis, not for the one found on arrival. */
export function useAnalysisFinished(
  status: StatusResponse | undefined,
  onFinished: () => void,
): void {
  const known = useRef<string | null>();
  const currentId = status?.currentAnalysis?.id ?? null;
  const loaded = status !== undefined;

  useEffect(() => {
    if (!loaded) return;
    if (known.current !== undefined && known.current !== currentId) {
      onFinished();
    }
    known.current = currentId;
  }, [loaded, currentId, onFinished]);
}
