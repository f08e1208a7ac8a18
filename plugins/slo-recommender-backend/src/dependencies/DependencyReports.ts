import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  DependencyReport,
  DependencyReportResponse,
  ReportedEdge,
  ReportedNode,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { withholdPersonal } from 'backstage-plugin-slo-recommender-node';
import { FoldedNames } from '../telemetry';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import type { Cycles } from './Cycles';
import { earliest, latest } from './graph/mergeOrigins';
import { looksLikeEntityRef } from './identity/identifyNames';
import { type DependencyStore, reportOrigin } from './store/DependencyStore';
import {
  edgeKey,
  NAMES_ATTRIBUTE,
  storable,
  storableName,
  type OriginEdge,
  type OriginNode,
} from './store/dependencyRows';

export interface DependencyReportsOptions {
  database: Knex;
  dependencies: DependencyStore;
  cycles: Cycles;
  now: () => Date;
}

/** Takes what others than catalog and telemetry know of dependencies: CI, a mesh, a cluster. */
export class DependencyReports {
  readonly #options: DependencyReportsOptions;

  constructor(options: DependencyReportsOptions) {
    this.#options = options;
  }

  /**
   * Adds a report to what its source reported before. The origin bears a prefix, so that no source can speak for the
   * catalog or for a datasource.
   *
   * @throws InputError for a report of the future.
   */
  async take(report: DependencyReport): Promise<DependencyReportResponse> {
    const { database, dependencies, cycles } = this.#options;
    const now = this.#options.now();
    const { source, claim, mode } = report;
    const reportedAt =
      report.reportedAt === undefined
        ? now
        : requirePast(report.reportedAt, now, 'reportedAt');
    const names = new FoldedNames();
    const nodes = await originNodes(report.nodes, names);
    const edges = await originEdges(report.edges, names, {
      reportedAt,
      now,
      observed: claim === 'observed',
    });
    const foldedNames =
      names.count('address') +
      names.count('placeholder') +
      names.count('personal');
    const outcome = await database.transaction(tx =>
      dependencies.applyReport(
        { origin: reportOrigin(source), claim, reportedAt, nodes, edges, mode },
        tx,
      ),
    );
    await cycles.note();
    return {
      source,
      nodes: nodes.length,
      edges: edges.length,
      ...outcome,
      ...(foldedNames > 0 ? { foldedNames } : {}),
    };
  }
}

/** Aliases of a node and attributes of an edge that are kept, however often a report repeats it. */
const MOST_ALIASES = 20;
const MOST_ATTRIBUTES = 20;

/** Clocks of others may be ahead by this much. */
const CLOCK_TOLERANCE_MS = 300_000;

/** @throws InputError for an instant that lies in the future. */
function requirePast(instant: string, now: Date, what: string): Date {
  const at = new Date(instant);
  if (at.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    throw new InputError(
      `${what} is ${instant}, which lies in the future. Check the clock of the source, or leave it out.`,
    );
  }
  return new Date(Math.min(at.getTime(), now.getTime()));
}

/** A reference without its namespace; names of telemetry may have a colon, but hardly after one of these. */
const SHORT_ENTITY_REF = /^(component|resource|api|system):[^:/]+$/i;

/** Entity references in their normal form, other names as they are. */
function nameOf(text: string): string {
  const name = storableName(text);
  return looksLikeEntityRef(name) || SHORT_ENTITY_REF.test(name)
    ? stringifyEntityRef(parseEntityRef(name))
    : name;
}

/** A text of a report as it is kept: it may say anything of people. */
const keptText = (text: string) => storable(withholdPersonal(text));

/**
 * Nodes as the store keeps them: one per name, of repeated ones each field as it came first. A name that identifies no
 * service is no node.
 */
async function originNodes(
  nodes: ReportedNode[],
  names: FoldedNames,
): Promise<OriginNode[]> {
  const isService = (name: string) => names.kindOf(name) === 'service';
  const byKey = new Map<string, OriginNode>();
  for await (const batch of inYieldingBatches(nodes)) {
    for (const node of batch) {
      const name = nameOf(node.name);
      if (!isService(name)) continue;
      const known = byKey.get(name);
      const aliases = [...(known?.aliases ?? []), ...(node.aliases ?? [])];
      byKey.set(name, {
        name,
        title: known?.title ?? (node.title ? keptText(node.title) : null),
        type: known?.type ?? (node.type ? keptText(node.type) : null),
        aliases: [...new Set(aliases.map(nameOf))]
          .filter(alias => alias !== name && isService(alias))
          .slice(0, MOST_ALIASES),
        requests: null,
        seconds: null,
      });
    }
  }
  return [...byKey.values()];
}

/** As many as may be, those that came first before others. */
function joinAttributes(
  known: Record<string, string> = {},
  further: Record<string, string> = {},
): Record<string, string> {
  const added = Object.entries(further)
    .map(([name, value]) => [keptText(name), keptText(value)])
    .filter(([name]) => !Object.hasOwn(known, name));
  if (added.length === 0) return known;
  return Object.fromEntries(
    [...Object.entries(known), ...added].slice(0, MOST_ATTRIBUTES),
  );
}

/**
 * Edges as the store keeps them: one per caller and callee. Where a report lists an edge several times, as for each of
 * its operations, calls are added up and the rest is taken as it came first.
 *
 * @throws InputError for an edge that was seen in the future.
 */
async function originEdges(
  edges: ReportedEdge[],
  names: FoldedNames,
  {
    reportedAt,
    now,
    observed,
  }: { reportedAt: Date; now: Date; observed: boolean },
): Promise<OriginEdge[]> {
  const byKey = new Map<string, OriginEdge>();
  const seenAt = observed ? reportedAt.toISOString() : null;
  for await (const batch of inYieldingBatches(edges)) {
    for (const edge of batch) {
      const ends = names.fold(nameOf(edge.source), nameOf(edge.target));
      if (!ends) continue;
      const [sourceName, targetName] = ends;
      const instant = (field: 'firstSeenAt' | 'lastSeenAt') =>
        instantOf(edge, field, now);
      const lastSeenAt = instant('lastSeenAt') ?? seenAt;
      const firstSeenAt = instant('firstSeenAt') ?? lastSeenAt;
      const key = edgeKey(sourceName, targetName);
      const known = byKey.get(key);
      byKey.set(key, {
        sourceName,
        targetName,
        kind: known?.kind ?? edge.kind ?? null,
        strength: known?.strength ?? edge.strength ?? null,
        calls: sum(known?.calls, edge.calls),
        failedCalls: sum(known?.failedCalls, edge.failedCalls),
        seconds: known?.seconds ?? edge.seconds ?? null,
        latency: known?.latency ?? edge.latency ?? null,
        attributes: joinAttributes(known?.attributes, edge.attributes),
        firstSeenAt: earliest([known?.firstSeenAt ?? null, firstSeenAt]),
        lastSeenAt: latest([known?.lastSeenAt ?? null, lastSeenAt]),
      });
    }
  }
  return [...byKey.values()].map(edge => {
    const count = names.namesBehind(edge.sourceName, edge.targetName);
    return count === undefined
      ? edge
      : { ...edge, attributes: { [NAMES_ATTRIBUTE]: String(count) } };
  });
}

function instantOf(
  edge: ReportedEdge,
  field: 'firstSeenAt' | 'lastSeenAt',
  now: Date,
): string | null {
  const text = edge[field];
  if (text === undefined) return null;
  const ends = [edge.source, edge.target].map(name => JSON.stringify(name));
  return requirePast(
    text,
    now,
    `${field} of the edge from ${ends.join(' to ')}`,
  ).toISOString();
}

function sum(
  known: number | null | undefined,
  further: number | undefined,
): number | null {
  if (further === undefined) return known ?? null;
  return (known ?? 0) + further;
}
