import type {
  ChangePoint,
  HistoryPoint,
} from 'backstage-plugin-slo-recommender-common';
import type { PlotMark } from '../../charts';
import { formatDay, formatRatio } from '../../words';
import styles from './changeMarks.module.css';
import { shareOfInstant } from './timeline';

/** Older changes are told in words only. */
const MOST_MARKS = 3;

/** The latest lasting changes as marks over the chart: `▼ worse since 3 Nov: 99.98 % → 99.91 %`. */
export function changeMarks(
  history: HistoryPoint[],
  changePoints: ChangePoint[],
): PlotMark[] {
  return changePoints
    .map(change => ({ change, share: shareOfInstant(history, change.at) }))
    .filter(({ share }) => share >= 0 && share <= 1)
    .slice(-MOST_MARKS)
    .map(({ change, share }) => ({
      key: change.at,
      share,
      look: 'plain',
      label: (
        <>
          {change.direction === 'worse' ? '▼' : '▲'} {change.direction} since{' '}
          {formatDay(change.at)}
          <span className={styles.numbers}>
            : {formatRatio(change.before)} → {formatRatio(change.after)}
          </span>
        </>
      ),
    }));
}
