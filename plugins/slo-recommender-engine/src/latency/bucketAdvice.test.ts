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
      message:
        'The histogram is too coarse: no boundary is at the promised threshold of 250 ms; add a boundary at 250 ms.',
    });
  });

  it('adds round boundaries where the next one is more than twice as slow', () => {
    expect(adviceFor([0.1, 1], [480, 519, 1])).toEqual({
      addSeconds: [0.2, 0.3, 0.6],
      message:
        'The histogram is too coarse: p50, p90 and p95 lie between 100 ms and 1 s; add boundaries at 200 ms, 300 ms and 600 ms.',
    });
  });

  it('adds slower boundaries where percentiles lie above the highest', () => {
    expect(adviceFor([0.5, 0.8, 1], [100, 700, 110, 90])).toEqual({
      addSeconds: [2, 4],
      message:
        'The histogram is too coarse: p95 and p99 lie above the highest boundary (1 s); add boundaries at 2 s and 4 s.',
    });
  });

  it('adds faster boundaries where all is faster than the lowest', () => {
    expect(adviceFor([0.1, 0.2, 0.4], [1_000, 0, 0, 0])).toEqual({
      addSeconds: [0.025, 0.05],
      message:
        'The histogram is too coarse: p50, p90, p95 and p99 lie below the lowest boundary (100 ms); add boundaries at 25 ms and 50 ms.',
    });
  });

  it('adds none below the lowest boundary where a steep flank begins there', () => {
    expect(adviceFor([0.1, 0.12, 0.15], [600, 350, 50, 0])).toBeNull();
  });

  it('names all that is wrong in one sentence', () => {
    const counts = [0, 0, 900, 0, 0, 0, 85, 0, 0, 0, 0, 0, 0, 0, 15];
    expect(adviceFor([...OTEL_BOUNDS], counts, 0.3)).toMatchInlineSnapshot(`
     {
       "addSeconds": [
         0.3,
         20,
         40,
       ],
       "message": "The histogram is too coarse: p99 lies above the highest boundary (10 s) and no boundary is at the promised threshold of 300 ms; add boundaries at 300 ms, 20 s and 40 s.",
     }
    `);
  });

  it('has nothing to add for requests that take no time', () => {
    expect(adviceFor([0, 0.1], [1_000, 0, 0])).toBeNull();
  });

  it('begins somewhere where there is no boundary at all', () => {
    expect(adviceFor([], [10])?.addSeconds).toEqual([0.1, 1]);
    expect(adviceFor([0], [0, 10])?.addSeconds).toEqual([0.1, 1]);
  });
});
