import type { StoredDependency } from '../store/dependencyRows';

/** What one origin knows of an edge, under whatever names it has for the two services. */
export type OriginFacts = Omit<StoredDependency, 'sourceName' | 'targetName'>;

/** ISO 8601 texts of one form: their order is that of time. Null is unknown. */
export const earliest = (instants: (string | null)[]) =>
  instants.reduce(
    (first, at) => (at !== null && (first === null || at < first) ? at : first),
    null,
  );
export const latest = (instants: (string | null)[]) =>
  instants.reduce(
    (last, at) => (at !== null && (last === null || at > last) ? at : last),
    null,
  );

/**
 * Joins what one origin tells of an edge under several names. Calls of the newest telling are added up, for each name
 * has its own; those of names that are gone since belong to another time.
 */
export function joinNames(rows: OriginFacts[]): OriginFacts {
  if (rows.length === 1) return rows[0];
  const toldAt = latest(rows.map(row => row.toldAt));
  const newest = rows
    .filter(row => row.toldAt === toldAt)
    .sort((a, b) => (b.calls ?? -1) - (a.calls ?? -1));
  const [busiest] = newest;
  const first = <T>(pick: (row: OriginFacts) => T | null) =>
    newest.map(pick).find(value => value !== null) ?? null;
  const sum = (pick: (row: OriginFacts) => number | null) => {
    const known = newest.map(pick).filter(value => value !== null);
    return known.length ? known.reduce((total, one) => total + one, 0) : null;
  };
  return {
    origin: busiest.origin,
    claim: busiest.claim,
    kind: first(row => row.kind),
    strength: first(row => row.strength),
    calls: sum(row => row.calls),
    failedCalls: sum(row => row.failedCalls),
    seconds: first(row => row.seconds),
    latency: first(row => row.latency),
    attributes: Object.fromEntries(
      newest
        .toReversed()
        .flatMap(({ attributes }) => Object.entries(attributes)),
    ),
    firstSeenAt: earliest(rows.map(row => row.firstSeenAt)),
    lastSeenAt: latest(rows.map(row => row.lastSeenAt)),
    toldAt,
    reports: Math.max(...rows.map(row => row.reports)),
  };
}
