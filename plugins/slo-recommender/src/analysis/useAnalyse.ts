import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useState } from 'react';
import { sloRecommenderApiRef } from '../api';

/** Asks for an analysis as of now. */
export function useAnalyse(onAccepted: () => void) {
  const api = useApi(sloRecommenderApiRef);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<Error>();

  const analyse = useCallback(async () => {
    setAsking(true);
    setError(undefined);
    try {
      await api.analyze();
      onAccepted();
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setAsking(false);
    }
  }, [api, onAccepted]);

  return { analyse, asking, error };
}
