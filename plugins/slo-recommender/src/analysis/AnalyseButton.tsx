import { Alert, Button, Flex } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { failureMessage, type Resource } from '../data';
import styles from './AnalyseButton.module.css';
import { useAnalyse } from './useAnalyse';

/** Starts an analysis of every service, waits while one is at work, and says how it ended. */
export function AnalyseButton(props: { status: Resource<StatusResponse> }) {
  const { status } = props;
  const { analyse, asking, error, outcome } = useAnalyse(status);
  const active = Boolean(status.data?.activeAnalysis);
  return (
    <Flex direction="column" gap="2" align="start">
      <Button
        variant="secondary"
        iconStart={<RiRefreshLine />}
        isDisabled={active}
        isPending={asking}
        onPress={analyse}
      >
        {active ? 'Analysing…' : 'Analyse now'}
      </Button>
      {/* there before its words are, so that these are read out */}
      <span role="status" className={styles.outcome}>
        {outcome}
      </span>
      {error && (
        <Alert
          role="alert"
          status="danger"
          icon
          title="The analysis could not be started"
          description={failureMessage(error)}
        />
      )}
    </Flex>
  );
}
