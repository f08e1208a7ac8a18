import { checkout } from '../__testUtils__/responses';
import { serviceState } from './serviceState';

const kept = {
  ...checkout,
  promisedObjective: 0.999,
  recommendedObjective: 0.999,
};

it.each([
  ['before the first analysis', { ...kept, asOf: null }, 'not analysed yet'],
  ['a broken SLI', { ...kept, verdict: 'invalid' as const }, 'SLI broken'],
  [
    'too little data',
    { ...kept, verdict: 'insufficient' as const },
    'not enough data',
  ],
  ['no budget left', { ...kept, budgetRemaining: 0 }, 'promise broken'],
  [
    'no budget left of what is only recommended',
    { ...kept, promisedObjective: null, budgetRemaining: -1 },
    'nothing promised',
  ],
  [
    'a promise above the recommendation',
    { ...kept, promisedObjective: 0.9995 },
    'promises too much',
  ],
  [
    'a promise where nothing can be recommended',
    { ...kept, recommendedObjective: null },
    'promises too much',
  ],
  [
    'flawed data',
    { ...kept, verdict: 'degraded' as const },
    'ready, data flawed',
  ],
  [
    'a promise below the recommendation',
    { ...kept, promisedObjective: 0.99 },
    'could promise more',
  ],
  ['promise and recommendation agree', kept, 'keeps its promise'],
])('%s', (_, item, words) => {
  expect(serviceState(item).words).toBe(words);
});
