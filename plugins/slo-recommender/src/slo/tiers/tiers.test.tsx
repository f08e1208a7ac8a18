import { render, screen, within } from '@testing-library/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import {
  latencyRecommendation,
  recommendation,
  spaced,
} from '../../__testUtils__';
import { PresentCards } from './PresentCards';
import { TierCards } from './TierCards';

const cards = (name: string) =>
  within(screen.getByRole('list', { name }))
    .getAllByRole('listitem')
    .map(({ textContent }) => spaced(textContent));

function tierWords(about: Recommendation) {
  render(<TierCards recommendation={about} window="P28D" />);
  return cards('Recommended objectives');
}

function presentWords(about: Recommendation) {
  render(<PresentCards recommendation={about} window="P28D" />);
  return cards('Promised and achieved');
}

describe('the tiers', () => {
  it('are three, the balanced one recommended, each with its probability and budget', () => {
    expect(tierWords(recommendation)).toEqual([
      'Conservative99.5 %Kept with 99.4 % probability over 28 daysThat lies at 98 % to 99.9 % with 90 % certaintyBudget 3 h 22 min or 107,000 failed requests99.8 % would be kept with 97 %',
      'Balancedrecommended99.9 %Kept with 92 % probability over 28 daysThat lies at 88 % to 95 % with 90 % certaintyBudget 40 min or 21,400 failed requests99.95 % would be kept with 64 %',
      'Aggressive99.9 %Kept with 92 % probability over 28 daysThat lies at 88 % to 95 % with 90 % certaintyBudget 40 min or 21,400 failed requests99.95 % would be kept with 64 %',
    ]);
  });

  it('have a budget of slow requests where they are about latency, and say which one there is not', () => {
    const [conservative, , aggressive] = tierWords(latencyRecommendation);
    expect(conservative).toMatch(/Budget 428,000 slow requests/);
    expect(aggressive).toBe(
      'AggressiveNoneNo objective is kept with 75 % probability',
    );
  });

  it('warn where one failed request would break them', () => {
    const { tiers } = recommendation;
    const { aggressive } = tiers;
    const [, balanced, thin] = tierWords({
      ...recommendation,
      tiers: {
        ...tiers,
        aggressive: aggressive && { ...aggressive, budgetRequests: 0.7 },
      },
    });
    expect(thin).toMatch(/less than 1 failed request/);
    expect(thin).toMatch(/one failed request would break it$/);
    expect(balanced).not.toMatch(/would break it/);
  });
});

describe('what there is to hold them against', () => {
  it('is what is promised and what was achieved', () => {
    expect(presentWords(recommendation)).toEqual([
      'Promised today99.95 %Broken over the last 28 days: 99.941 %. Kept with 64 % probability over 28 days; budget 10,700 failed requests',
      'Achieved, last 28 days99.941 %12.4K of 21.1M requests of the last 28 days failed',
    ]);
  });

  it('is of the days that are known, where these are fewer', () => {
    const { dataQuality } = recommendation;
    expect(
      presentWords({
        ...recommendation,
        dataQuality: { ...dataQuality, historyDays: 3.4 },
      }),
    ).toEqual([
      expect.stringMatching(/Broken over the last 3 days: 99\.941 %\./),
      'Achieved, last 3 days99.941 %12.4K of 21.1M requests of the last 3 days failed',
    ]);
  });

  it.each([
    [
      'between two boundaries',
      { objective: 0.99, thresholdSeconds: 0.2 },
      /^Promised today99 %Kept or broken over the last 28 days: between 95\.2 % and 99\.31 %\. Faster than 200 ms\. How probably it is kept is unknown/,
    ],
    [
      'broken at the upper one',
      { objective: 0.995, thresholdSeconds: 0.2 },
      /Broken over the last 28 days: between 95\.2 % and 99\.31 %/,
    ],
    [
      'kept at the lower one',
      { objective: 0.95, thresholdSeconds: 0.2 },
      /Kept over the last 28 days: between 95\.2 % and 99\.31 %\. Faster than 200 ms\. Kept with at least 91 % probability over 28 days/,
    ],
  ])('is bounded where the threshold lies %s', (_, promise, words) => {
    expect(
      presentWords({
        ...latencyRecommendation,
        promised: { attainment: null, ...promise },
      })[0],
    ).toMatch(words);
  });

  it.each([
    [0.3, /Kept over the last 28 days: 99\.31 %\./],
    [0.1, /Kept over the last 28 days: 95\.2 %\./],
  ])(
    'is exact at a boundary of %s s that is rounded otherwise',
    (bound, words) => {
      expect(
        presentWords({
          ...latencyRecommendation,
          promised: {
            objective: 0.95,
            attainment: 0.9,
            thresholdSeconds: bound * (1 + 2 * Number.EPSILON),
          },
        })[0],
      ).toMatch(words);
    },
  );

  it('may be nothing', () => {
    expect(
      presentWords({
        ...recommendation,
        promised: null,
        achieved: null,
        requests: null,
      }),
    ).toEqual([
      'Promised todayNothingNo annotation promises an objective',
      'Achieved, last 28 daysUnknownRequests of the last 28 days are unknown',
    ]);
  });

  it('speaks of slow requests where it is about latency', () => {
    expect(presentWords(latencyRecommendation)[1]).toMatch(/were slow$/);
  });
});
