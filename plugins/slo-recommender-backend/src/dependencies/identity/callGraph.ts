import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';

/** A node of the graph as far as its identity goes. */
export interface NamedNode {
  /** Entity reference, or `undeclared:<telemetry name>`. */
  id: string;
  /** Names under which telemetry knows it. */
  names: string[];
  /** Null if the catalog does not have it. */
  entityRef: string | null;
}

export interface NamedEdge {
  /** Node id of the caller. */
  source: string;
  /** Node id of the callee. */
  target: string;
  /** Calls of the same time for all edges; null if unknown. */
  calls: number | null;
}

/** Calls may differ by this share if two counts are about the same. */
const ABOUT = 0.1;

const about = (a: number, b: number) =>
  a > 0 && b > 0 && Math.abs(a - b) <= ABOUT * Math.max(a, b);

function neighboursOf(
  sides: Map<string, Map<string, number | null>>,
  id: string,
): Map<string, number | null> {
  const known = sides.get(id);
  if (known) return known;
  const neighbours = new Map<string, number | null>();
  sides.set(id, neighbours);
  return neighbours;
}

/** Who calls whom, for questions about one node. */
export class CallGraph {
  readonly #callees = new Map<string, Map<string, number | null>>();
  readonly #callers = new Map<string, Map<string, number | null>>();

  static async create(edges: NamedEdge[]): Promise<CallGraph> {
    const graph = new CallGraph();
    for await (const batch of inYieldingBatches(edges)) {
      for (const { source, target, calls } of batch) {
        if (source === target) continue;
        neighboursOf(graph.#callees, source).set(target, calls);
        neighboursOf(graph.#callers, target).set(source, calls);
      }
    }
    return graph;
  }

  callees(id: string): string[] {
    return [...(this.#callees.get(id)?.keys() ?? [])];
  }

  callers(id: string): string[] {
    return [...(this.#callers.get(id)?.keys() ?? [])];
  }

  calls(source: string, target: string): boolean {
    return this.#callees.get(source)?.has(target) ?? false;
  }

  callsTo(id: string): number {
    let sum = 0;
    this.#callers.get(id)?.forEach(calls => {
      sum += calls ?? 0;
    });
    return sum;
  }

  /**
   * The node that takes over all that reaches this one: its only callee, if it is called about as often as this one
   * is, or if nothing calls this one.
   */
  successor(id: string): string | undefined {
    const callees = this.#callees.get(id);
    if (callees?.size !== 1) return undefined;
    const [[callee, calls]] = callees;
    if (!this.#callers.get(id)?.size) return callee;
    return about(calls ?? 0, this.callsTo(id)) ? callee : undefined;
  }
}

const MIN_HOURS = 24;
const MIN_DIFFERENT_COUNTS = 12;
const EQUAL_HOURS = 0.9;
const EQUAL_COUNT = 0.05;

/** Whether two series of hourly requests go together: in nine of ten hours with traffic, of a day at least, within 5 %. */
export function haveSameTraffic(
  one: ArrayLike<number> | undefined,
  other: ArrayLike<number> | undefined,
): boolean {
  if (!one || !other) return false;
  let hours = 0;
  let equal = 0;
  // traffic that never changes goes together with any other that never does
  const counts = new Set<number>();
  for (let hour = 0; hour < Math.min(one.length, other.length); hour++) {
    const most = Math.max(one[hour], other[hour]);
    // NaN is an hour of which nothing is known
    if (!(most > 0)) continue;
    hours++;
    counts.add(most);
    const gap = Math.abs(one[hour] - other[hour]);
    if (gap <= Math.max(1, EQUAL_COUNT * most)) equal++;
  }
  return (
    hours >= MIN_HOURS &&
    counts.size >= MIN_DIFFERENT_COUNTS &&
    equal >= EQUAL_HOURS * hours
  );
}
