import { useApi } from '@backstage/core-plugin-api';
import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { useCallback, useEffect, useState } from 'react';
import { sloRecommenderApiRef } from '../api';
import { failureMessage, type Resource, toError } from '../data';
import { analysisOutcome } from './analysisOutcome';

/** Asks for an analysis as of now, and says in `outcome` how it ended. */
export function useAnalyse(status: Resource<StatusResponse>) {
  const api = useApi(sloRecommenderApiRef);
  const { data, reload } = status;
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<Error>();
  const [outcome, setOutcome] = useState<string>();
  const [asked, setAsked] = useState<{
    id: string;
    asOfBefore: string | null;
  }>();

  const asOfBefore = data?.currentAnalysis?.asOf ?? null;
  const analyse = useCallback(async () => {
    setAsking(true);
    setError(undefined);
    setOutcome(undefined);
    try {
      const { id } = await api.analyze();
      setAsked({ id, asOfBefore });
      reload();
    } catch (cause) {
      setError(toError(cause));
    } finally {
      setAsking(false);
    }
  }, [api, asOfBefore, reload]);

  // each newer status is an occasion to look whether the analysis has ended
  useEffect(() => {
    if (!asked || !data || data.activeAnalysis?.id === asked.id) {
      return undefined;
    }
    let current = true;
    const end = (words: string) => {
      if (!current) return;
      setOutcome(words);
      setAsked(undefined);
      reload();
    };
    analysisOutcome(api, asked.id, asked.asOfBefore).then(
      words => {
        if (words) end(words);
      },
      cause =>
        end(
          `How the analysis ended is unknown: ${failureMessage(
            toError(cause),
          )}`,
        ),
    );
    return () => {
      current = false;
    };
  }, [api, asked, data, reload]);

  return { analyse, asking, error, outcome };
}
