import fc from 'fast-check';
import { createRandom } from '../predict';
import type { CountSeries } from '../sli';
import { seriesOf } from './series';

/** Services of every kind: busy and quiet, steady and bursting, with nights, incidents and unknown hours. */
export const arbitrarySeries: fc.Arbitrary<CountSeries> = fc
  .record({
    // few lengths, so that what is drawn for one service is seldom drawn for it alone
    days: fc.constantFrom(1, 2, 6, 7, 8, 14, 14, 15, 21, 30, 60),
    hourlyRequests: fc.oneof(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 21, max: 1_000_000 }),
    ),
    nightShare: fc.constantFrom(0, 0.1, 1),
    failureShare: fc.constantFrom(0, 0, 1e-5, 0.0003, 0.004, 0.05, 0.3, 1),
    unknownShare: fc.constantFrom(0, 0, 0.02, 0.2, 0.9),
    incidents: fc.array(
      fc.record({
        atShare: fc.double({ min: 0, max: 0.99, noNaN: true }),
        hours: fc.integer({ min: 1, max: 60 }),
        failureShare: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 4 },
    ),
    seed: fc.integer(),
  })
  .map(service => {
    const random = createRandom(service.seed);
    const hours = service.days * 24;
    return seriesOf(hours, hour => {
      if (random() < service.unknownShare) {
        return undefined;
      }
      const day = hour % 24 >= 8 ? 1 : service.nightShare;
      const total = Math.round(service.hourlyRequests * day * 2 * random());
      const incident = service.incidents.find(({ atShare, hours: length }) => {
        const start = Math.floor(atShare * hours);
        return hour >= start && hour < start + length;
      });
      const share = incident?.failureShare ?? service.failureShare;
      // Rounded up or down by chance, so that rare failures are rare rather than never.
      return [total, Math.min(total, Math.floor(total * share + random()))];
    });
  });

/** Objective windows in days; seldom so long that most histories are too short. */
export const arbitraryWindowDays = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(1, 1, 2, 7, 7, 14) },
  { weight: 4, arbitrary: fc.constantFrom(28, 30) },
  { weight: 1, arbitrary: fc.constant(90) },
);

const poisonedCount = fc.oneof(
  fc.constantFrom(
    NaN,
    Infinity,
    -Infinity,
    -1,
    -0,
    0,
    5e-324,
    1e-300,
    0.3,
    2 ** 53,
    2 ** 53 + 2,
    Number.MAX_VALUE,
  ),
  fc.double(),
  fc.nat(),
);

/** Any doubles at all as counts, in part the same for all hours, from any hour of 1970 to 9999 on. */
export const poisonedSeries: fc.Arbitrary<CountSeries> = fc
  .record({
    startHour: fc.constantFrom(0, 467_000, 1_200_000, 69_000_000),
    counts: fc.array(fc.tuple(poisonedCount, poisonedCount), {
      maxLength: 48,
    }),
    repeats: fc.constantFrom(1, 1, 20, 50),
  })
  .map(({ startHour, counts, repeats }) => {
    const all = Array.from({ length: repeats }, () => counts).flat();
    return {
      startMs: startHour * 3_600_000,
      total: Float64Array.from(all, ([total]) => total),
      bad: Float64Array.from(all, ([, bad]) => bad),
    };
  });
