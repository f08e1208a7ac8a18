import { render } from '@testing-library/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { latencyRecommendation, recommendation } from '../../__testUtils__';
import { PromiseSentence } from './PromiseSentence';

function sentence(about: Recommendation): string {
  const { container } = render(
    <PromiseSentence recommendation={about} window="P28D" />,
  );
  return (container.textContent ?? '').replace(/\s+/g, ' ');
}

const { tiers } = recommendation;

it('says first what to promise, how sure, and how today’s promise compares', () => {
  expect(sentence(recommendation)).toBe(
    'Promise 99.9 % availability over 28 days. With 92 % probability the next window keeps it: ' +
      '40 min, or 21,400 failed requests, of budget. Today’s promise of 99.95 % is kept with 64 % probability.',
  );
});

it('speaks of requests faster than a threshold where it is about latency', () => {
  expect(sentence(latencyRecommendation)).toBe(
    'Promise 99 % of requests faster than 300 ms over 28 days. With 92 % probability the next window keeps it: ' +
      '214,000 slow requests of budget. Nothing is promised today.',
  );
});

it.each([
  [
    'is what is recommended',
    { objective: 0.999, attainment: 0.92 },
    /It is what is promised today\.$/,
  ],
  [
    'leaves room',
    { objective: 0.99, attainment: 0.999 },
    /is kept with 99\.9 % probability: there is room for more\.$/,
  ],
  [
    'cannot be told',
    { objective: 0.99999, attainment: null },
    /promise of 99\.999 % can be kept cannot be told from the data\.$/,
  ],
])('says where today’s promise %s', (_, promised, words) => {
  expect(sentence({ ...recommendation, promised })).toMatch(words);
});

it('names the threshold of a promise that is another than the recommended one', () => {
  expect(
    sentence({
      ...latencyRecommendation,
      promised: { objective: 0.99, attainment: 0.12, thresholdSeconds: 0.1 },
    }),
  ).toMatch(
    /Today’s promise of 99 % of requests faster than 100 ms is kept with 12 % probability\.$/,
  );
});

describe('a promise between two boundaries of the histogram', () => {
  it.each([
    [
      { objective: 0.99, thresholdSeconds: 0.2 },
      'Whether today’s promise of 99 % of requests faster than 200 ms was kept over the last 28 days cannot be told: ' +
        'between 95.2 % and 99.31 % of requests were that fast, and no boundary of the histogram says it more exactly.',
    ],
    [
      { objective: 0.995, thresholdSeconds: 0.2 },
      'Today’s promise of 99.5 % of requests faster than 200 ms was broken over the last 28 days: ' +
        'between 95.2 % and 99.31 % of requests were that fast, and no boundary of the histogram says it more exactly.',
    ],
    [
      { objective: 0.999, thresholdSeconds: 0.05 },
      'was broken over the last 28 days: at most 95.2 % of requests were that fast, and no boundary of the histogram says it more exactly.',
    ],
    [
      { objective: 0.999, thresholdSeconds: 4 },
      'was kept over the last 28 days: at least 99.97 % of requests were that fast, and no boundary of the histogram says it more exactly.',
    ],
    [
      { objective: 0.999, thresholdSeconds: 0.3 },
      'was broken over the last 28 days: 99.31 % of requests were that fast.',
    ],
    [
      { objective: 0.95, thresholdSeconds: 0.2 },
      'Today’s promise of 95 % of requests faster than 200 ms is kept with at least 91 % probability, ' +
        'as its threshold lies above a boundary of the histogram at which it is.',
    ],
  ])('is bounded by them: %j', (promise, words) => {
    const about = {
      ...latencyRecommendation,
      promised: { attainment: null, ...promise },
    };
    expect(sentence(about).endsWith(words)).toBe(true);
  });
});

it('says where no rung is sure enough', () => {
  expect(
    sentence({
      ...recommendation,
      promised: null,
      tiers: {
        conservative: null,
        balanced: null,
        aggressive: {
          objective: 0.9,
          attainment: 0.8,
          attainmentInterval: null,
          budgetMinutes: 4032,
          budgetRequests: 100,
        },
      },
    }),
  ).toBe(
    'No objective considered is kept over 28 days with 90 % probability. ' +
      'The nearest is 90 % with 80 %. Nothing is promised today.',
  );
});

it('says where a single request would break it', () => {
  const { balanced } = tiers;
  expect(
    sentence({
      ...recommendation,
      tiers: {
        ...tiers,
        balanced: balanced && { ...balanced, budgetRequests: 0.6 },
      },
    }),
  ).toContain('one failed request would break it, at the traffic expected.');
});

describe('on what footing it stands', () => {
  const borrowed = {
    ownWeight: 0.2,
    peers: 14,
    peerGroup:
      'services of high criticality with 1 K to 10 K requests a window',
    sufficientAt: '2026-12-19T00:00:00.000Z',
  };

  it.each([
    [
      'borrowed, with the date when its own data suffice',
      { borrowed, level: 'conjecture' as const },
      'This is borrowed: its own data weigh 20 %, the rest comes from 14 peers: ' +
        'services of high criticality with 1 K to 10 K requests a window. It will have enough data of its own from 19 Dec 2026 if traffic stays as it is.',
    ],
    [
      'borrowed without end',
      { borrowed: { ...borrowed, sufficientAt: null } },
      'When it will have enough data of its own is not known.',
    ],
    [
      'a conjecture',
      { level: 'conjecture' as const },
      'This is a conjecture: predicted, and not tested yet.',
    ],
    [
      'an inference',
      { level: 'inference' as const },
      'This is inferred from the service’s own history, and tested on other services only.',
    ],
  ])('says that it is %s', (_, changes, words) => {
    expect(sentence({ ...recommendation, ...changes })).toMatch(
      new RegExp(`${words.replace(/[().]/g, '\\$&')}$`),
    );
  });
});
