import { TextField } from '@backstage/ui';
import type {
  Recommendation,
  CurvePoint,
} from 'backstage-plugin-slo-recommender-common';
import { type ReactNode, useState } from 'react';
import { Panel } from '../../ui';
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
import {
  type CurveReading,
  formatPicked,
  rungsAround,
  readCurve,
} from './reading';
import styles from './ReadingPanel.module.css';

const number = (percentage: string) => percentage.replace(/\s%$/, '');

/** Reads `99.93`, `99,93` or `99.93 %` as a fraction; NaN where it is none of these. */
function parsePercentage(text: string): number {
  const match = /^\s*(\d{1,3}(?:[.,]\d{0,10})?)\s*%?\s*$/.exec(text);
  return match ? Number(match[1].replace(',', '.')) / 100 : Number.NaN;
}

/** What is wrong with what was typed, and what would do; null where nothing is. */
function whyNot(
  text: string,
  curve: CurvePoint[],
  range: string,
): string | null {
  const typed = parsePercentage(text);
  if (Number.isNaN(typed)) {
    return `This is no percentage: type a number from ${range}.`;
  }
  return readCurve(curve, typed) === null
    ? `The curve does not reach there: type a number from ${range}.`
    : null;
}

/** Where a person types an objective that the handle does not stop at. */
function ObjectiveField(props: {
  curve: CurvePoint[];
  reading: CurveReading;
  onPick: (objective: number) => void;
}) {
  const { curve, reading, onPick } = props;
  // what is being typed; null while the field follows the handle
  const [draft, setDraft] = useState<string | null>(null);
  const range = [curve[0], curve[curve.length - 1]]
    .map(({ objective }) => number(formatRatio(objective)))
    .join(' to ');
  return (
    <TextField
      label="Objective in per cent"
      size="small"
      inputMode="decimal"
      autoComplete="off"
      description={`Any from ${range}, also between the rungs`}
      validationBehavior="aria"
      validate={text => (draft === null ? null : whyNot(text, curve, range))}
      value={draft ?? number(formatPicked(reading))}
      onChange={text => {
        setDraft(text);
        const typed = parsePercentage(text);
        if (readCurve(curve, typed)) onPick(typed);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}

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
function basisWords(
  { basis, objective }: CurveReading,
  { curve }: Recommendation,
): string | null {
  if (basis === 'rung') return null;
  const rungs = rungsAround(curve, objective);
  const where = rungs
    ? `Between the rungs ${formatRatio(rungs.below)} and ${formatRatio(
        rungs.above,
      )}`
    : 'Between the rungs';
  return basis === 'between'
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
  const basis = basisWords(reading, recommendation);
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
        {basis && <p className={styles.basis}>{basis}</p>}
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
