import { recommendation } from '../../__testUtils__/recommendations';
import { ladderMarks } from './marks';

it('puts tiers and promise with the same objective under one mark', () => {
  expect(
    ladderMarks({
      ...recommendation,
      promised: { objective: 0.999, attainment: 0.92 },
    }).map(mark => [mark.objective, mark.names, mark.look]),
  ).toEqual([
    [0.995, ['conservative'], 'plain'],
    [0.999, ['balanced', 'aggressive', 'promised today'], 'promised'],
  ]);
});
