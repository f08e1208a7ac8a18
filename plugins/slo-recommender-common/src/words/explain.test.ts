import fc from 'fast-check';
import { arbitraryFacts } from '../__testUtils__/arbitraryFacts';
import {
  formatDays,
  formatKnownWindow,
  formatMinutes,
  formatWindow,
} from './durations';
import { explain } from './explain';
import type { ExplanationFacts } from './explanationFacts';
import { formatDate } from './instants';
import { formatCount, wholeRequests } from './numbers';
import { formatProbability, formatRatio } from './ratios';
import { formatSeconds } from './slis';

const tierOf = (objective: number, attainment: number) => ({
  objective,
  attainment,
  attainmentInterval: null,
  budgetMinutes: (1 - objective) * 28 * 24 * 60,
  budgetRequests: (1 - objective) * 2_140_000,
});
const pointOf = (objective: number, attainment: number, supported = true) => ({
  objective,
  attainment,
  attainmentInterval: null,
  supported,
  rung: true,
});

const checkout: ExplanationFacts = {
  window: 'P28D',
  verdict: 'ok',
  achieved: 0.99934,
  requests: 2_100_400,
  expectedRequests: 2_140_000,
  longerWindow: null,
  promised: { objective: 0.9995, attainment: 0.713 },
  curve: [pointOf(0.998, 0.993), pointOf(0.999, 0.924), pointOf(0.9995, 0.713)],
  tiers: {
    conservative: tierOf(0.998, 0.993),
    balanced: tierOf(0.999, 0.924),
    aggressive: tierOf(0.999, 0.924),
  },
  level: 'validated',
  confidence: 0.83,
  calibration: {
    state: 'calibrated',
    stratum: '1 M to 100 M requests a window',
    windows: 3_210,
    services: 800,
    coverage: [
      { nominal: 0.9, observed: 0.912, interval: { from: 0.9, to: 0.92 } },
    ],
  },
  backtest: { judged: 12, kept: 11 },
  borrowed: null,
  regime: null,
  exclusions: null,
  latency: null,
  dataQuality: { completeness: 0.998, historyDays: 90, simulated: false },
};

describe('explain', () => {
  it('says what to promise, how sure it is, and why', () => {
    expect(explain(checkout)).toEqual([
      'Promise 99.9 % availability over 28 days. With 92 % probability the next window keeps it: 40 min, or 2,140 failed requests, of budget.',
      'Today’s promise of 99.95 % is kept with 71 % probability.',
      'In the last 28 days 99.934 % of 2,100,400 requests succeeded.',
      'Less than that is recommended: windows differ, and room is left for a day worse than any seen.',
      'The next rung, 99.95 %, would be kept with 71 % probability.',
      'Of 12 past windows, 11 kept what would have been recommended.',
      'Over the fleet, 91.2 % of 3,210 past windows of 800 services (1 M to 100 M requests a window) kept what was predicted with 90 %.',
      'The history spans 90 days; counts are known for 99.8 % of its hours.',
      'The confidence in it is 83 %.',
    ]);
  });

  it('calls no span of a window that the history does not reach', () => {
    expect(
      explain({
        ...checkout,
        dataQuality: { ...checkout.dataQuality, historyDays: 3 },
      }),
    ).toContain('In the last 3 days 99.934 % of 2,100,400 requests succeeded.');
  });

  it('of a latency objective says the threshold and why it was chosen', () => {
    const sentences = explain({
      ...checkout,
      thresholdSeconds: 0.25,
      latency: { reason: '99 % within 250 ms is kept with 92 %.' },
      promised: null,
    });
    expect(sentences).toEqual(
      expect.arrayContaining([
        'Promise that 99.9 % of requests are served within 250 ms over 28 days. With 92 % probability the next window keeps it: 2,140 slow requests of budget.',
        'Nothing is promised today.',
        'In the last 28 days 99.934 % of 2,100,400 requests were served within 250 ms.',
        '99 % within 250 ms is kept with 92 %.',
      ]),
    );
  });

  it('names the threshold of a promise that is not the recommended one', () => {
    expect(
      explain({
        ...checkout,
        thresholdSeconds: 0.25,
        promised: {
          objective: 0.999,
          attainment: 0.013,
          thresholdSeconds: 0.1,
        },
      }),
    ).toContain(
      'Today’s promise of 99.9 % within 100 ms is kept with 1 % probability.',
    );
  });

  it('says what few requests mean', () => {
    expect(
      explain({
        ...checkout,
        expectedRequests: 6_720,
        longerWindow: 'P84D',
        tiers: {
          conservative: tierOf(0.999, 0.995),
          balanced: tierOf(0.9999, 0.93),
          aggressive: tierOf(0.9999, 0.93),
        },
        promised: null,
      }),
    ).toContain(
      'With so few requests, one failed request in the window would break 99.99 %. A window of 84 days would leave room for a few.',
    );
  });

  it('says what was borrowed, from whom and until when', () => {
    const borrowed = {
      ownWeight: 0.35,
      peers: 23,
      peerGroup: 'critical services with 1 M to 10 M requests',
      sufficientAt: '2026-12-12T00:00:00.000Z',
    };
    const young: ExplanationFacts = {
      ...checkout,
      level: 'conjecture',
      borrowed,
      backtest: null,
    };
    expect(explain(young)).toEqual(
      expect.arrayContaining([
        'The history is too short to try the recommendation on past windows.',
        'This is borrowed: the service’s own data have a weight of 35 %, and the rest comes from 23 critical services with 1 M to 10 M requests. It will have enough data of its own on 12 Dec 2026 if traffic stays as it is.',
      ]),
    );
    expect(
      explain({ ...young, borrowed: { ...borrowed, sufficientAt: null } }),
    ).toContainEqual(
      expect.stringMatching(
        /When it will have enough data of its own is not known/,
      ),
    );
  });

  it('of a service that changed says both numbers', () => {
    const regime = {
      since: '2026-11-03T00:00:00.000Z',
      changePoints: [
        {
          at: '2026-11-03T00:00:00.000Z',
          direction: 'worse' as const,
          before: 0.9995,
          after: 0.998,
          event: 'v2.3',
        },
      ],
      applied: true,
      presentObjective: 0.995,
      wholeHistoryObjective: 0.998,
    };
    expect(explain({ ...checkout, regime })).toEqual(
      expect.arrayContaining([
        'Since 3 Nov 2026, close to ‘v2.3’, more requests fail than before: apart from incidents, 99.95 % succeeded before and 99.8 % since.',
        'By the time since alone 99.5 % is recommended, by the whole history 99.8 %; the recommendation rests on the time since.',
      ]),
    );
  });

  it('of exclusions says both numbers, and what the cap left in', () => {
    const exclusions = {
      excludedShare: 0.0997,
      cap: 0.1,
      hoursOverCap: 33,
      achievedWithExclusions: 0.9994,
      achievedWithoutExclusions: 0.992,
      objectiveWithExclusions: 0.999,
      objectiveWithoutExclusions: null,
    };
    expect(explain({ ...checkout, exclusions })).toEqual(
      expect.arrayContaining([
        'Of the last window’s hours 9.9 % are excluded, of at most 10 %. The cap leaves in 33 hours that someone asked to exclude.',
        'With the exclusions 99.94 % of requests succeeded and 99.9 % is recommended; without them 99.2 % of requests succeeded and no objective is recommended.',
      ]),
    );
  });

  it.each([
    ['invalid' as const, 'for the counts cannot be right'],
    ['insufficient' as const, 'for too little has been seen'],
  ])('of an %s history says why nothing is promised', (verdict, why) => {
    const sentences = explain({
      ...checkout,
      verdict,
      achieved: null,
      curve: [],
      tiers: { conservative: null, balanced: null, aggressive: null },
      promised: { objective: 0.999, attainment: null },
      level: null,
      confidence: null,
      calibration: null,
    });
    expect(sentences).toEqual([
      `No objective is recommended, ${why}.`,
      'Whether today’s promise of 99.9 % can be kept cannot be told from the data.',
      'The history spans 90 days; counts are known for 99.8 % of its hours.',
    ]);
  });

  it('without an objective at 90 % names the nearest', () => {
    const [first] = explain({
      ...checkout,
      tiers: { ...checkout.tiers, conservative: null, balanced: null },
    });
    expect(first).toBe(
      'No objective considered is kept over 28 days with 90 % probability. The nearest is 99.9 % with 92 %.',
    );
  });
});

const numbersIn = (text: string) =>
  text.match(/\d+(?:,\d{3})*(?:\.\d+)?/g) ?? [];

/** Every way in which the facts may be written. */
function writtenFacts(fact: unknown): string[] {
  if (typeof fact === 'string') {
    const date = Number.isNaN(Date.parse(fact)) ? '' : formatDate(fact);
    return [fact, formatWindow(fact), date];
  }
  if (typeof fact === 'number') {
    return [
      formatRatio(fact),
      formatProbability(fact),
      formatMinutes(fact),
      formatCount(Math.round(fact)),
      formatCount(wholeRequests(fact)),
      formatDays(fact),
      formatKnownWindow('P90D', fact),
      formatSeconds(fact),
    ];
  }
  return typeof fact === 'object' && fact !== null
    ? Object.values(fact).flatMap(writtenFacts)
    : [];
}

it('every number in the text is a fact of the record, and nothing unknown is printed', () => {
  fc.assert(
    fc.property(arbitraryFacts, facts => {
      const text = explain(facts).join('\n');
      const allowed = new Set(writtenFacts(facts).flatMap(numbersIn));
      // the level of the balanced tier is a constant
      allowed.add('90');
      const strange = numbersIn(text).filter(number => !allowed.has(number));
      const unknown = text.match(/NaN|Infinity|undefined|null|∞|-\d/g) ?? [];
      expect([...strange, ...unknown]).toEqual([]);
    }),
    // `npm run test:exhaustive` raises it
    { numRuns: Number(process.env.PROPERTY_RUNS || 300) },
  );
});
