import { dependencyNode } from '../__testUtils__/dependencies';
import { unbroken } from '../words';
import { nodeState } from './nodeState';

it.each([
  [
    'a service apart',
    { kind: 'undeclared', inCatalog: false },
    'not in the catalog',
  ],
  ['a reference to nothing', { inCatalog: false }, 'missing from the catalog'],
  ['one that takes no part', { analysed: false }, 'not opted in'],
  ['one without a result yet', { verdict: null }, 'not analysed'],
  [
    'many addresses',
    { kind: 'undeclared', foldedNames: 3 },
    'of no known service',
  ],
  ['a broken SLI', { verdict: 'invalid' as const }, 'SLI broken'],
  ['too little data', { verdict: 'insufficient' as const }, 'not enough data'],
  [
    'a budget that is gone',
    { budgetRemaining: -0.42 },
    'budget overspent by 42 %',
  ],
  ['a budget nearly gone', { budgetRemaining: 0.1 }, 'budget 10 % left'],
  ['a budget in good order', { budgetRemaining: 0.6 }, 'budget 60 % left'],
])('%s', (_, changes, words) => {
  expect(nodeState(dependencyNode('cart', changes)).words).toBe(
    unbroken(words),
  );
});
