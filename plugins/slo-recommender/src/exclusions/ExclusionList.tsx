import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import { RiCheckboxCircleLine, RiProhibitedLine } from '@remixicon/react';
import type { Exclusion } from 'backstage-plugin-slo-recommender-common';
import { useEffect, useRef, useState } from 'react';
import { sloRecommenderApiRef } from '../api';
import { useAction } from '../data';
import { EntityName, Fact, Failure } from '../ui';
import { formatInstant, formatQuantity } from '../words';
import styles from './Exclusions.module.css';
import { formatPeriod, hoursIn, periodOf } from './period';
import { MoreButton, useFirstFew } from './useFirstFew';

/** Takes an exclusion back, once that is confirmed. */
function WithdrawButton(props: {
  entityRef: string;
  exclusion: Exclusion;
  onChange: (outcome: string) => void;
}) {
  const { entityRef, exclusion, onChange } = props;
  const api = useApi(sloRecommenderApiRef);
  const [open, setOpen] = useState(false);
  const { run, pending, error, forgetError } = useAction(async () => {
    await api.withdrawExclusion(entityRef, exclusion.id);
    setOpen(false);
    onChange('The exclusion is withdrawn.');
  });
  const words = formatPeriod(periodOf(exclusion));

  return (
    <DialogTrigger
      isOpen={open}
      onOpenChange={opening => {
        setOpen(opening);
        forgetError();
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
              <Failure
                title="The exclusion could not be withdrawn"
                error={error}
              />
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Keep it
          </Button>
          <Button variant="primary" isPending={pending} onPress={run}>
            Withdraw
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}

function ExclusionItem(props: {
  entityRef: string;
  exclusion: Exclusion;
  mayWithdraw: boolean;
  onChange: (outcome: string) => void;
}) {
  const { entityRef, exclusion, mayWithdraw, onChange } = props;
  const { withdrawn, reason, owner, createdAt } = exclusion;
  const period = periodOf(exclusion);
  const item = useRef<HTMLLIElement>(null);
  const held = useRef(withdrawn === null);

  // the button that had the focus goes with the withdrawal
  useEffect(() => {
    if (held.current && withdrawn) item.current?.focus();
    held.current = withdrawn === null;
  }, [withdrawn]);

  return (
    <li
      ref={item}
      tabIndex={-1}
      className={`${styles.item} ${withdrawn ? styles.withdrawn : ''}`}
    >
      <div className={styles.head}>
        <strong>{formatPeriod(period)}</strong>
        <span>{formatQuantity(hoursIn(period), 'hour')}</span>
        {withdrawn ? (
          <Fact icon={<RiCheckboxCircleLine />}>withdrawn, counts again</Fact>
        ) : (
          <Fact tone="info" icon={<RiProhibitedLine />}>
            left out
          </Fact>
        )}
      </div>
      <p className={styles.flat}>{reason}</p>
      <p className={styles.detail}>
        <EntityName entityRef={owner} />, {formatInstant(createdAt)}
        {withdrawn && (
          <>
            {' '}
            · withdrawn by <EntityName entityRef={withdrawn.by} />,{' '}
            {formatInstant(withdrawn.at)}
          </>
        )}
      </p>
      {!withdrawn && mayWithdraw && (
        <WithdrawButton
          entityRef={entityRef}
          exclusion={exclusion}
          onChange={onChange}
        />
      )}
    </li>
  );
}

/** What is left out, and what was and is no longer, newest first. */
export function ExclusionList(props: {
  entityRef: string;
  exclusions: Exclusion[];
  mayWithdraw: boolean;
  onChange: (outcome: string) => void;
}) {
  const { exclusions, ...rest } = props;
  const { shown, ...more } = useFirstFew(exclusions);
  return (
    <>
      <ul className={styles.list} aria-label="Exclusions">
        {shown.map(exclusion => (
          <ExclusionItem key={exclusion.id} exclusion={exclusion} {...rest} />
        ))}
      </ul>
      <MoreButton {...more} noun="exclusion" />
    </>
  );
}
