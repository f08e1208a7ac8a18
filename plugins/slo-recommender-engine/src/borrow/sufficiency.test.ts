import fc from 'fast-check';
import { LEVELS } from '../predict';
import { DAY_MS } from '../sli';
import { longerWindow, ownWeight, sufficientAt } from './sufficiency';

/** Peers with a median unavailability of one in a thousand, and three times more or less usual. */
const peers = LEVELS.map(level => 1e-3 * 9 ** ((level - 0.5) / 0.68));
const windowMs = 28 * DAY_MS;
const asOfMs = Date.UTC(2025, 5, 1);
const lookbackMs = 90 * DAY_MS;

describe('ownWeight', () => {
  it.each([
    { knownDays: 0, requests: 0, weight: 0 },
    { knownDays: 10, requests: 0, weight: 0 },
    { knownDays: 1, requests: 1e6, weight: 0.57 },
    { knownDays: 3, requests: 3e6, weight: 0.82 },
    { knownDays: 7, requests: 7e6, weight: 0.94 },
    { knownDays: 14, requests: 14e6, weight: 1 },
    { knownDays: 28, requests: 5_000, weight: 1 },
    { knownDays: 28, requests: 1_000, weight: 0.6 },
    { knownDays: 28, requests: 100, weight: 0.11 },
  ])(
    'of $knownDays days and $requests requests is $weight',
    ({ weight, ...seen }) => {
      expect(ownWeight({ ...seen, windowMs, peers })).toBeCloseTo(weight, 1);
    },
  );

  it('grows with days and with requests, within 0 and 1, whatever the peers', () => {
    const days = fc.double({ min: 0, max: 400, noNaN: true });
    const counts = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        days,
        counts,
        fc.double({ min: 1, max: 10, noNaN: true }),
        fc.constantFrom(0, 1e-9, 1e-4, 0.5),
        (knownDays, requests, more, scale) => {
          const seen = {
            knownDays,
            requests,
            windowMs,
            peers: peers.map(u => Math.min(1, 1e3 * u * scale)),
          };
          const weight = ownWeight(seen);
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(1);
          const longer = { ...seen, knownDays: more * knownDays };
          expect(ownWeight(longer)).toBeGreaterThanOrEqual(weight);
          const busier = { ...seen, requests: more * requests };
          expect(ownWeight(busier)).toBeGreaterThanOrEqual(weight);
        },
      ),
    );
  });
});

describe('sufficientAt', () => {
  it.each([
    { what: 'busy for 4 days', knownDays: 4, perDay: 1e6, days: 10 },
    { what: 'already enough', knownDays: 20, perDay: 1e6, days: 0 },
    { what: 'quiet for 10 days', knownDays: 10, perDay: 125, days: 30 },
    { what: 'too quiet for the lookback', knownDays: 10, perDay: 10 },
    { what: 'without a request', knownDays: 10, perDay: 0 },
    { what: 'never seen', knownDays: 0, perDay: 0 },
  ])('a service $what: in $days days', ({ knownDays, perDay, days }) => {
    const at = sufficientAt({
      knownDays,
      requests: knownDays * perDay,
      windowMs,
      peers,
      asOfMs,
      lookbackMs,
    });
    expect(at === null ? undefined : Math.round((at - asOfMs) / DAY_MS)).toBe(
      days,
    );
  });

  it('is when the weight becomes 1', () => {
    const perDay = 130;
    const seen = { windowMs, peers };
    const at = sufficientAt({
      ...seen,
      knownDays: 5,
      requests: 5 * perDay,
      asOfMs,
      lookbackMs,
    });
    const days = 5 + (at! - asOfMs) / DAY_MS;
    const weightAfter = (knownDays: number) =>
      ownWeight({ ...seen, knownDays, requests: knownDays * perDay });
    expect(weightAfter(days)).toBe(1);
    expect(weightAfter(days - 1)).toBeLessThan(1);
  });
});

it.each([
  { requestsPerDay: 1e6, objective: 0.999, weeks: 1 },
  { requestsPerDay: 240, objective: 0.99, weeks: 1 },
  { requestsPerDay: 240, objective: 0.999, weeks: 3 },
  { requestsPerDay: 240, objective: 0.9998, weeks: undefined },
  { requestsPerDay: 0, objective: 0.9, weeks: undefined },
])(
  'for $requestsPerDay requests a day, $objective allows 5 failures in $weeks weeks',
  ({ requestsPerDay, objective, weeks }) => {
    const found = longerWindow({ requestsPerDay, objective });
    expect(found ?? undefined).toBe(weeks && weeks * 7 * DAY_MS);
  },
);
