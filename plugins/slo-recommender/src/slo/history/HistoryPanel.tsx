import type {
  ExclusionEffect,
  Recommendation,
  ChangePoint,
  Regime,
} from 'backstage-plugin-slo-recommender-common';
import { lazy, useMemo } from 'react';
import { LazyChart } from '../../charts/LazyChart';
import type { TimelineAnswer } from '../../exclusions';
import { Panel, Figure } from '../../ui';
import {
  formatAdjoiningWindow,
  formatDate,
  formatQuantity,
  formatRatio,
  formatShare,
  formatWindow,
  goodWords,
  joinWords,
} from '../../words';
import styles from './HistoryWords.module.css';
import { timelineIn } from './timeline';

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
function RegimeWords(props: { regime: Regime }) {
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
        Balanced objective by{' '}
        {(regime.presentObjective !== null || regime.applied) && (
          <>
            the time since {formatDate(regime.since)} alone:{' '}
            <Figure>{objectiveWords(regime.presentObjective)}</Figure>; by{' '}
          </>
        )}
        the whole history:{' '}
        <Figure>{objectiveWords(regime.wholeHistoryObjective)}</Figure>.{' '}
        {regime.applied
          ? 'The recommendation rests on the time since alone.'
          : `The time since ${formatDate(
              regime.since,
            )} is too short to rest on, so the recommendation takes the whole history.`}
      </p>
    </div>
  );
}

const ratioWords = (ratio: number | null) =>
  ratio === null ? 'unknown' : formatRatio(ratio);

/** What leaving hours out does to what was achieved and to what is recommended: always both numbers. */
function ExclusionWords(props: { effect: ExclusionEffect; window: string }) {
  const { effect, window } = props;
  return (
    <div className={styles.block}>
      <h3 className={styles.title}>Hours left out</h3>
      <p className={styles.text}>
        {formatShare(effect.excludedShare)} of the hours of the last{' '}
        {formatAdjoiningWindow(window)} are left out; at most{' '}
        {formatShare(effect.cap)} may be.
        {effect.hoursOverCap > 0 &&
          ` ${formatQuantity(
            effect.hoursOverCap,
            'further hour',
          )} asked to be left out ${
            effect.hoursOverCap === 1 ? 'counts' : 'count'
          } all the same, as that is reached.`}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">without those hours</th>
            <th scope="col">with all hours</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Achieved</th>
            <td>{ratioWords(effect.achievedWithExclusions)}</td>
            <td>{ratioWords(effect.achievedWithoutExclusions)}</td>
          </tr>
          <tr>
            <th scope="row">Balanced objective</th>
            <td>{objectiveWords(effect.objectiveWithExclusions)}</td>
            <td>{objectiveWords(effect.objectiveWithoutExclusions)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

const AchievedChart = lazy(() => import('./AchievedChart'));

function description(recommendation: Recommendation): string {
  const meaning = `Share of requests that ${goodWords(
    recommendation,
  )}, each day for the window that ends with it (UTC)`;
  return recommendation.history[0]?.rollingRatio === null
    ? `${meaning}. It begins when a whole window is known.`
    : meaning;
}

/** How the SLI went until now, what happened meanwhile, and what that does to the numbers. */
export function HistoryPanel(props: {
  recommendation: Recommendation;
  timeline: TimelineAnswer;
  window: string;
}) {
  const { recommendation, window } = props;
  const { history, regime, exclusions } = recommendation;
  const { events, exclusions: excluded } = props.timeline;
  // a chart without them is better than none
  const timeline = useMemo(
    () => timelineIn(events.data, excluded.data),
    [events.data, excluded.data],
  );
  const failed = [
    ...(events.error ? ['deploys and other events'] : []),
    ...(excluded.error ? ['hours left out'] : []),
  ];
  const span = formatWindow(window);
  return (
    <Panel
      title={`Achieved over rolling ${span}`}
      description={description(recommendation)}
    >
      {failed.length > 0 && (
        <p className={styles.empty}>
          Drawn without {joinWords(failed)}, which could not be loaded.
        </p>
      )}
      {history.some(point => point.rollingRatio !== null) ? (
        <LazyChart height={390}>
          <AchievedChart
            recommendation={recommendation}
            timeline={timeline}
            span={span}
          />
        </LazyChart>
      ) : (
        <p className={styles.empty}>No whole window of {span} is known yet.</p>
      )}
      <div className={styles.blocks}>
        {regime && <RegimeWords regime={regime} />}
        {exclusions && <ExclusionWords effect={exclusions} window={window} />}
      </div>
    </Panel>
  );
}
