import { useApi } from '@backstage/core-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import type { Exclusion } from 'backstage-plugin-slo-recommender-common';
import { useState } from 'react';
import { sloRecommenderApiRef } from '../api';
import { failureMessage, toError } from '../data';
import styles from './Exclusions.module.css';
import { formatPeriod, periodOf } from './period';

/** Takes an exclusion back, once that is confirmed. */
export function WithdrawButton(props: {
  entityRef: string;
  exclusion: Exclusion;
  onChange: (outcome: string) => void;
}) {
  const { entityRef, exclusion, onChange } = props;
  const api = useApi(sloRecommenderApiRef);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<Error>();
  const words = formatPeriod(periodOf(exclusion));

  const withdraw = async () => {
    setAsking(true);
    setError(undefined);
    try {
      await api.withdrawExclusion(entityRef, exclusion.id);
      setOpen(false);
      onChange('The exclusion is withdrawn.');
    } catch (cause) {
      setError(toError(cause));
    } finally {
      setAsking(false);
    }
  };

  return (
    <DialogTrigger
      isOpen={open}
      onOpenChange={opening => {
        setOpen(opening);
        setError(undefined);
      }}
    >
      <Button
        size="small"
        variant="secondary"
        className={styles.start}
        aria-label={`Withdraw the exclusion of ${words}`}
      >
        Withdraw…
      </Button>
      <Dialog className={styles.dialog}>
        <DialogHeader>Withdraw this exclusion?</DialogHeader>
        <DialogBody>
          <div className={styles.stack}>
            <p className={styles.flat}>
              {words} will count again. The reason to leave it out was: “
              {exclusion.reason}”
            </p>
            <p className={styles.flat}>
              The exclusion stays in the list, with your name as who withdrew
              it.
            </p>
            {error && (
              <Alert
                role="alert"
                status="danger"
                icon
                title="The exclusion could not be withdrawn"
                description={failureMessage(error)}
              />
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Keep it
          </Button>
          <Button variant="primary" isPending={asking} onPress={withdraw}>
            Withdraw
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
