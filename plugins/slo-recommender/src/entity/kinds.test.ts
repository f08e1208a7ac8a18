import { checkoutEntity } from '../__testUtils__/renderInPortal';
import { isSloRecommenderAvailable, mayShowCard } from './kinds';

it.each([
  ['Component', true],
  ['Resource', true],
  ['API', true],
  ['System', false],
  ['Group', false],
])('a %s can be a service: %s', (kind, expected) => {
  expect(isSloRecommenderAvailable({ ...checkoutEntity(), kind })).toBe(
    expected,
  );
});

it('asks for no card where the entity opts out', () => {
  expect(mayShowCard(checkoutEntity({}))).toBe(true);
  expect(
    mayShowCard(checkoutEntity({ 'slo-recommender.io/enabled': 'false' })),
  ).toBe(false);
});
