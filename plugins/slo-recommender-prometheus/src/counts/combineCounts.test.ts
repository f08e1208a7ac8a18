import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';
import { fillHours, hasHoles } from './combineCounts';

const counts = (evidence: string, ...total: number[]): HourlyCounts => ({
  total: Float64Array.from(total),
  bad: Float64Array.from(total, value => value / 10),
  evidence,
  failureDefinition: `what ${evidence} call a failure`,
});

describe('fillHours', () => {
  it.each<
    [
      what: string,
      better: number[],
      other: number[],
      filled: number[],
      hours: number,
      evidence: string,
    ]
  >([
    ['nothing', [10, 20], [90, 90], [10, 20], 0, 'spans'],
    [
      'what is missing before',
      [NaN, NaN, 30, 40],
      [10, 20, 30, 90],
      [10, 20, 30, 40],
      2,
      'spans',
    ],
    [
      'what is missing after, and the hour that was cut short',
      [10, 20, 5, NaN],
      [10, 90, 30, 40],
      [10, 20, 30, 40],
      2,
      'metrics',
    ],
    ['not what nobody knows', [10, NaN], [10, NaN], [10, NaN], 0, 'spans'],
  ])('fills %s', (_, better, other, filled, filledHours, evidence) => {
    expect(
      fillHours(counts('spans', ...better), counts('metrics', ...other)),
    ).toEqual({ counts: { ...counts(evidence, ...filled) }, filledHours });
  });

  it.each([
    [[1, NaN, NaN], false],
    [[1, NaN, NaN, NaN], true],
  ])('is for %j: %s', (total, expected) => {
    expect(hasHoles(counts('spans', ...total))).toBe(expected);
  });
});
