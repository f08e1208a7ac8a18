import { recommendation } from '../../__testUtils__/recommendations';
import { readCurve, rungsAround } from './reading';

const { curve } = recommendation;

describe('what the curve says of an objective', () => {
  it('is what was computed at a rung', () => {
    expect(readCurve(curve, 0.999)).toEqual({
      objective: 0.999,
      attainment: 0.92,
      attainmentInterval: { from: 0.88, to: 0.95 },
      supported: true,
      basis: 'rung',
    });
  });

  it('is what was computed between rungs, and says so', () => {
    expect(readCurve(curve, 99.93 / 100)).toMatchObject({
      attainment: 0.8,
      basis: 'between',
    });
  });

  it('lies between its neighbours where nothing was computed, by decades of unavailability', () => {
    const reading = readCurve(curve, 1 - Math.sqrt(0.01 * 0.005));
    expect(reading?.attainment).toBeCloseTo(0.997);
    expect(reading?.attainmentInterval?.from).toBeCloseTo(0.99);
    expect(reading?.basis).toBe('interpolated');
  });

  it('has no interval where a neighbour has none', () => {
    const [first, ...rest] = curve;
    expect(
      readCurve([{ ...first, attainmentInterval: null }, ...rest], 0.992)
        ?.attainmentInterval,
    ).toBeNull();
  });

  it.each([0.98, 0.99999, Number.NaN])('is nothing at %d', objective => {
    expect(readCurve(curve, objective)).toBeNull();
  });
});

it.each([
  [0.9993, { below: 0.999, above: 0.9995 }],
  [0.99, null],
])('%d lies between its rungs', (objective, rungs) => {
  expect(rungsAround(curve, objective)).toEqual(rungs);
});
