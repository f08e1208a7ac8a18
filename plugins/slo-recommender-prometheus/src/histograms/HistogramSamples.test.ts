import { HistogramSamples } from './HistogramSamples';

/** Requests in each bucket alone, from those that took as long as a bound or less. */
function countsOf(reached: [le: string, requests: number][]) {
  const samples = new HistogramSamples(1, {
    metric: 'latency_seconds_bucket',
    isNative: false,
    unit: 'seconds',
    selections: [[]],
  });
  for (const [le, requests] of reached) samples.recordReached(le, 0, requests);
  const counts = samples.at(0)?.counts;
  return counts && [...counts];
}

describe('HistogramSamples', () => {
  it('rounds fractions so that the buckets add up to the rounded total', () => {
    // each bucket alone has 0.4 more requests, which would all be lost if it were rounded alone
    expect(
      countsOf([
        ['0.1', 10.4],
        ['0.5', 20.8],
        ['1', 31.2],
        ['+Inf', 41.6],
      ]),
    ).toEqual([10, 11, 10, 11]);
  });

  it('takes a little more below a lower bound than below a higher one for rounding', () => {
    expect(
      countsOf([
        ['0.1', 10.4],
        ['0.5', 10.3],
        ['+Inf', 10.3],
      ]),
    ).toEqual([10, 0, 0]);
  });

  it('knows nothing of an hour whose buckets contradict each other', () => {
    expect(
      countsOf([
        ['0.1', 30],
        ['0.5', 20],
        ['+Inf', 40],
      ]),
    ).toBeUndefined();
  });
});
