import { parseDuration } from 'backstage-plugin-slo-recommender-common';
import {
  formatFailureRatio,
  formatQuantity,
  formatShare,
  formatWindow,
} from '../words';
import styles from './Exclusions.module.css';
import { formatPeriod, hoursIn, type Period, widenToHours } from './period';

/** A share that may be more than the whole. */
const formatPart = (share: number) =>
  share > 1 ? formatShare(share) : formatFailureRatio(share);

/** What a period that is being entered will leave out, in UTC as the product counts. */
export function PeriodInWords(props: {
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
