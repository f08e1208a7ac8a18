import { steadyHistory } from '../__testUtils__/latencies';
import { START_MS } from '../__testUtils__/series';
import { DAY_MS } from '../sli';
import { candidateThresholds } from './candidateThresholds';

const BOUNDS = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];

interface Case {
  what: string;
  bounds?: number[];
  counts: number[];
  promisedSeconds?: number;
  thresholds: number[];
}

const cases: Case[] = [
  {
    what: 'one boundary for each percentile',
    counts: [700, 240, 30, 26, 4, 0, 0, 0],
    thresholds: [0.05, 0.1, 0.2, 0.4],
  },
  {
    what: 'the next boundary where a fourth of the budget would not be left',
    counts: [700, 240, 20, 31, 9, 0, 0, 0],
    thresholds: [0.05, 0.1, 0.4, 0.8],
  },
  {
    what: 'one boundary more where percentiles coincide',
    counts: [0, 0, 1_000, 0, 0, 0, 0, 0],
    thresholds: [0.2, 0.4],
  },
  {
    what: 'the promised threshold instead of p50',
    counts: [700, 240, 30, 26, 4, 0, 0, 0],
    promisedSeconds: 1.6,
    thresholds: [0.1, 0.2, 0.4, 1.6],
  },
  {
    what: 'no promised threshold that is on no boundary',
    counts: [700, 240, 30, 26, 4, 0, 0, 0],
    promisedSeconds: 0.3,
    thresholds: [0.05, 0.1, 0.2, 0.4],
  },
  {
    what: 'the promised threshold alone without requests',
    counts: [0, 0, 0, 0, 0, 0, 0, 0],
    promisedSeconds: 0.8,
    thresholds: [0.8],
  },
  {
    what: 'what can be measured where the slowest percentiles lie above all boundaries',
    counts: [0, 0, 0, 0, 0, 0, 960, 40],
    thresholds: [3.2],
  },
  {
    what: 'nothing where all lies above the highest boundary',
    counts: [0, 0, 0, 0, 0, 0, 0, 1_000],
    thresholds: [],
  },
  {
    what: 'no threshold of 0 s',
    bounds: [0, 0.1, 0.2],
    counts: [1_000, 0, 0, 0],
    thresholds: [0.1, 0.2],
  },
  {
    what: 'nothing without boundaries',
    bounds: [],
    counts: [1_000],
    thresholds: [],
  },
];

describe('candidateThresholds', () => {
  it.each(cases)(
    'takes $what',
    ({ bounds = BOUNDS, counts, promisedSeconds, thresholds }) => {
      const history = steadyHistory(
        {
          boundsSeconds: Float64Array.from(bounds),
          counts: Float64Array.from(counts),
        },
        24,
      );
      const candidates = candidateThresholds(history, {
        asOfMs: START_MS + DAY_MS,
        windowMs: DAY_MS,
        promised:
          promisedSeconds === undefined
            ? undefined
            : { objective: 0.99, thresholdSeconds: promisedSeconds },
      });
      expect(candidates.map(index => bounds[index])).toEqual(thresholds);
    },
  );
});
