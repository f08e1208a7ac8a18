import { axisToRatio, ratioAxis, ratioToAxis } from './ratioScale';

it('puts each further nine at the same distance', () => {
  const [two, three, four] = [0.99, 0.999, 0.9999].map(ratioToAxis);
  expect(three - two).toBeCloseTo(four - three);
});

it('gives 100 % a finite place and reads it back', () => {
  expect(ratioToAxis(1)).toBeLessThan(6);
  expect(axisToRatio(ratioToAxis(1))).toBe(1);
  expect(axisToRatio(ratioToAxis(0.9995))).toBeCloseTo(0.9995);
});

describe('the axis', () => {
  it.each([
    ['two neighbours', [0.9991, 0.9994], [0.999, 0.9995]],
    ['a lone rung gets room on both sides', [0.999], [0.998, 0.999, 0.9995]],
    ['a perfect history', [1], [0.99999, 1]],
    [
      'an outage',
      [0.42, 0.999],
      [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999],
    ],
  ])('%s', (_, ratios, rungs) => {
    const { domain, ticks } = ratioAxis(ratios);
    expect(domain).toEqual([
      ratioToAxis(rungs[0]),
      ratioToAxis(rungs[rungs.length - 1]),
    ]);
    expect(rungs).toEqual(expect.arrayContaining(ticks));
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks).toContain(rungs[0]);
    expect(ticks).toContain(rungs[rungs.length - 1]);
  });
});
