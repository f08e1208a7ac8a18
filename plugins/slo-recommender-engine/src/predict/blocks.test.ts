import { endOf, seriesOf } from '../__testUtils__/series';
import { DAY_MS, historyAsOf } from '../sli';
import { blockShape, blocksOf, firstSteps, sumSteps } from './blocks';

describe('blockShape', () => {
  it.each<[string, number, number, number, number]>([
    ['1 day, of 90 days for a window of 28', 90, 28, 24, 24],
    ['1 day, of 14 days for a window of 28', 14, 28, 24, 24],
    ['1 day, of 90 days for a window of 1', 90, 1, 24, 24],
    ['1 day, of 90 days for a window of 30', 90, 30, 24, 24],
    ['2 days, of 90 days for a window of 60', 90, 60, 24, 48],
    ['3 days, of 400 days for a window of 90', 400, 90, 24, 3 * 24],
    [
      '1 day, of 90 days for a window of 59, which 2 do not divide',
      90,
      59,
      24,
      24,
    ],
    ['6 hours, of 6 days for a window of 28', 6, 28, 1, 6],
    ['6 hours, of 1 day for a window of 1', 1, 1, 1, 6],
  ])('is %s', (_, days, windowDays, stepHours, lengthHours) => {
    expect(blockShape(days * 24, windowDays * DAY_MS)).toEqual({
      stepHours,
      lengthHours,
      steps: (days * 24) / stepHours,
    });
  });

  it('is 1 hour of 5 hours', () => {
    expect(blockShape(5, DAY_MS)).toEqual({
      stepHours: 1,
      lengthHours: 1,
      steps: 5,
    });
  });

  it('makes up every window exactly', () => {
    for (let days = 1; days <= 90; days++) {
      for (const historyDays of [1, 6, 7, 90]) {
        const { lengthHours } = blockShape(historyDays * 24, days * DAY_MS);
        expect((days * 24) % lengthHours).toBe(0);
      }
    }
  });
});

describe('sumSteps', () => {
  const series = seriesOf(50, hour =>
    hour === 30 ? undefined : [100, hour === 49 ? 7 : 0],
  );
  const history = historyAsOf(series, endOf(series));

  it('counts whole steps back from the end, and unknown hours as neither good nor bad', () => {
    const { good, bad, knownHours } = sumSteps(history, 24, 0, 50);
    expect([...good]).toEqual([2_400, 2_293]);
    expect([...bad]).toEqual([0, 7]);
    expect([...knownHours]).toEqual([24, 23]);
  });

  it('takes hours after the last one for unknown', () => {
    const { good, knownHours } = sumSteps(history, 24, 26, 74);
    expect([...good]).toEqual([2_293, 0]);
    expect([...knownHours]).toEqual([23, 0]);
  });

  it('gives its first steps', () => {
    const steps = sumSteps(history, 10, 0, 50);
    expect([...firstSteps(steps, 2).good]).toEqual([1_000, 1_000]);
    expect(firstSteps(steps, 2).stepHours).toBe(10);
  });
});

describe('blocksOf', () => {
  it('closes the history to a ring and leaves out what is unknown', () => {
    const series = seriesOf(4, hour =>
      hour === 1 ? undefined : [10 + hour, hour],
    );
    const steps = sumSteps(historyAsOf(series, endOf(series)), 1, 0, 4);
    const { good, bad, knownHours } = blocksOf(steps, 2);
    expect([...good]).toEqual([10, 10, 20, 20]);
    expect([...bad]).toEqual([0, 2, 5, 3]);
    expect([...knownHours]).toEqual([1, 1, 2, 2]);
  });
});
