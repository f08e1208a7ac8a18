import { render } from '@testing-library/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { recommendation, spaced } from '../../__testUtils__';
import { testedFacts } from './testedFacts';

const words = (changes: Partial<Recommendation>) =>
  testedFacts({ ...recommendation, ...changes }).map(fact =>
    spaced(render(fact).container.textContent),
  );

it('tells how the recommendation was tested', () => {
  expect(words({})).toEqual([
    'validated on its own past',
    'held in 3 of 4 past windows, which overlap',
    'calibrated: 91 % of predictions at 90 % held across the fleet',
    'confidence 87 %',
  ]);
});

it('says plainly what was not', () => {
  const { calibration } = recommendation;
  const uncalibrated = calibration && {
    ...calibration,
    state: 'uncalibrated' as const,
  };
  const untested = { backtest: null, confidence: null } as const;
  expect(
    words({
      ...untested,
      level: 'conjecture',
      calibration: uncalibrated && { ...uncalibrated, coverage: [] },
    }),
  ).toEqual([
    'conjecture: no test bears it out',
    'uncalibrated: too few past windows to test such predictions',
  ]);
  expect(
    words({ ...untested, level: null, calibration: uncalibrated }),
  ).toEqual([
    'uncalibrated: 91 % of predictions at 90 % held across the fleet',
  ]);
});

it('does not boast of a fleet whose few windows lie far from what was said', () => {
  const { calibration } = recommendation;
  expect(
    words({
      backtest: null,
      confidence: null,
      level: null,
      calibration: calibration && {
        ...calibration,
        coverage: [
          { nominal: 0.9, observed: 0.76, interval: { from: 0.54, to: 0.895 } },
        ],
      },
    }),
  ).toEqual([
    'calibrated, hardly tested: 76 % of predictions at 90 % held across the fleet',
  ]);
});

it('does not take the fleet’s record for that of what is borrowed', () => {
  expect(
    words({
      level: 'conjecture',
      backtest: null,
      confidence: null,
      borrowed: {
        ownWeight: 0,
        peers: 1,
        peerGroup: 'services',
        sufficientAt: null,
      },
    }),
  ).toEqual(['borrowed from 1 peer', 'conjecture: no test bears it out']);
});
