import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { countHours, splitRange } from './bins';
import { namesPerQuery } from './plan';

/** Some names over some hours: what is asked at once. */
export interface Part {
  names: readonly string[];
  range: HourRange;
  /** True where the query does not list the names, and the answer has others, too. */
  isEveryName: boolean;
}

/** Two parts that together ask the same; some more where the part asks for every name. */
export function halvePart({ names, range, isEveryName }: Part): Part[] {
  if (names.length > 1) {
    const perPart = isEveryName
      ? namesPerQuery(range)
      : Math.ceil(names.length / 2);
    return chunk(names, perPart).map(someNames => ({
      names: someNames,
      range,
      isEveryName: false,
    }));
  }
  const hours = countHours(range);
  return hours > 1
    ? splitRange(range, Math.ceil(hours / 2)).map(half => ({
        names,
        range: half,
        isEveryName,
      }))
    : [];
}

/** Cuts a list into pieces of at most `size`. */
export function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** As error messages say it: '12 services'. */
export function describeServices(count: number): string {
  return count === 1 ? '1 service' : `${count} services`;
}
