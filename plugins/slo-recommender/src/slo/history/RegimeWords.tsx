import type {
  ChangePoint,
  Regime,
} from 'backstage-plugin-slo-recommender-common';
import { Figure } from '../../pieces';
import { formatRatio, formatDate } from '../../words';
import styles from './HistoryWords.module.css';

const objectiveWords = (objective: number | null) =>
  objective === null ? 'none' : formatRatio(objective);

function changeWords({ at, direction, before, after, event }: ChangePoint) {
  return `${direction === 'worse' ? 'Worse' : 'Better'} since ${formatDate(
    at,
  )}: ${formatRatio(before)} → ${formatRatio(after)}${
    event ? `, within a day of ‘${event}’` : ''
  }`;
}

/** What changed lastingly, and what is recommended on the present regime and on the whole history: always both. */
export function RegimeWords(props: { regime: Regime }) {
  const { regime } = props;
  if (regime.changePoints.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3 className={styles.title}>What changed</h3>
      <ul className={styles.list}>
        {[...regime.changePoints].reverse().map(change => (
          <li key={change.at}>
            <span aria-hidden="true">
              {change.direction === 'worse' ? '▼' : '▲'}
            </span>{' '}
            {changeWords(change)}
          </li>
        ))}
      </ul>
      <p className={styles.text}>
        {regime.presentObjective !== null || regime.applied ? (
          <>
            Balanced objective by the time since {formatDate(regime.since)}{' '}
            alone: <Figure>{objectiveWords(regime.presentObjective)}</Figure>;
            by the whole history:{' '}
            <Figure>{objectiveWords(regime.wholeHistoryObjective)}</Figure>.
          </>
        ) : (
          <>
            Balanced objective by the whole history:{' '}
            <Figure>{objectiveWords(regime.wholeHistoryObjective)}</Figure>.
          </>
        )}{' '}
        {regime.applied
          ? 'The recommendation rests on the time since alone.'
          : `The time since ${formatDate(
              regime.since,
            )} is too short to rest on, so the recommendation takes the whole history.`}
      </p>
    </div>
  );
}
