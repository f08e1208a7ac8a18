import { recommendation } from '../../__testUtils__/recommendations';
import { ratioToAxis } from '../../charts/ratioScale';
import { ladderAxis, nearestPoint, nextRung } from './ladder';

const { curve } = recommendation;

describe('the axis of the curve', () => {
  const axis = ladderAxis(curve);

  it('puts each nine at the same distance, with room at the ends', () => {
    const [two, three, four] = [0.99, 0.999, 0.9999].map(axis.shareOf);
    expect(three - two).toBeCloseTo(four - three);
    expect(two).toBeGreaterThan(0);
    expect(four).toBeLessThan(1);
  });

  it('reads back what it places', () => {
    expect(axis.placeAt(axis.shareOf(0.999))).toBeCloseTo(ratioToAxis(0.999));
  });

  it('holds what lies outside at its ends', () => {
    expect([0.5, 1].map(axis.shareOf)).toEqual([0, 1]);
  });

  it('has room for a single objective', () => {
    expect(ladderAxis([curve[0]]).shareOf(0.99)).toBe(0.5);
  });
});

describe('the point nearest to the pointer', () => {
  it.each([
    [0.9993, 0, 4, 'the one below it'],
    [0.99932, 0.2, 5, 'the rung within reach'],
    [0.5, 0, 0, 'the first, left of the curve'],
    [0.99999, 0, 6, 'the last, right of it'],
  ])('at %d with a reach of %d is %d: %s', (objective, reach, index) => {
    expect(nearestPoint(curve, ratioToAxis(objective), reach)).toBe(index);
  });
});

it.each<[number, 1 | -1, number, string]>([
  [3, 1, 5, 'past the objective between'],
  [4, -1, 3, 'back to the rung'],
  [6, 1, 6, 'nowhere at the end'],
])('from %d in direction %d the next rung is %d: %s', (from, direction, to) => {
  expect(nextRung(curve, from, direction)).toBe(to);
});
