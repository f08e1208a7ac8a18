import fc from 'fast-check';
import type { CountSeries } from '../sli';
import { withCounts } from './series';

/** Failures more in some hours of a series. */
export interface ExtraFailures {
  /** Where the hours begin, as a share of the series. */
  place: number;
  hours: number;
  /** Share of the requests that succeeded and now fail. */
  share: number;
  /** Requests beside them, all of which fail. */
  requests: number;
}

/** From a single request that fails to all of them, seldom with failing requests beside those of the series. */
export const arbitraryFailures: fc.Arbitrary<ExtraFailures[]> = fc.array(
  fc.record({
    place: fc.double({ min: 0, max: 0.999, noNaN: true }),
    hours: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100 })),
    share: fc.oneof(
      fc.constant(1e-9),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    requests: fc.constantFrom(0, 0, 0, 0, 1, 1_000),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The series with the failures in it: at least one more where any request of those hours succeeded. */
export function withFailures(
  series: CountSeries,
  failures: readonly ExtraFailures[],
): CountSeries {
  return failures.reduce((worse, { place, hours, share, requests }) => {
    const start = Math.floor(place * series.total.length);
    return withCounts(worse, (total, bad, hour) =>
      hour >= start && hour < start + hours
        ? [total + requests, bad + Math.ceil(share * (total - bad)) + requests]
        : [total, bad],
    );
  }, series);
}
