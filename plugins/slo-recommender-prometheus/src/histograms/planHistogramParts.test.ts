import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { planHistogramParts } from './fetchHistograms';

const TO = Date.parse('2026-03-10T12:00:00Z');
const lastHours = (hours: number) => ({
  from: new Date(TO - hours * HOUR_MS),
  to: new Date(TO),
});
const fleet = (count: number) =>
  Array.from({ length: count }, (_, index) => `service-${index}`);

/** Sizes of the parts of a fleet of which each service has so many series. */
function sizes(
  names: string[],
  hours: number,
  series?: number,
): (number | 'all')[] {
  return planHistogramParts(names, lastHours(hours), {
    everyName: new Set(names),
    seriesOf:
      series === undefined
        ? undefined
        : new Map(names.map(name => [name, series])),
  }).map(part => (part.isEveryName ? 'all' : part.names.length));
}

describe('planHistogramParts', () => {
  it('asks for no more series and hours than a server has time for', () => {
    expect(sizes(fleet(10), 28 * 24, 340)).toEqual([2, 2, 2, 2, 2]);
    expect(sizes(fleet(100), 28 * 24, 17)).toEqual([52, 48]);
  });

  it('asks for a service of many series alone', () => {
    expect(sizes(fleet(2), 28 * 24, 100_000)).toEqual([1, 1]);
  });

  it('takes services for usual ones where series cannot be counted', () => {
    expect(sizes(fleet(4), 28 * 24)).toEqual([2, 2]);
  });

  it('refreshes a fleet in few queries', () => {
    expect(sizes(fleet(5_000), 1, 340)).toEqual(Array(10).fill(500));
    expect(sizes(fleet(5_000), 1, 17)).toEqual(['all']);
  });

  it('asks for nothing without names', () => {
    expect(sizes([], 1)).toEqual([]);
  });
});
