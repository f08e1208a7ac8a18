import { useApi } from '@backstage/core-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import type { Cycle } from 'backstage-plugin-slo-recommender-common';
import { useState } from 'react';
import { sloRecommenderApiRef } from '../api';
import { isForbidden, useAction } from '../data';
import { EntityName, Failure, Panel } from '../ui';
import { formatInstant } from '../words';
import styles from './Cycles.module.css';

/** Says that a cycle is known and accepted, with the reason, and takes that back. */
export function Acknowledgement(props: {
  cycle: Cycle;
  onChange: (cycle: Cycle) => void;
}) {
  const { cycle, onChange } = props;
  const { acknowledgement } = cycle;
  const api = useApi(sloRecommenderApiRef);
  const [reason, setReason] = useState('');
  const { run, pending, error } = useAction(async (acknowledged: boolean) => {
    onChange(await api.acknowledgeCycle(cycle.id, { acknowledged, reason }));
    setReason('');
  });

  const form = () => {
    if (isForbidden(error)) {
      return (
        <p className={styles.flat}>
          You may look at this cycle, but acknowledging it is not yours to do.
        </p>
      );
    }
    return acknowledgement ? (
      <Button
        variant="secondary"
        isPending={pending}
        onPress={() => run(false)}
      >
        Open again
      </Button>
    ) : (
      <>
        <TextAreaField
          className={styles.reason}
          label="Reason"
          description="Why it may stay, for those who find it later."
          value={reason}
          onChange={setReason}
        />
        <Button
          variant="secondary"
          isPending={pending}
          isDisabled={reason.trim() === ''}
          onPress={() => run(true)}
        >
          Acknowledge
        </Button>
      </>
    );
  };

  return (
    <Panel
      title={acknowledgement ? 'Acknowledged' : 'Acknowledge'}
      description={
        acknowledgement
          ? `It is known and accepted since ${formatInstant(
              acknowledgement.at,
            )}`
          : 'A cycle that is known and meant can be accepted. It stays in the list.'
      }
    >
      <div className={styles.form}>
        {acknowledgement && (
          <p className={styles.flat}>
            {acknowledgement.reason || 'No reason was given.'}{' '}
            <span className={styles.quiet}>
              <EntityName entityRef={acknowledgement.by} />
            </span>
          </p>
        )}
        {form()}
        {error && !isForbidden(error) && (
          <Failure
            title="The state of the cycle could not be changed"
            error={error}
          />
        )}
      </div>
    </Panel>
  );
}
