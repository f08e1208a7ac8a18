import { recommendation } from '../__testUtils__';
import { ladderMarks, ladderPosition } from './marks';

const ladder = [0.9, 0.99, 0.999];

it.each([
  [0.9, 0, 'a rung'],
  [0.999, 2, 'the last rung'],
  [0.99683772233, 1.5, 'half a decade above 99 %'],
  [0.5, 0, 'below the ladder'],
  [0.99999, 2, 'above the ladder'],
])('%d lies at %d: %s', (objective, position) => {
  expect(ladderPosition(objective, ladder)).toBeCloseTo(position);
});

it('puts tiers and promise on the same rung under one mark', () => {
  expect(
    ladderMarks({
      ...recommendation,
      promised: { objective: 0.999, attainment: 0.92 },
    }).map(mark => [mark.names, mark.position]),
  ).toEqual([
    [['conservative'], 1],
    [['balanced', 'aggressive', 'promised today'], 3],
  ]);
});
