import { Alert, Button, Flex } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { failureMessage, type Resource } from '../data';
import { useAnalyse } from './useAnalyse';

/** Starts an analysis of every service, and waits while one is at work. */
export function AnalyseButton(props: { status: Resource<StatusResponse> }) {
  const { status } = props;
  const { analyse, asking, error } = useAnalyse(status.reload);
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
