import fc from 'fast-check';
import { poisonedSeries } from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { createRandom } from '../predict';
import { DAY_MS, historyAsOf, HOUR_MS } from '../sli';
import { findChangePoints } from './changePoints';

const DAYS = 90;

/** A service of 24,000 requests a day with noise of a third either way, whose failure ratio is that of each day. */
function serviceOf(
  ratioOn: (day: number) => number | undefined,
  { seed = 1, requests = 1_000 } = {},
) {
  const random = createRandom(seed);
  const noise = Array.from({ length: DAYS }, () => random() - 0.5);
  const series = seriesOf(DAYS * 24, hour => {
    const day = Math.floor(hour / 24);
    const ratio = ratioOn(day);
    return ratio === undefined
      ? undefined
      : [requests, Math.min(1, ratio * Math.exp(0.6 * noise[day])) * requests];
  });
  return historyAsOf(series, endOf(series));
}

const dayOf = (atMs: number) => (atMs - START_MS) / DAY_MS;

describe('findChangePoints', () => {
  it.each<{ what: string; ratioOn: (day: number) => number | undefined }>([
    { what: 'noise alone', ratioOn: () => 1e-3 },
    { what: 'no failures at all', ratioOn: () => 0 },
    { what: 'an outage of a day', ratioOn: d => (d === 50 ? 0.5 : 1e-3) },
    {
      what: 'an incident of three days',
      ratioOn: d => (d >= 50 && d < 53 ? 0.1 : 1e-3),
    },
    {
      what: 'incidents three times a month',
      ratioOn: d => (d % 10 === 7 ? 0.05 : 1e-3),
    },
    { what: 'bad weekends', ratioOn: d => (d % 7 >= 5 ? 5e-3 : 1e-3) },
    {
      what: 'three weeks without telemetry',
      ratioOn: d => (d >= 40 && d < 61 ? undefined : 1e-3),
    },
    { what: 'no telemetry', ratioOn: () => undefined },
  ])('sees no change in $what', ({ ratioOn }) => {
    expect(findChangePoints(serviceOf(ratioOn))).toEqual([]);
  });

  it('sees a step for the worse, with both ratios', () => {
    const changes = findChangePoints(serviceOf(d => (d < 50 ? 1e-3 : 5e-3)));
    expect(changes).toEqual([
      {
        atMs: START_MS + 50 * DAY_MS,
        direction: 'worse',
        before: expect.closeTo(0.999, 4),
        after: expect.closeTo(0.995, 3),
        event: null,
      },
    ]);
  });

  it('sees a step for the better, through incidents, which do not count to the ratios', () => {
    const changes = findChangePoints(
      serviceOf(day => {
        if ([12, 13, 60, 75].includes(day)) return 0.2;
        return day < 40 ? 4e-3 : 1e-3;
      }),
    );
    expect(changes.map(({ atMs }) => dayOf(atMs))).toEqual([40]);
    expect(changes).toMatchObject([
      {
        direction: 'better',
        before: expect.closeTo(0.996, 3),
        after: expect.closeTo(0.999, 3),
      },
    ]);
  });

  it('sees a regime that came and went', () => {
    const history = serviceOf(d => (d >= 30 && d < 60 ? 6e-3 : 1e-3));
    const changes = findChangePoints(history);
    expect(
      changes.map(({ atMs, direction }) => [dayOf(atMs), direction]),
    ).toEqual([
      [30, 'worse'],
      [60, 'better'],
    ]);
  });

  it('takes a ramp for one change, in its middle', () => {
    const history = serviceOf(
      day => 1e-3 * 6 ** Math.min(1, Math.max(0, (day - 40) / 10)),
    );
    const days = findChangePoints(history).map(({ atMs }) => dayOf(atMs));
    expect(days).toHaveLength(1);
    expect(Math.abs(days[0] - 45)).toBeLessThanOrEqual(3);
  });

  it('sees a step over a gap and a weekly rhythm', () => {
    const changes = findChangePoints(
      serviceOf(day => {
        if (day >= 35 && day < 39) return undefined;
        return (day < 40 ? 1e-3 : 5e-3) * (day % 7 >= 5 ? 3 : 1);
      }),
    );
    expect(changes).toHaveLength(1);
    expect(Math.abs(dayOf(changes[0].atMs) - 40)).toBeLessThanOrEqual(1);
  });

  it('waits until a new level has lasted for a week', () => {
    const series = (days: number) => {
      const { total, bad, startMs } = serviceOf(d => (d < 60 ? 1e-3 : 0.01));
      const end = (60 + days) * 24;
      const cut = {
        startMs,
        total: total.slice(0, end),
        bad: bad.slice(0, end),
      };
      return historyAsOf(cut, endOf(cut));
    };
    expect(findChangePoints(series(5))).toEqual([]);
    expect(findChangePoints(series(8))).toHaveLength(1);
  });

  it('is not moved by days with few requests', () => {
    // of 12 requests a day one fails or none: that says nothing about one in a thousand
    const random = createRandom(3);
    const series = seriesOf(DAYS * 24, hour => {
      if (hour < 45 * 24) return [1_000, 1];
      return hour % 2 === 0 ? [1, random() < 0.001 ? 1 : 0] : [0, 0];
    });
    expect(findChangePoints(historyAsOf(series, endOf(series)))).toEqual([]);
  });

  describe('markers', () => {
    const stepped = serviceOf(d => (d < 50 ? 1e-3 : 5e-3));
    const markerOn = (day: number, title = 'v2') => ({
      atMs: START_MS + day * DAY_MS + 15 * HOUR_MS,
      title,
    });

    it.each([
      { on: 49, event: 'v2' },
      { on: 50, event: 'v2' },
      { on: 51, event: 'v2' },
      { on: 47, event: null },
      { on: 53, event: null },
    ])('one on day $on of a change on day 50: $event', ({ on, event }) => {
      const changes = findChangePoints(stepped, { events: [markerOn(on)] });
      expect(changes.map(change => change.event)).toEqual([event]);
    });

    it('names the nearest', () => {
      const events = [markerOn(49, 'v1'), markerOn(50, 'v2')];
      events.push(markerOn(51, 'v3'));
      expect(findChangePoints(stepped, { events })[0].event).toBe('v2');
    });

    it('never make a change of noise', () => {
      const noise = serviceOf(() => 1e-3, { seed: 5 });
      for (let day = 0; day < DAYS; day++) {
        expect(findChangePoints(noise, { events: [markerOn(day)] })).toEqual(
          [],
        );
      }
    });
  });

  it('gives finite ratios on whole days, in order, whatever comes in', () => {
    fc.assert(
      fc.property(poisonedSeries, series => {
        const history = historyAsOf(series, endOf(series));
        const changes = findChangePoints(history);
        const times = changes.map(({ atMs }) => atMs);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const { atMs, before, after, direction } of changes) {
          expect(atMs % DAY_MS).toBe(0);
          expect(before).toBeGreaterThanOrEqual(0);
          expect(after).toBeLessThanOrEqual(1);
          expect(direction).toBe(after > before ? 'better' : 'worse');
        }
      }),
      propertyRuns(2_000),
    );
  });
});
