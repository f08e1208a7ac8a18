import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { DAY_MS, historyAsOf, type CountSeries } from '../sli';
import { expectedRequests } from './traffic';

const expectedOf = (series: CountSeries, windowDays: number) =>
  expectedRequests(historyAsOf(series, endOf(series)), windowDays * DAY_MS);

/** The series starts on a Monday: 100 requests an hour, 10 at weekends. */
const officeHours = (days: number) =>
  seriesOf(days * 24, hour => [Math.floor(hour / 24) % 7 < 5 ? 100 : 10, 0]);

describe('expectedRequests', () => {
  it('takes the next day for the day of the week that it is', () => {
    expect(new Date(START_MS).getUTCDay()).toBe(1);
    // 27 days on, the next day is a Sunday; 28 days on, a Monday
    expect(expectedOf(officeHours(27), 1)).toBeCloseTo(240, 9);
    expect(expectedOf(officeHours(28), 1)).toBeCloseTo(2_400, 9);
  });

  it('holds whole weeks whatever day it is', () => {
    const week = 5 * 2_400 + 2 * 240;
    expect(expectedOf(officeHours(40), 28)).toBeCloseTo(4 * week, 9);
    expect(expectedOf(officeHours(43), 28)).toBeCloseTo(4 * week, 9);
  });

  it('follows the last four weeks, not older ones', () => {
    const grown = seriesOf(56 * 24, hour => [hour < 28 * 24 ? 10 : 20, 0]);
    expect(expectedOf(grown, 28)).toBeCloseTo(20 * 672, 9);
  });

  it('takes the mean hour for hours of the week never seen', () => {
    const threeDays = seriesOf(3 * 24, () => [100, 0]);
    expect(expectedOf(threeDays, 28)).toBeCloseTo(100 * 672, 9);
  });

  it('leaves unknown hours out instead of taking them for idle', () => {
    const gaps = seriesOf(28 * 24, hour =>
      hour % 5 === 0 ? undefined : [100, 0],
    );
    expect(expectedOf(gaps, 7)).toBeCloseTo(100 * 168, 9);
  });

  it('looks further back where the last weeks were idle', () => {
    const resting = seriesOf(56 * 24, hour => [hour < 28 * 24 ? 10 : 0, 0]);
    // half of what is known is idle
    expect(expectedOf(resting, 28)).toBeCloseTo(5 * 672, 9);
  });

  it('is 0 where there never was a request', () => {
    expect(
      expectedOf(
        seriesOf(48, () => [0, 0]),
        1,
      ),
    ).toBe(0);
    expect(
      expectedOf(
        seriesOf(48, () => undefined),
        1,
      ),
    ).toBe(0);
  });
});
