import { TextField } from '@backstage/ui';
import type { CurvePoint } from 'backstage-plugin-slo-recommender-common';
import { useState } from 'react';
import { formatRatio } from '../../words';
import { type CurveReading, formatPicked, readCurve } from './reading';

const number = (percentage: string) => percentage.replace(/\s%$/, '');

/** Reads `99.93`, `99,93` or `99.93 %` as a fraction; NaN where it is none of these. */
export function parsePercentage(text: string): number {
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
export function ObjectiveField(props: {
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
