import fc from 'fast-check';
import { buildGraph, type DependencyGraph } from '../graph';

/** A graph as a list of calls: caller, callee. */
export interface CallList {
  nodeCount: number;
  calls: [caller: number, callee: number][];
}

/** Small graphs, from none to many calls; parallel calls, self-calls and cycles are common in them. */
export const arbitraryCalls: fc.Arbitrary<CallList> = fc
  .integer({ min: 1, max: 9 })
  .chain(nodeCount => {
    const node = fc.integer({ min: 0, max: nodeCount - 1 });
    return fc.record({
      nodeCount: fc.constant(nodeCount),
      calls: fc.array(fc.tuple(node, node), { maxLength: 24 }),
    });
  });

export function graphOf({ nodeCount, calls }: CallList): DependencyGraph {
  return buildGraph(
    nodeCount,
    Int32Array.from(calls, ([caller]) => caller),
    Int32Array.from(calls, ([, callee]) => callee),
  );
}

/** 0 → 1 → 2 → … */
export function chainOf(nodeCount: number): DependencyGraph {
  return buildGraph(
    nodeCount,
    Int32Array.from({ length: nodeCount - 1 }, (_, i) => i),
    Int32Array.from({ length: nodeCount - 1 }, (_, i) => i + 1),
  );
}

/** Least number of calls from each node to each other, by relaxing until nothing changes. */
export function naiveDistances({ nodeCount, calls }: CallList): number[][] {
  const distances = Array.from({ length: nodeCount }, (_row, from) =>
    Array.from({ length: nodeCount }, (_cell, to) =>
      from === to ? 0 : Infinity,
    ),
  );
  for (let round = 0; round < nodeCount; round++) {
    for (const row of distances) {
      for (const [caller, callee] of calls) {
        row[callee] = Math.min(row[callee], row[caller] + 1);
      }
    }
  }
  return distances;
}
