import { useApi } from '@backstage/core-plugin-api';
import { Button, Flex } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import type {
  StatusResponse,
  SloRecommenderApi,
} from 'backstage-plugin-slo-recommender-common';
import { useEffect, useState } from 'react';
import { sloRecommenderApiRef } from '../api';
import { failureMessage, type Resource, toError, useAction } from '../data';
import { Failure } from '../ui';
import { formatInstant } from '../words';
import styles from './AnalyseButton.module.css';

/**
 * How an analysis ended, in a sentence; undefined while it has not.
 *
 * @param asOfBefore - instant that was shown when it was asked for; null before the first analysis
 */
async function analysisOutcome(
  api: SloRecommenderApi,
  id: string,
  asOfBefore: string | null,
): Promise<string | undefined> {
  const { status, error, asOf } = await api.getAnalysis(id);
  if (status === 'failed') {
    return `The analysis failed: ${error ?? 'no reason is known'}`;
  }
  if (status !== 'completed') return undefined;
  // telemetry can end before the instant that was asked for; readers are shown where it ends
  const { currentAnalysis } = await api.getStatus();
  const shown = currentAnalysis?.asOf ?? asOf;
  const words = `Analysed, as of ${formatInstant(shown)}`;
  return shown === asOfBefore ? `${words}: nothing newer.` : `${words}.`;
}

/** Asks for an analysis as of now, and says in `outcome` how it ended. */
function useAnalyse(status: Resource<StatusResponse>) {
  const api = useApi(sloRecommenderApiRef);
  const { data, reload } = status;
  const [outcome, setOutcome] = useState<string>();
  const [asked, setAsked] = useState<{
    id: string;
    asOfBefore: string | null;
  }>();

  const asOfBefore = data?.currentAnalysis?.asOf ?? null;
  const start = useAction(async () => {
    setOutcome(undefined);
    const { id } = await api.analyze();
    setAsked({ id, asOfBefore });
    reload();
  });

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

  return { start, outcome };
}

/** Starts an analysis of every service, waits while one is at work, and says how it ended. */
export function AnalyseButton(props: { status: Resource<StatusResponse> }) {
  const { status } = props;
  const { start, outcome } = useAnalyse(status);
  const active = Boolean(status.data?.activeAnalysis);
  return (
    <Flex direction="column" gap="2" align="start">
      <Button
        variant="secondary"
        iconStart={<RiRefreshLine />}
        isDisabled={active}
        isPending={start.pending}
        onPress={start.run}
      >
        {active ? 'Analysing…' : 'Analyse now'}
      </Button>
      {/* there before its words are, so that these are read out */}
      <span role="status" className={styles.outcome}>
        {outcome}
      </span>
      {start.error && (
        <Failure
          title="The analysis could not be started"
          error={start.error}
        />
      )}
    </Flex>
  );
}
