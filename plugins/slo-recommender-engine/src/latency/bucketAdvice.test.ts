import { OTEL_BOUNDS } from '../__testUtils__/latencies';
import { bucketAdvice } from './bucketAdvice';
import { latencyShape } from './latencyShape';

const adviceFor = (
  bounds: number[],
  counts: number[],
  thresholdSeconds?: number,
) =>
  bucketAdvice(
    latencyShape({
      boundsSeconds: Float64Array.from(bounds),
      counts: Float64Array.from(counts),
    }),
    thresholdSeconds === undefined
      ? undefined
      : { objective: 0.99, thresholdSeconds },
  );

const FINE = [0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5];

describe('bucketAdvice', () => {
  it('has nothing to add where each percentile has a boundary near', () => {
    const counts = [100, 400, 300, 90, 60, 30, 15, 5, 0];
    expect(adviceFor(FINE, counts)).toBeNull();
    expect(adviceFor(FINE, counts, 0.3)).toBeNull();
  });

  it('adds the promised threshold', () => {
    const counts = [100, 400, 300, 90, 60, 30, 15, 5, 0];
    expect(adviceFor(FINE, counts, 0.25)).toEqual({
      addSeconds: [0.25],
      coarse: [],
      unmeasuredSeconds: 0.25,
    });
  });

  it('adds round boundaries where the next one is more than twice as slow', () => {
    expect(adviceFor([0.1, 1], [480, 519, 1])).toEqual({
      addSeconds: [0.2, 0.3, 0.6],
      coarse: [
        {
          percentiles: [0.5, 0.9, 0.95],
          bucket: { fromSeconds: 0.1, toSeconds: 1 },
        },
      ],
      unmeasuredSeconds: null,
    });
  });

  it('adds slower boundaries where percentiles lie above the highest', () => {
    expect(adviceFor([0.5, 0.8, 1], [100, 700, 110, 90])).toEqual({
      addSeconds: [2, 4],
      coarse: [
        {
          percentiles: [0.95, 0.99],
          bucket: { fromSeconds: 1, toSeconds: null },
        },
      ],
      unmeasuredSeconds: null,
    });
  });

  it('adds faster boundaries where all is faster than the lowest', () => {
    expect(adviceFor([0.1, 0.2, 0.4], [1_000, 0, 0, 0])).toEqual({
      addSeconds: [0.025, 0.05],
      coarse: [
        {
          percentiles: [0.5, 0.9, 0.95, 0.99],
          bucket: { fromSeconds: 0, toSeconds: 0.1 },
        },
      ],
      unmeasuredSeconds: null,
    });
  });

  it('adds none below the lowest boundary where a steep flank begins there', () => {
    expect(adviceFor([0.1, 0.12, 0.15], [600, 350, 50, 0])).toBeNull();
  });

  it('names all that is wrong', () => {
    const counts = [0, 0, 900, 0, 0, 0, 85, 0, 0, 0, 0, 0, 0, 0, 15];
    expect(adviceFor([...OTEL_BOUNDS], counts, 0.3)).toEqual({
      addSeconds: [0.3, 20, 40],
      coarse: [
        { percentiles: [0.99], bucket: { fromSeconds: 10, toSeconds: null } },
      ],
      unmeasuredSeconds: 0.3,
    });
  });

  it('has nothing to add for requests that take no time', () => {
    expect(adviceFor([0, 0.1], [1_000, 0, 0])).toBeNull();
  });

  it('begins somewhere where there is no boundary at all', () => {
    expect(adviceFor([], [10])?.addSeconds).toEqual([0.1, 1]);
    expect(adviceFor([0], [0, 10])?.addSeconds).toEqual([0.1, 1]);
  });
});
