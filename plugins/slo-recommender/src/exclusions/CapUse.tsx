import {
  type Exclusion,
  parseDuration,
} from 'backstage-plugin-slo-recommender-common';
import {
  formatAdjoiningWindow,
  formatFailureRatio,
  formatRatio,
} from '../words';
import styles from './Exclusions.module.css';
import { excludedShare } from './period';

/** How much of the last window is left out, against the most that may be. */
export function CapUse(props: {
  exclusions: Exclusion[];
  /** Most of a window that may be left out, in [0, 1]. */
  cap: number;
  window: string | undefined;
  now?: number;
}) {
  const { exclusions, cap, window, now = Date.now() } = props;
  const windowMs = window === undefined ? undefined : parseDuration(window);
  if (window === undefined || !windowMs) {
    return (
      <p className={styles.flat}>
        At most {formatRatio(cap)} of a window may be left out.
      </p>
    );
  }
  const share = excludedShare(exclusions, windowMs, now);
  const over = share > cap;
  const width = cap > 0 ? Math.min(1, share / cap) * 100 : 0;
  return (
    <div className={styles.cap}>
      <p className={styles.flat}>
        <strong>{formatFailureRatio(share)}</strong> of the last{' '}
        {formatAdjoiningWindow(window)} is left out; at most {formatRatio(cap)}{' '}
        may be.
        {over && ' Hours beyond that count all the same.'}
      </p>
      <div
        className={`${styles.track} ${over ? styles.over : ''}`}
        aria-hidden="true"
      >
        <div className={styles.fill} style={{ width: `${width}%` }} />
      </div>
    </div>
  );
}
