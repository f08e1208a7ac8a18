import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { quantileOf } from '../predict';
import { DAY_MS } from '../sli';
import { studySli } from './studySli';

/** 1 % fail for 60 days, then 0.01 % for 30. */
const mended = seriesOf(90 * 24, hour => [10_000, hour < 60 * 24 ? 100 : 1]);

const study = (regimeStartMs?: number) =>
  studySli({
    series: mended,
    asOfMs: endOf(mended),
    windowMs: 28 * DAY_MS,
    regimeStartMs,
  });

describe('studySli', () => {
  it('rests the prediction on the present regime, and all else on all that is known', () => {
    const whole = study();
    const present = study(START_MS + 60 * DAY_MS);
    const median = ({ distribution }: typeof whole) =>
      distribution && quantileOf(distribution, 0.5);
    expect(median(whole)).toBeGreaterThan(0.004);
    expect(median(present)).toBeCloseTo(0.0001, 5);
    expect(whole.historyDays).toBe(90);
    expect(present.historyDays).toBe(90);
    expect(whole.presentDays).toBe(90);
    expect(present.presentDays).toBe(30);
    expect(present.goodRequests).toBe(30 * 24 * 9_999);
    for (const same of [
      'verdict',
      'achieved',
      'completeness',
      'replay',
    ] as const) {
      expect(present[same]).toEqual(whole[same]);
    }
  });

  it('says nothing of counts that cannot be', () => {
    const series = seriesOf(60 * 24, () => [100, -1]);
    expect(
      studySli({ series, asOfMs: endOf(series), windowMs: DAY_MS }),
    ).toMatchObject({
      verdict: 'invalid',
      achieved: null,
      requests: null,
      distribution: null,
      expectedRequests: 0,
      goodRequests: 0,
      replay: [],
    });
  });

  it('keeps the prediction of a short history, for others to add to', () => {
    const series = seriesOf(3 * 24, () => [100, 1]);
    const { verdict, distribution } = studySli({
      series,
      asOfMs: endOf(series),
      windowMs: 28 * DAY_MS,
    });
    expect(verdict).toBe('insufficient');
    expect(distribution && quantileOf(distribution, 0.5)).toBeCloseTo(0.01, 2);
  });
});
