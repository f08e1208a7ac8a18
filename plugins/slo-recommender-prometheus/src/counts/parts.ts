import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusFailure } from '../client/failures';
import { countHours, splitRange } from '../hours';

/**
 * Samples that a server may hold for one query: well below `query.max-samples`, 50 million by default, as the number of
 * series is an estimate. Its other limit of 11,000 points a series is 15 months of hours.
 */
const MAX_SAMPLES = 20_000_000;

/** Values that a server holds at a time for each series and hour: the operands of the formula for hourly counts. */
const OPERANDS = 6;

/** Hours of services in one answer: up to 25 MB of JSON with two outcomes. */
const MAX_SERVICE_HOURS = 500_000;

/** Names in one selector. The longer the range, the more is lost where the answer to a long query fails. */
const MAX_NAMES_OF_DAYS = 500;
const MAX_NAMES_OF_WEEKS = 100;
const FEW_DAYS = 8;

/** How many names one query may ask for. */
export function namesPerQuery(range: HourRange): number {
  return countHours(range) <= FEW_DAYS * 24
    ? MAX_NAMES_OF_DAYS
    : MAX_NAMES_OF_WEEKS;
}

/**
 * Whether to ask for all names there are rather than to list those wanted: for some hours, where at least half of them
 * are wanted, one short query does in place of many long ones.
 */
export function asksForEveryName(
  wanted: readonly string[],
  known: ReadonlySet<string> | undefined,
  range: HourRange,
): boolean {
  return (
    known !== undefined &&
    wanted.length > MAX_NAMES_OF_WEEKS &&
    wanted.length * 2 >= known.size &&
    countHours(range) * known.size <= MAX_SERVICE_HOURS
  );
}

/** In an installation with no more services all of them vouch for their scrape target. */
const SMALL_INSTALLATION = 100;

/** Whether all services vouch for their scrape target; in a larger installation those of the same query do. */
export function isSmallInstallation(
  everyName: ReadonlySet<string> | undefined,
): boolean {
  return everyName !== undefined && everyName.size <= SMALL_INSTALLATION;
}

/** Series that one query over the range may touch. */
export function seriesPerQuery(range: HourRange): number {
  return Math.floor(MAX_SAMPLES / OPERANDS / countHours(range));
}

/** Services that one answer over the range may hold. */
export function servicesPerAnswer(range: HourRange): number {
  return Math.max(1, Math.floor(MAX_SERVICE_HOURS / countHours(range)));
}

/** Some names over some hours: what is asked at once. */
export interface Part {
  names: readonly string[];
  range: HourRange;
  /** True where the query does not list the names, and the answer has others, too. */
  isEveryName: boolean;
}

/** Two parts that together ask the same; some more where the part asks for every name. */
export function halvePart(
  { names, range, isEveryName }: Part,
  failure: PrometheusFailure,
): Part[] {
  const hours = countHours(range);
  const isTooLong = failure === 'range-too-long' && hours > 1;
  if (names.length > 1 && !isTooLong) {
    const perPart = isEveryName
      ? namesPerQuery(range)
      : Math.ceil(names.length / 2);
    return chunk(names, perPart).map(someNames => ({
      names: someNames,
      range,
      isEveryName: false,
    }));
  }
  return hours > 1
    ? splitRange(range, Math.ceil(hours / 2)).map(half => ({
        names,
        range: half,
        isEveryName,
      }))
    : [];
}

/** Cuts a list into chunks of at most `size`. */
export function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** As error messages say it: '12 services'. */
export function describeServices(count: number): string {
  return count === 1 ? '1 service' : `${count} services`;
}

/** Cuts services into groups with at most so many of them and so many series, in their order. */
export function cutIntoGroups<S>(
  members: readonly { service: S; series: number }[],
  most: { services: number; series: number },
): S[][] {
  const groups: S[][] = [];
  let room = 0;
  for (const { service, series } of members) {
    const group = groups.at(-1);
    if (group && group.length < most.services && series <= room) {
      group.push(service);
      room -= series;
    } else {
      groups.push([service]);
      room = most.series - series;
    }
  }
  return groups;
}
