import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  ReportedEdge,
  ReportedNode,
} from 'backstage-plugin-slo-recommender-common';
import {
  edgeKey,
  type ToldDependency,
  type ToldNode,
} from './store/dependencyRows';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { looksLikeEntityRef } from './identity/identifyNames';
import { earliest, latest } from './graph/originFacts';
import { printable, printableName } from './store/printable';

/** Aliases of a node and attributes of an edge that are kept, however often a report repeats it. */
const MOST_ALIASES = 20;
const MOST_ATTRIBUTES = 20;

/** Clocks of others may be ahead by this much. */
const CLOCK_TOLERANCE_MS = 300_000;

/** @throws InputError for an instant that lies in the future. */
export function requirePast(instant: string, now: Date, what: string): Date {
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
  const name = printableName(text);
  return looksLikeEntityRef(name) || SHORT_ENTITY_REF.test(name)
    ? stringifyEntityRef(parseEntityRef(name))
    : name;
}

/** Nodes as the store keeps them: one per name, of repeated ones each field as it came first. */
export async function toldNodes(nodes: ReportedNode[]): Promise<ToldNode[]> {
  const told = new Map<string, ToldNode>();
  for await (const batch of inYieldingBatches(nodes)) {
    for (const node of batch) {
      const name = nameOf(node.name);
      const known = told.get(name);
      const aliases = [...(known?.aliases ?? []), ...(node.aliases ?? [])];
      told.set(name, {
        name,
        title: known?.title ?? (node.title ? printable(node.title) : null),
        type: known?.type ?? (node.type ? printable(node.type) : null),
        aliases: [...new Set(aliases.map(nameOf))]
          .filter(alias => alias !== name)
          .slice(0, MOST_ALIASES),
        requests: null,
        seconds: null,
      });
    }
  }
  return [...told.values()];
}

/** As many as may be, those that came first before others. */
function joinAttributes(
  known: Record<string, string> = {},
  further: Record<string, string> = {},
): Record<string, string> {
  const added = Object.entries(further)
    .map(([name, value]) => [printable(name), printable(value)])
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
export async function toldEdges(
  edges: ReportedEdge[],
  { toldAt, now, observed }: { toldAt: Date; now: Date; observed: boolean },
): Promise<ToldDependency[]> {
  const told = new Map<string, ToldDependency>();
  const seenAt = observed ? toldAt.toISOString() : null;
  for await (const batch of inYieldingBatches(edges)) {
    for (const edge of batch) {
      const sourceName = nameOf(edge.source);
      const targetName = nameOf(edge.target);
      const instant = (field: 'firstSeenAt' | 'lastSeenAt') =>
        instantOf(edge, field, now);
      const lastSeenAt = instant('lastSeenAt') ?? seenAt;
      const firstSeenAt = instant('firstSeenAt') ?? lastSeenAt;
      const key = edgeKey(sourceName, targetName);
      const known = told.get(key);
      told.set(key, {
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
  return [...told.values()];
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
