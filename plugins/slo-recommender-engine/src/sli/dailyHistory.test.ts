import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { dailyHistory } from './dailyHistory';
import { historyAsOf } from './SliHistory';
import { DAY_MS, HOUR_MS } from './time';

describe('dailyHistory', () => {
  it('has one element per UTC day, with the rolling window that ends with it', () => {
    const series = seriesOf(4 * 24, hour => [
      10,
      Math.floor(hour / 24) === 1 ? 5 : 0,
    ]);
    expect(
      dailyHistory(historyAsOf(series, endOf(series)), 2 * DAY_MS),
    ).toEqual([
      { dayMs: START_MS, requests: 240, badRequests: 0, rollingRatio: null },
      {
        dayMs: START_MS + DAY_MS,
        requests: 240,
        badRequests: 120,
        rollingRatio: 0.75,
      },
      {
        dayMs: START_MS + 2 * DAY_MS,
        requests: 240,
        badRequests: 0,
        rollingRatio: 0.75,
      },
      {
        dayMs: START_MS + 3 * DAY_MS,
        requests: 240,
        badRequests: 0,
        rollingRatio: 1,
      },
    ]);
  });

  it('ends the last day with the analysis', () => {
    const series = seriesOf(4 * 24, () => [10, 1]);
    const days = dailyHistory(
      historyAsOf(series, START_MS + 30 * HOUR_MS),
      DAY_MS,
    );
    expect(days.map(({ requests }) => requests)).toEqual([240, 60]);
    expect(days[1].rollingRatio).toBe(0.9);
  });

  it('tells an unknown day from an idle one', () => {
    const series = seriesOf(3 * 24, hour =>
      hour >= 24 && hour < 48 ? undefined : [0, 0],
    );
    const days = dailyHistory(historyAsOf(series, endOf(series)), DAY_MS);
    expect(days.map(({ requests }) => requests)).toEqual([0, null, 0]);
    expect(days.map(({ rollingRatio }) => rollingRatio)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is empty before the series begins', () => {
    const series = seriesOf(24, () => [1, 0]);
    expect(
      dailyHistory(historyAsOf(series, START_MS - 10 * DAY_MS), DAY_MS),
    ).toEqual([]);
  });
});
