import type { HistoryPoint } from 'backstage-plugin-slo-recommender-common';
import { useState } from 'react';
import { percentOf, TooltipBox } from '../../charts';
import { formatFullDay } from '../../words';
import styles from './DayCursor.module.css';

/**
 * Goes over the chart from day to day by keyboard, Home and End to the first and the last. Begins at the last day of
 * which something is known. Lies over a plot whose days are columns.
 */
export function DayCursor(props: {
  label: string;
  /** At least one day. */
  history: HistoryPoint[];
  /** What there is to say of a day. */
  describe: (point: HistoryPoint) => string[];
}) {
  const { label, history, describe } = props;
  const [picked, setPicked] = useState<number | null>(null);
  const last = history.length - 1;
  const known = history.findLastIndex(
    ({ rollingRatio }) => rollingRatio !== null,
  );
  // a later analysis may have fewer days
  const index = Math.min(picked ?? Math.max(0, known), last);
  const title = formatFullDay(history[index].day);
  const lines = describe(history[index]);
  const share = (index + 0.5) / history.length;
  return (
    <>
      <input
        type="range"
        className={styles.slider}
        min={0}
        max={last}
        step={1}
        value={index}
        aria-label={label}
        aria-valuetext={[title, ...lines].join('; ')}
        onChange={event => setPicked(Number(event.target.value))}
      />
      <div className={styles.cursor} aria-hidden="true">
        <span className={styles.line} style={{ left: percentOf(share) }} />
        <div
          className={styles.told}
          style={{
            left: percentOf(share),
            transform: `translateX(-${percentOf(share)})`,
          }}
        >
          <TooltipBox title={title} lines={lines} />
        </div>
      </div>
    </>
  );
}
