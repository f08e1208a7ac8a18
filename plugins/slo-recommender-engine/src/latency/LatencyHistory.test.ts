import { START_MS } from '../__testUtils__/series';
import { EngineInputError, HOUR_MS } from '../sli';
import { boundaryAt, latencyFaults } from './LatencyHistory';

const hours = (...counts: number[]) => Float64Array.from(counts);

const sound = {
  startMs: START_MS,
  boundsSeconds: hours(0.1, 0.2),
  counts: [hours(1, 2), hours(3, 4), hours(5, 6)],
};

describe('latencyFaults', () => {
  it.each<[string, Partial<typeof sound>]>([
    ['startMs is 1800000', { startMs: HOUR_MS / 2 }],
    ['startMs is NaN', { startMs: NaN }],
    ['boundsSeconds[0] is -1', { boundsSeconds: hours(-1, 2) }],
    ['boundsSeconds[0] is NaN', { boundsSeconds: hours(NaN, 2) }],
    ['boundsSeconds[1] is 0.1', { boundsSeconds: hours(0.1, 0.1) }],
    ['boundsSeconds[1] is Infinity', { boundsSeconds: hours(1, Infinity) }],
    [
      'counts has 2 buckets for 2 bounds',
      { counts: [hours(1, 2), hours(3, 4)] },
    ],
    ['counts has 0 buckets for 2 bounds', { counts: [] }],
    [
      'counts[0] has 2 hours and history.counts[2] has 1',
      { counts: [hours(1, 2), hours(3, 4), hours(5)] },
    ],
  ])('refuses a history whose %s', (message, change) => {
    const call = () => latencyFaults({ ...sound, ...change }, START_MS);
    expect(call).toThrow(EngineInputError);
    expect(call).toThrow(message);
  });

  it('refuses an instant that is none', () => {
    expect(() => latencyFaults(sound, NaN)).toThrow('asOfMs is NaN');
  });

  it.each<[string, number]>([
    ['negative_count', -1],
    ['not_finite', Infinity],
    ['not_finite', -Infinity],
    ['count_too_large', 2 ** 54],
    ['count_too_large', 2 ** 53],
  ])('reports %s for a count of %d', (code, count) => {
    const counts = [hours(1, 2, 3), hours(1, count, count), hours(5, NaN, 7)];
    const [fault] = latencyFaults({ ...sound, counts }, START_MS + 3 * HOUR_MS);
    expect(fault.code).toBe(code);
    expect(fault.firstMs).toBeGreaterThan(START_MS);
  });

  it('counts the hours of each kind', () => {
    const counts = [
      hours(1, -2, 3, -4),
      hours(1, 2, NaN, 4),
      hours(0, 0, 0, 0),
    ];
    expect(latencyFaults({ ...sound, counts }, START_MS + 4 * HOUR_MS)).toEqual(
      [{ code: 'negative_count', hours: 2, firstMs: START_MS + HOUR_MS }],
    );
  });

  it('sees nothing after the instant, and nothing wrong with what is unknown', () => {
    const counts = [hours(NaN, -1), hours(1, 1), hours(1, 1)];
    expect(
      latencyFaults({ ...sound, counts }, START_MS + 1.9 * HOUR_MS),
    ).toEqual([]);
  });
});

describe('boundaryAt', () => {
  it.each<[number, number]>([
    [0.1, 0],
    [0.1 + 0.2, 1],
    [0.25, -1],
    [0, -1],
  ])('finds %d s at index %d', (seconds, index) => {
    expect(boundaryAt(hours(0.1, 0.3), seconds)).toBe(index);
  });
});
