import { render } from '@testing-library/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { recommendation } from '../../__testUtils__';
import { testedFacts } from './testedFacts';

const words = (changes: Partial<Recommendation>) =>
  testedFacts({ ...recommendation, ...changes }).map(
    fact => render(fact).container.textContent,
  );

it('tells how the recommendation was tested', () => {
  expect(words({})).toEqual([
    'validated on its own past',
    'held in 3 of 4 past windows',
    'calibrated: 91 % of predictions at 90 % held across the fleet',
    'confidence 0.87 of 1',
  ]);
});

it('says plainly what was not', () => {
  const { calibration } = recommendation;
  expect(
    words({
      level: 'conjecture',
      backtest: null,
      confidence: null,
      calibration: calibration && { ...calibration, state: 'uncalibrated' },
      borrowed: {
        ownWeight: 0,
        peers: 1,
        peerGroup: 'services',
        sufficientAt: null,
      },
    }),
  ).toEqual([
    'borrowed from 1 peer',
    'conjecture: not tested',
    'uncalibrated: too few past windows to test such predictions',
  ]);
});
