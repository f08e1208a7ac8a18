import {
  type DependencyKind,
  type DependencyStrength,
  type EdgeLatency,
  isUsableInstant,
} from 'backstage-plugin-slo-recommender-common';
import type { Columns } from '../../kernel/database/bulk';

/** `declared`: it is meant to be. `observed`: calls were seen. */
export type DependencyClaim = 'declared' | 'observed';

/** An edge as its origin reports it: who calls whom, under the origin's own names, and what it knows of the calls. */
export interface OriginEdge {
  /** Entity reference, or the name that the origin has. */
  sourceName: string;
  targetName: string;
  kind: DependencyKind | null;
  strength: DependencyStrength | null;
  calls: number | null;
  failedCalls: number | null;
  /** Seconds over which the calls were counted. */
  seconds: number | null;
  latency: EdgeLatency | null;
  /** In the origin's own words. */
  attributes: Record<string, string>;
  firstSeenAt: string | null;
  lastSeenAt: string | null;
}

/** Attribute of edges to or from names that identify no service: how many there are. */
export const NAMES_ATTRIBUTE = 'names';

/** All that one origin knows of an edge. */
export interface StoredDependency extends OriginEdge {
  /** `catalog`, `telemetry:<datasource id>` or `report:<source id>`. */
  origin: string;
  claim: DependencyClaim;
  /** Instant that the newest report is about; null for the catalog, whose word always holds. */
  reportedAt: string | null;
  /** Number of instants at which the origin has reported the edge. */
  reports: number;
}

/** A service as an origin other than the catalog reports it. */
export interface OriginNode {
  name: string;
  title: string | null;
  type: string | null;
  aliases: string[];
  /** Requests that it served in the seconds. */
  requests: number | null;
  seconds: number | null;
}

export interface StoredNode extends OriginNode {
  origin: string;
}

export interface RawDbEdgeRow extends Pick<
  StoredDependency,
  'origin' | 'claim' | 'kind' | 'strength' | 'calls' | 'seconds' | 'reports'
> {
  source_name: string;
  target_name: string;
  failed_calls: number | null;
  latency: string | null;
  attributes: string;
  first_seen_at: string | null;
  last_seen_at: string | null;
  /** `reportedAt`, under the name that the column has had from the start. */
  told_at: string | null;
}

export interface RawDbNodeRow extends Omit<StoredNode, 'aliases'> {
  aliases: string;
  told_at: string;
}

export const edgeColumns: Columns<RawDbEdgeRow> = {
  origin: 'text',
  source_name: 'text',
  target_name: 'text',
  claim: 'text',
  kind: 'text',
  strength: 'text',
  calls: 'double precision',
  failed_calls: 'double precision',
  seconds: 'double precision',
  latency: 'text',
  attributes: 'text',
  first_seen_at: 'text',
  last_seen_at: 'text',
  told_at: 'text',
  reports: 'integer',
};

export const nodeColumns: Columns<RawDbNodeRow> = {
  origin: 'text',
  name: 'text',
  title: 'text',
  type: 'text',
  aliases: 'text',
  requests: 'double precision',
  seconds: 'double precision',
  told_at: 'text',
};

export function toEdgeRow(dependency: StoredDependency): RawDbEdgeRow {
  return {
    origin: dependency.origin,
    source_name: dependency.sourceName,
    target_name: dependency.targetName,
    claim: dependency.claim,
    kind: dependency.kind,
    strength: dependency.strength,
    calls: dependency.calls,
    failed_calls: dependency.failedCalls,
    seconds: dependency.seconds,
    latency: dependency.latency && JSON.stringify(dependency.latency),
    attributes: JSON.stringify(dependency.attributes),
    first_seen_at: dependency.firstSeenAt,
    last_seen_at: dependency.lastSeenAt,
    told_at: dependency.reportedAt,
    reports: dependency.reports,
  };
}

const NO_ATTRIBUTES = '{}';

/** Reports of earlier versions could name instants that no answer may contain. */
const usable = (instant: string | null) =>
  instant !== null && isUsableInstant(instant) ? instant : null;

export function edgeFromRow(row: RawDbEdgeRow): StoredDependency {
  return {
    origin: row.origin,
    sourceName: row.source_name,
    targetName: row.target_name,
    claim: row.claim,
    kind: row.kind,
    strength: row.strength,
    calls: row.calls,
    failedCalls: row.failed_calls,
    seconds: row.seconds,
    latency: row.latency === null ? null : JSON.parse(row.latency),
    attributes:
      row.attributes === NO_ATTRIBUTES ? {} : JSON.parse(row.attributes),
    firstSeenAt: usable(row.first_seen_at),
    lastSeenAt: usable(row.last_seen_at),
    reportedAt: row.told_at,
    reports: row.reports,
  };
}

/** Identifies an edge of one origin: no name has a NUL, for PostgreSQL could not keep it. */
export const edgeKey = (sourceName: string, targetName: string) =>
  `${sourceName}\0${targetName}`;

export function toNodeRow(
  origin: string,
  reportedAt: string,
  node: OriginNode,
): RawDbNodeRow {
  return {
    ...node,
    origin,
    aliases: JSON.stringify(node.aliases),
    told_at: reportedAt,
  };
}

export function nodeFromRow({
  aliases,
  told_at,
  ...node
}: RawDbNodeRow): StoredNode {
  return { ...node, aliases: JSON.parse(aliases) };
}

/** Longest name that is kept. */
const MAX_NAME_LENGTH = 200;

const UNPRINTABLE = /\0|\p{Surrogate}/u;

/** A text from outside as a database can keep it: without the NUL and the halves of characters that PostgreSQL refuses. */
export const storable = (text: string) =>
  UNPRINTABLE.test(text) ? text.replace(/\0|\p{Surrogate}/gu, '\uFFFD') : text;

/** A name from outside as a database can keep it. */
export const storableName = (name: string) =>
  storable(name.slice(0, MAX_NAME_LENGTH));
