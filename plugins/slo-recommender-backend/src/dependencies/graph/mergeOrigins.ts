import type {
  DependencyEdge,
  EdgeProvenance,
} from 'backstage-plugin-slo-recommender-common';
import { CATALOG_ORIGIN, isTelemetryOrigin } from '../store/DependencyStore';
import type { StoredDependency } from '../store/dependencyRows';
import { edgeConfidence } from './confidence';
import { ratePer } from './requestRates';

/** What one origin knows of an edge, under whatever names it has for the two services. */
export type OriginFacts = Omit<StoredDependency, 'sourceName' | 'targetName'>;

/** ISO 8601 texts of one form: their order is that of time. Null is unknown. */
export const earliest = (instants: (string | null)[]) =>
  instants.reduce(
    (least, at) => (at !== null && (least === null || at < least) ? at : least),
    null,
  );
export const latest = (instants: (string | null)[]) =>
  instants.reduce(
    (last, at) => (at !== null && (last === null || at > last) ? at : last),
    null,
  );

/** What the sources together say of an edge. */
export type EdgeFacts = Omit<
  DependencyEdge,
  'source' | 'target' | 'callsPerRequest' | 'cycleId'
>;

/** When an edge counts as stale. */
export interface Freshness {
  /** The instant that the graph is about. */
  referenceMs: number;
  staleAfterMs: number;
}

type Speaker = 'catalog' | 'telemetry' | 'observed report' | 'declared report';

/** Whose word goes first, field by field. Of several telemetry sources or reports the one that saw most calls goes first. */
const ORDER = {
  /** What is meant is for people to say; then who else declares. */
  strength: ['catalog', 'declared report', 'observed report', 'telemetry'],
  /** People say what is asynchronous; for the rest those who see the calls know best. */
  kind: ['catalog', 'telemetry', 'observed report', 'declared report'],
  /** Calls, failures, time and latency. */
  calls: ['telemetry', 'observed report', 'declared report', 'catalog'],
} as const satisfies Record<string, Speaker[]>;

function speakerOf({ origin, claim }: OriginFacts): Speaker {
  if (origin === CATALOG_ORIGIN) return 'catalog';
  return isTelemetryOrigin(origin) ? 'telemetry' : `${claim} report`;
}

function inOrder(facts: OriginFacts[], field: keyof typeof ORDER) {
  if (facts.length === 1) return facts;
  const order: readonly Speaker[] = ORDER[field];
  const rank = (one: OriginFacts) => order.indexOf(speakerOf(one));
  return [...facts].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (b.calls ?? -1) - (a.calls ?? -1) ||
      (a.origin < b.origin ? -1 : 1),
  );
}

function first<T>(
  facts: OriginFacts[],
  pick: (one: OriginFacts) => T | null,
): T | null {
  for (const one of facts) {
    const value = pick(one);
    if (value !== null) return value;
  }
  return null;
}

/** Instant of an origin's last word on the edge; null for the catalog, whose word always holds. */
const lastWordAt = ({ lastSeenAt, reportedAt }: OriginFacts) =>
  lastSeenAt ?? reportedAt;

const provenanceOf = (one: OriginFacts): EdgeProvenance => ({
  origin: one.origin,
  firstSeenAt: one.firstSeenAt,
  lastSeenAt: one.lastSeenAt,
  reports: one.reports,
  calls: one.calls,
  failedCalls: one.failedCalls,
  seconds: one.seconds,
  attributes: one.attributes,
});

/**
 * Joins what the origins say of one edge, at least one and each once.
 *
 * An origin that has not seen the edge for long says nothing of how it is now: its word counts only if that holds for
 * all of them, and the edge is stale. A second source of the same calls does not make them more: one source's counts are
 * taken, never a sum.
 */
export function mergeOrigins(
  facts: OriginFacts[],
  { referenceMs, staleAfterMs }: Freshness,
): EdgeFacts {
  const agesMs = facts.map(one => {
    const at = lastWordAt(one);
    return at === null ? 0 : Math.max(0, referenceMs - Date.parse(at));
  });
  const fresh = facts.filter((_, index) => agesMs[index] <= staleAfterMs);
  const speaking = fresh.length ? fresh : facts;
  const kind = first(inOrder(speaking, 'kind'), one => one.kind) ?? 'sync';
  const strength = first(inOrder(speaking, 'strength'), one => one.strength);
  const byCalls = inOrder(speaking, 'calls');
  const counting = byCalls.find(({ calls }) => calls !== null);
  const { calls = null, failedCalls = null, seconds = null } = counting ?? {};
  return {
    declared: speaking.some(({ claim }) => claim === 'declared'),
    observed: speaking.some(({ claim }) => claim === 'observed'),
    kind,
    strength: kind === 'async' ? 'soft' : (strength ?? 'hard'),
    callsPerSecond: ratePer(calls, seconds),
    failureRatio:
      calls !== null && calls > 0 && failedCalls !== null
        ? Math.min(1, failedCalls / calls)
        : null,
    latency: first(byCalls, one => one.latency),
    firstSeenAt: earliest(facts.map(one => one.firstSeenAt)),
    lastSeenAt: latest(facts.map(one => one.lastSeenAt)),
    confidence: edgeConfidence(
      facts.map(({ claim, calls: counted }, index) => ({
        claim,
        calls: counted,
        ageMs: agesMs[index],
      })),
      staleAfterMs,
    ),
    stale: fresh.length === 0,
    provenance: [...facts]
      .sort((a, b) => (a.origin < b.origin ? -1 : 1))
      .map(provenanceOf),
  };
}

/**
 * Joins what one origin reports of an edge under several names. Calls of the newest report are added up, for each name
 * has its own; those of names that are gone since belong to another time.
 */
export function joinNames(rows: OriginFacts[]): OriginFacts {
  if (rows.length === 1) return rows[0];
  const reportedAt = latest(rows.map(row => row.reportedAt));
  const newest = rows
    .filter(row => row.reportedAt === reportedAt)
    .sort((a, b) => (b.calls ?? -1) - (a.calls ?? -1));
  const [busiest] = newest;
  const known = <T>(pick: (row: OriginFacts) => T | null) =>
    newest.map(pick).find(value => value !== null) ?? null;
  const sum = (pick: (row: OriginFacts) => number | null) => {
    const counted = newest.map(pick).filter(value => value !== null);
    return counted.length
      ? counted.reduce((total, one) => total + one, 0)
      : null;
  };
  return {
    origin: busiest.origin,
    claim: busiest.claim,
    kind: known(row => row.kind),
    strength: known(row => row.strength),
    calls: sum(row => row.calls),
    failedCalls: sum(row => row.failedCalls),
    seconds: known(row => row.seconds),
    latency: known(row => row.latency),
    attributes: Object.fromEntries(
      newest
        .toReversed()
        .flatMap(({ attributes }) => Object.entries(attributes)),
    ),
    firstSeenAt: earliest(rows.map(row => row.firstSeenAt)),
    lastSeenAt: latest(rows.map(row => row.lastSeenAt)),
    reportedAt,
    reports: Math.max(...rows.map(row => row.reports)),
  };
}
