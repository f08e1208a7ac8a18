import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  DatePicker,
  type DatePickerProps,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import { parseDuration } from 'backstage-plugin-slo-recommender-common';
import { useId, useState } from 'react';
import { sloRecommenderApiRef } from '../api';
import { useAction } from '../data';
import { Failure } from '../ui';
import {
  joinWords,
  formatFailureRatio,
  formatQuantity,
  formatShare,
  formatWindow,
} from '../words';
import styles from './Exclusions.module.css';
import { type Period, formatPeriod, hoursIn, widenToHours } from './period';

/** A share that may be more than the whole. */
const formatPart = (share: number) =>
  share > 1 ? formatShare(share) : formatFailureRatio(share);

/** What a period that is being entered will leave out, in UTC as the product counts. */
function PeriodInWords(props: {
  period: Period | undefined;
  window: string | undefined;
}) {
  const { period, window } = props;
  if (!period) {
    return (
      <p className={styles.detail}>
        It is widened to full hours, which are counted in UTC.
      </p>
    );
  }
  if (period.toMs <= period.fromMs) {
    return <p className={styles.wrong}>The end must be after the start.</p>;
  }
  const wide = widenToHours(period);
  const hours = hoursIn(wide);
  const windowMs = window === undefined ? undefined : parseDuration(window);
  return (
    <p className={styles.flat}>
      Leaves out <strong>{formatPeriod(wide)}</strong>:{' '}
      {formatQuantity(hours, 'full hour')}
      {window !== undefined && windowMs
        ? `, ${formatPart((wide.toMs - wide.fromMs) / windowMs)} of ${formatWindow(window)}`
        : ''}
      .
    </p>
  );
}

type Moment = DatePickerProps['value'];

const moment = {
  granularity: 'minute',
  hourCycle: 24,
  hideTimeZone: true,
  isRequired: true,
} as const;

const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;

const localTimeZone = () =>
  new Intl.DateTimeFormat().resolvedOptions().timeZone;

function toPeriod(from: Moment, to: Moment): Period | undefined {
  if (!from || !to) return undefined;
  const timeZone = localTimeZone();
  return {
    fromMs: from.toDate(timeZone).getTime(),
    toMs: to.toDate(timeZone).getTime(),
  };
}

/** What has to be said before a period can be left out. */
function missingWords(from: Moment, to: Moment, reason: string): string | null {
  const missing = [
    !from && 'when it begins',
    !to && 'when it ends',
    reason.trim().length < SHORTEST_REASON &&
      `the reason, in at least ${SHORTEST_REASON} characters`,
  ].filter(words => words !== false);
  return missing.length > 0 ? `Still missing: ${joinWords(missing)}.` : null;
}

function ExcludeForm(props: {
  entityRef: string;
  window: string | undefined;
  onDone: (outcome: string) => void;
}) {
  const { entityRef, window, onDone } = props;
  const api = useApi(sloRecommenderApiRef);
  const [from, setFrom] = useState<Moment>(null);
  const [to, setTo] = useState<Moment>(null);
  const [reason, setReason] = useState('');
  const period = toPeriod(from, to);
  const missing = missingWords(from, to, reason);
  const missingId = useId();
  const complete =
    missing === null && period !== undefined && period.toMs > period.fromMs;

  const { run, pending, error, forgetError } = useAction(async () => {
    if (!period) return;
    await api.exclude(entityRef, {
      from: new Date(period.fromMs).toISOString(),
      to: new Date(period.toMs).toISOString(),
      reason: reason.trim(),
    });
    onDone('The period is left out.');
  });

  // what was refused is no longer what is asked for
  const changing =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      forgetError();
    };

  return (
    <>
      <DialogBody>
        <div className={styles.stack}>
          <p className={styles.flat}>
            Times are in your time zone, {localTimeZone()}.
          </p>
          <div className={styles.moments}>
            <DatePicker
              label="From"
              {...moment}
              value={from}
              onChange={changing(setFrom)}
            />
            <DatePicker
              label="To"
              {...moment}
              value={to}
              onChange={changing(setTo)}
            />
          </div>
          <div role="status">
            <PeriodInWords period={period} window={window} />
          </div>
          <TextAreaField
            label="Reason"
            description="Why these hours say nothing about the service, for those who find them missing later."
            isRequired
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={changing(setReason)}
          />
          {missing && (
            <p id={missingId} className={styles.detail}>
              {missing}
            </p>
          )}
          {error && (
            <Failure title="The period could not be excluded" error={error} />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          isDisabled={!complete}
          aria-describedby={missing ? missingId : undefined}
          isPending={pending}
          onPress={run}
        >
          Exclude
        </Button>
      </DialogFooter>
    </>
  );
}

/** Asks which hours to leave out, and why. */
export function ExcludeDialog(props: {
  entityRef: string;
  window: string | undefined;
  onDone: (outcome: string) => void;
}) {
  return (
    <Dialog className={styles.dialog}>
      <DialogHeader>Exclude a period</DialogHeader>
      <ExcludeForm {...props} />
    </Dialog>
  );
}
