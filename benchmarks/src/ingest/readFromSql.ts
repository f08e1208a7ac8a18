import type { Knex } from 'knex';
import {
  DependencyStore,
  EntityStore,
} from 'backstage-plugin-slo-recommender-backend/src/testing';

/**
 * The plain way to answer one request: reads every entity and edge, and goes through them from the root.
 *
 * @param root - a name of the report, or an entity reference.
 * @returns number of edges found, under the names of their origins.
 */
export async function readFromSql(
  database: Knex,
  root: string,
  depth: number,
): Promise<number> {
  await new EntityStore(database).getAll();
  const edges = await new DependencyStore(database).listEdges();
  const found = new Set<object>();
  for (const [near, far] of [
    ['sourceName', 'targetName'],
    ['targetName', 'sourceName'],
  ] as const) {
    const steps = new Map<string, typeof edges>();
    for (const edge of edges) {
      const known = steps.get(edge[near]);
      if (known) known.push(edge);
      else steps.set(edge[near], [edge]);
    }
    const visited = new Set([root]);
    let frontier = [root];
    for (let step = 0; step < depth && frontier.length; step++) {
      const next: string[] = [];
      for (const edge of frontier.flatMap(name => steps.get(name) ?? [])) {
        found.add(edge);
        if (visited.has(edge[far])) continue;
        visited.add(edge[far]);
        next.push(edge[far]);
      }
      frontier = next;
    }
  }
  return found.size;
}
