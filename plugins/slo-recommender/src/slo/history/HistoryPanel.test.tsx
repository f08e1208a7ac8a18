import { fireEvent, screen, within } from '@testing-library/react';
import type {
  Recommendation,
  ServiceEvent,
} from 'backstage-plugin-slo-recommender-common';
import {
  backendWith,
  recommendation,
  refusal,
  renderInPortal,
  spaced,
} from '../../__testUtils__';
import { useTimeline } from '../../exclusions';
import { unbroken } from '../../words';
import { describeDay } from './eventSigns';
import { HistoryPanel } from './HistoryPanel';

const event: ServiceEvent = {
  id: 'a',
  type: 'deploy',
  at: '2026-11-20T09:12:00.000Z',
  title: 'checkout 2.41',
  version: null,
  url: null,
  toldBy: 'ci',
};
const exclusion = {
  id: 'x',
  from: '2026-11-20T02:00:00.000Z',
  to: '2026-11-20T05:00:00.000Z',
  reason: 'database upgrade',
  owner: 'user:default/ordering-lead',
  createdAt: '2026-11-20T08:00:00.000Z',
  withdrawn: null,
};

function Page(props: { changes: Partial<Recommendation> }) {
  return (
    <HistoryPanel
      recommendation={{ ...recommendation, ...props.changes }}
      timeline={useTimeline('component:default/checkout', true)}
      window="P28D"
    />
  );
}

const show = (changes: Partial<Recommendation>, backend = backendWith()) =>
  renderInPortal(<Page changes={changes} />, backend);

const legend = async () =>
  within((await screen.findAllByLabelText('Key of the chart'))[0])
    .getAllByRole('listitem')
    .map(({ textContent }) => spaced(textContent));

it('shows what was achieved beside what is recommended and promised', async () => {
  await show({});
  expect(await legend()).toEqual([
    'achieved',
    'recommended 99.9 %',
    'promised 99.95 %',
  ]);
  expect(
    screen.getByText(/It begins when a whole window is known\.$/),
  ).toBeInTheDocument();
});

it('marks what happened and what was left out, but not what was taken back', async () => {
  await show(
    {},
    backendWith({
      getEvents: async entityRef => ({
        entityRef,
        events: [{ ...event, type: 'incident', id: 'b' }, event],
      }),
      getExclusions: async entityRef => ({
        entityRef,
        exclusions: [exclusion],
        cap: 0.1,
      }),
    }),
  );
  expect((await legend()).slice(3)).toEqual([
    'incident',
    'deploy',
    'hours left out',
  ]);
});

it('does not mark an exclusion that was taken back', async () => {
  await show(
    {},
    backendWith({
      getExclusions: async entityRef => ({
        entityRef,
        exclusions: [
          {
            ...exclusion,
            withdrawn: { by: 'user:default/a', at: exclusion.createdAt },
          },
        ],
        cap: 0.1,
      }),
    }),
  );
  expect(await legend()).toHaveLength(3);
});

it('names lasting changes over the chart, and says both numbers', async () => {
  await show({
    regime: {
      since: '2026-11-20T00:00:00.000Z',
      changePoints: [
        {
          at: '2026-11-20T00:00:00.000Z',
          direction: 'worse',
          before: 0.9998,
          after: 0.9991,
          event: 'checkout 2.41',
        },
      ],
      applied: true,
      presentObjective: 0.998,
      wholeHistoryObjective: 0.999,
    },
  });
  expect(
    await screen.findByRole('list', { name: 'Lasting changes' }),
  ).toHaveTextContent('▼ worse since 20 Nov: 99.98 % → 99.91 %');
  expect(
    screen.getByText(
      /Worse since 20 Nov 2026: 99\.98 % → 99\.91 %, within a day of ‘checkout 2\.41’/,
    ),
  ).toBeInTheDocument();
  expect(screen.getByText(/^Balanced objective by the time/)).toHaveTextContent(
    'Balanced objective by the time since 20 Nov 2026 alone: 99.8 %; by the whole history: 99.9 %. The recommendation rests on the time since alone.',
  );
});

it('goes from day to day by keyboard, from the last that is known', async () => {
  await show({});
  const days = await screen.findByRole('slider', {
    name: 'Achieved over the rolling 28 days, by day',
  });
  expect(days).toHaveValue('2');
  expect(spaced(days.getAttribute('aria-valuetext'))).toBe(
    'Sat 21 Nov 2026; Achieved over 28 days: 99.941 %; Requests of the day: 710,000, 410 failed',
  );
  fireEvent.change(days, { target: { value: '0' } });
  expect(days.getAttribute('aria-valuetext')).toMatch(
    /^Thu 19 Nov 2026; Achieved over 28 days: unknown/,
  );
});

it('gives the numbers with and without the hours left out', async () => {
  await show({
    exclusions: {
      excludedShare: 0.06,
      cap: 0.1,
      hoursOverCap: 3,
      achievedWithExclusions: 0.99952,
      achievedWithoutExclusions: 0.99941,
      objectiveWithExclusions: 0.999,
      objectiveWithoutExclusions: null,
    },
  });
  expect(
    screen.getByText(/^6 % of the hours of the last 28 days/),
  ).toHaveTextContent(
    'at most 10 % may be. 3 further hours asked to be left out count all the same, as that is reached.',
  );
  expect(
    screen.getByRole('row', { name: unbroken('Achieved 99.952 % 99.941 %') }),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('row', {
      name: unbroken('Balanced objective 99.9 % none'),
    }),
  ).toBeInTheDocument();
});

it('shows the chart also where what happened could not be loaded', async () => {
  const failure = await refusal(503, 'no database');
  await show(
    {},
    backendWith({
      getEvents: async () => {
        throw failure;
      },
    }),
  );
  expect(
    await screen.findByText(
      'Drawn without deploys and other events, which could not be loaded.',
    ),
  ).toBeInTheDocument();
  expect(await legend()).toHaveLength(3);
});

it('says so where no whole window is known', async () => {
  await show({
    history: recommendation.history.map(point => ({
      ...point,
      rollingRatio: null,
    })),
  });
  expect(
    screen.getByText('No whole window of 28 days is known yet.'),
  ).toBeInTheDocument();
});

describe('a day in words', () => {
  const [first, second] = recommendation.history;
  const nothing = { events: [], exclusions: [] };

  it('tells what is known and what happened', () => {
    expect(
      describeDay(
        second,
        recommendation,
        {
          events: [event, event, event, event],
          exclusions: [exclusion],
        },
        '28 days',
      ).map(spaced),
    ).toEqual([
      'Achieved over 28 days: 99.94 %',
      'Requests of the day: 720,000, 390 failed',
      '09:12 deploy: checkout 2.41',
      '09:12 deploy: checkout 2.41',
      '09:12 deploy: checkout 2.41',
      'and 1 more',
      'Left out in part: database upgrade',
    ]);
  });

  it('says what is unknown', () => {
    expect(
      describeDay(
        { ...first, requests: null },
        { sliType: 'latency' },
        nothing,
        '28 days',
      ),
    ).toEqual([
      'Achieved over 28 days: unknown',
      'Requests of the day: unknown',
    ]);
  });
});
