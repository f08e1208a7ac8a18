import type {
  Exclusion,
  ServiceEvent,
} from 'backstage-plugin-slo-recommender-common';
import { recommendation } from '../../__testUtils__/recommendations';
import { clusterEvents, timelineOn, levelOn, shareOfInstant } from './timeline';

/** 19, 20 and 21 November. */
const { history } = recommendation;

const deploy = (at: string): ServiceEvent => ({
  id: at,
  type: 'deploy',
  at,
  title: 'checkout 2.41',
  version: '2.41',
  url: null,
  toldBy: 'ci',
});

const exclusion: Exclusion = {
  id: 'x',
  from: '2026-11-19T22:00:00.000Z',
  to: '2026-11-20T00:00:00.000Z',
  reason: 'load test',
  owner: 'user:default/ordering-lead',
  createdAt: '2026-11-20T08:00:00.000Z',
  withdrawn: null,
};

it.each([
  ['2026-11-19T00:00:00.000Z', 0],
  ['2026-11-20T12:00:00.000Z', 0.5],
  ['2026-11-22T00:00:00.000Z', 1],
  ['2026-11-16T00:00:00.000Z', -1],
])('%s lies at %d of the width', (instant, share) => {
  expect(shareOfInstant(history, instant)).toBeCloseTo(share);
});

it('tells what happened on a day, midnight belonging to the day after', () => {
  const timeline = {
    events: [deploy('2026-11-20T09:00:00.000Z')],
    exclusions: [exclusion],
  };
  expect(timelineOn('2026-11-19', timeline)).toEqual({
    events: [],
    exclusions: [exclusion],
  });
  expect(timelineOn('2026-11-20', timeline)).toEqual({
    events: timeline.events,
    exclusions: [],
  });
});

describe('events near each other', () => {
  const [early, soon, late, outside] = [
    '2026-11-19T06:00:00.000Z',
    '2026-11-19T09:00:00.000Z',
    '2026-11-21T06:00:00.000Z',
    '2026-10-01T06:00:00.000Z',
  ].map(deploy);

  it('are one mark, and those outside none', () => {
    expect(
      clusterEvents(history, [late, soon, early, outside], 0.1).map(
        ({ events }) => events,
      ),
    ).toEqual([[early, soon], [late]]);
  });

  it('are marks of their own where there is room', () => {
    expect(clusterEvents(history, [early, soon], 0.01)).toHaveLength(2);
  });
});

it.each([
  ['2026-11-18', 0.9998],
  ['2026-11-19', 0.9991],
  ['2026-11-21', 0.9997],
])('on %s the level is %d', (day, level) => {
  expect(
    levelOn(day, [
      {
        at: '2026-11-19T00:00:00.000Z',
        direction: 'worse',
        before: 0.9998,
        after: 0.9991,
        event: null,
      },
      {
        at: '2026-11-20T00:00:00.000Z',
        direction: 'better',
        before: 0.9991,
        after: 0.9997,
        event: null,
      },
    ]),
  ).toBe(level);
});

it('has no level where nothing changed', () => {
  expect(levelOn('2026-11-19', [])).toBeNull();
});
