import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import type { ReactNode } from 'react';
import { Panel } from '../../pieces';
import {
  badName,
  formatAdjoiningWindow,
  formatCount,
  formatExpectedCount,
  formatKnownWindow,
  formatMinutes,
  formatProbability,
  formatProbabilityInterval,
  formatRatio,
  formatSpend,
  formatWindow,
  wholeRequests,
} from '../../words';
import { describeObjective } from './meaning';
import { ObjectiveField } from './ObjectiveField';
import { type CurveReading, formatPicked, rungsAround } from './reading';
import styles from './ReadingPanel.module.css';

function keptWords(kept: boolean | null): string {
  if (kept === null) return 'unknown';
  return kept ? 'yes' : 'no';
}

function requestWords(requests: number | null): string {
  if (requests === null) return 'unknown';
  const whole = wholeRequests(requests);
  return whole === 0 ? 'less than 1' : formatCount(whole);
}

/** On what the probability of an objective that is no rung rests. */
function footingWords(
  { footing, objective }: CurveReading,
  { curve }: Recommendation,
): string | null {
  if (footing === 'rung') return null;
  const rungs = rungsAround(curve, objective);
  const where = rungs
    ? `Between the rungs ${formatRatio(rungs.below)} and ${formatRatio(
        rungs.above,
      )}`
    : 'Between the rungs';
  return footing === 'between'
    ? `${where}: computed, but not among what is recommended.`
    : `${where}: read off the curve between two computed objectives.`;
}

function rowsOf(
  reading: CurveReading,
  recommendation: Recommendation,
  window: string,
): [name: string, value: ReactNode][] {
  const { sliType, achieved, dataQuality } = recommendation;
  const known = formatKnownWindow(window, dataQuality.historyDays);
  const meaning = describeObjective(reading, recommendation, window);
  return [
    [
      `Probability kept, next ${formatAdjoiningWindow(window)}`,
      <>
        {formatProbability(reading.attainment)}
        {reading.attainmentInterval && (
          <span className={styles.interval}>
            {formatProbabilityInterval(reading.attainmentInterval)}
          </span>
        )}
      </>,
    ],
    [
      sliType === 'availability'
        ? 'Budget of full outage'
        : 'Budget of time with all requests slow',
      meaning.budgetMinutes === null
        ? 'unknown'
        : formatMinutes(meaning.budgetMinutes),
    ],
    [
      `Budget of ${badName(sliType)} requests`,
      requestWords(meaning.budgetRequests),
    ],
    [
      'Budget likely spent (median)',
      meaning.expectedSpend === null
        ? 'unknown'
        : formatSpend(meaning.expectedSpend),
    ],
    [
      'Windows expected to break it in a year',
      meaning.year
        ? `${formatExpectedCount(meaning.year.breaches)} of ${formatCount(
            meaning.year.windows,
          )}`
        : 'unknown',
    ],
    [
      `Achieved, last ${known}`,
      achieved === null ? 'unknown' : formatRatio(achieved),
    ],
    [`Kept over the last ${known}`, keptWords(meaning.keptLastWindow)],
    ['Enough requests seen to offer it', reading.supported ? 'yes' : 'no'],
  ];
}

/** What promising the picked objective would mean. */
export function ReadingPanel(props: {
  reading: CurveReading;
  recommendation: Recommendation;
  window: string;
  onPick: (objective: number) => void;
}) {
  const { reading, recommendation, window, onPick } = props;
  const footing = footingWords(reading, recommendation);
  return (
    <Panel
      title={<span aria-live="polite">At {formatPicked(reading)}</span>}
      description={`What this promise would mean over ${formatWindow(window)}`}
    >
      <div className={styles.content}>
        <ObjectiveField
          curve={recommendation.curve}
          reading={reading}
          onPick={onPick}
        />
        {footing && <p className={styles.footing}>{footing}</p>}
        <dl className={styles.rows}>
          {rowsOf(reading, recommendation, window).map(([name, value]) => (
            <div key={name} className={styles.row}>
              <dt className={styles.name}>{name}</dt>
              <dd className={styles.value}>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  );
}
