import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  ReportedEdge,
  ReportedNode,
} from 'backstage-plugin-slo-recommender-common';
import type { ToldDependency, ToldNode } from '../store';
import { looksLikeEntityRef } from './identifyNames';
import { earliest, latest } from './originFacts';
import { printable, printableName } from './printable';

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

/** Entity references in their normal form, other names as they are. */
function nameOf(text: string): string {
  const name = printableName(text);
  return looksLikeEntityRef(name)
    ? stringifyEntityRef(parseEntityRef(name))
    : name;
}

/** Nodes as the store keeps them: one per name, of repeated ones each field as it came first. */
export function toldNodes(nodes: ReportedNode[]): ToldNode[] {
  const told = new Map<string, ToldNode>();
  for (const node of nodes) {
    const name = nameOf(node.name);
    const known = told.get(name);
    const aliases = [...(known?.aliases ?? []), ...(node.aliases ?? [])];
    told.set(name, {
      name,
      title: known?.title ?? (node.title ? printable(node.title) : null),
      type: known?.type ?? (node.type ? printable(node.type) : null),
      aliases: [...new Set(aliases.map(nameOf))].filter(
        alias => alias !== name,
      ),
      requests: null,
      seconds: null,
    });
  }
  return [...told.values()];
}

/**
 * Edges as the store keeps them: one per caller and callee. Where a report lists an edge several times, as for each of
 * its operations, calls are added up and the rest is taken as it came first.
 *
 * @throws InputError for an edge that was seen in the future.
 */
export function toldEdges(
  edges: ReportedEdge[],
  { toldAt, now, observed }: { toldAt: Date; now: Date; observed: boolean },
): ToldDependency[] {
  const told = new Map<string, ToldDependency>();
  for (const edge of edges) {
    const sourceName = nameOf(edge.source);
    const targetName = nameOf(edge.target);
    const where = `of the edge from ${JSON.stringify(
      edge.source,
    )} to ${JSON.stringify(edge.target)}`;
    const instant = (text: string | undefined, field: string) =>
      text === undefined
        ? null
        : requirePast(text, now, `${field} ${where}`).toISOString();
    const seenAt = observed ? toldAt.toISOString() : null;
    const lastSeenAt = instant(edge.lastSeenAt, 'lastSeenAt') ?? seenAt;
    const firstSeenAt = instant(edge.firstSeenAt, 'firstSeenAt') ?? lastSeenAt;
    const key = JSON.stringify([sourceName, targetName]);
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
      attributes: Object.fromEntries(
        [
          ...Object.entries(edge.attributes ?? {}),
          ...Object.entries(known?.attributes ?? {}),
        ].map(([name, value]) => [printable(name), printable(value)]),
      ),
      firstSeenAt: earliest([known?.firstSeenAt ?? null, firstSeenAt]),
      lastSeenAt: latest([known?.lastSeenAt ?? null, lastSeenAt]),
    });
  }
  return [...told.values()];
}

function sum(
  known: number | null | undefined,
  further: number | undefined,
): number | null {
  if (further === undefined) return known ?? null;
  return (known ?? 0) + further;
}
