import { promiseRow } from './promises';
import { promisesOf } from './recommend';

describe('promiseRow', () => {
  it('counts promises kept, broken and not made, and the median budget beside the failures', () => {
    expect(
      promiseRow('somebody', [
        { objective: 0.999, outcome: { total: 10_000, bad: 10 } },
        { objective: 0.999, outcome: { total: 10_000, bad: 11 } },
        { objective: 0.99, outcome: { total: 10_000, bad: 25 } },
        { objective: 0.99, outcome: { total: 10_000, bad: 0 } },
        { objective: null, outcome: { total: 10, bad: 5 } },
      ]),
    ).toEqual(['somebody', '4', '3', '1', '1', '3', '1.00 ×']);
  });

  it('has no budget to compare where nothing failed', () => {
    expect(
      promiseRow('somebody', [
        { objective: 0.99, outcome: { total: 100, bad: 0 } },
      ]),
    ).toEqual(['somebody', '1', '1', '0', '0', '0', '']);
  });
});

describe('promisesOf', () => {
  const HOURS = 48;
  const seriesOf = (total: number, bad: (hour: number) => number) => ({
    startMs: Date.UTC(2025, 0, 6),
    total: new Float64Array(HOURS).fill(total),
    bad: Float64Array.from({ length: HOURS }, (_, hour) => bad(hour)),
  });
  const dayMs = 86_400_000;
  const promisesBy = (series: ReturnType<typeof seriesOf>) =>
    new Map(
      promisesOf([series], {
        asOfMs: series.startMs + dayMs,
        windowMs: dayMs,
      }).map(({ name, promises }) => [name, promises]),
    );

  it('promises the second day from the first alone', () => {
    const steady = promisesBy(seriesOf(1_000, () => 1));
    const worse = promisesBy(seriesOf(1_000, hour => (hour < 24 ? 1 : 900)));
    const objectives = (by: typeof steady) =>
      [...by.values()].map(([promise]) => promise.objective);
    expect(objectives(worse)).toEqual(objectives(steady));
    expect(steady.get('naive ladder')).toEqual([
      {
        objective: 0.999,
        outcome: expect.objectContaining({ total: 24_000, bad: 24 }),
      },
    ]);
    expect(worse.get('naive ladder')?.[0].outcome.bad).toBe(24 * 900);
  });

  it('leaves out what has no requests in the window', () => {
    const idle = seriesOf(0, () => 0);
    idle.total.fill(100, 0, 24);
    expect(promisesBy(idle).get('naive ladder')).toEqual([]);
  });
});
