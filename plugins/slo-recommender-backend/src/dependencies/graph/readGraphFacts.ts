import type { Knex } from 'knex';
import type { CatalogEntity } from '../../kernel/CatalogEntity';
import { EntityStore } from '../../store';
import { type ResultFigures, ResultStore } from '../../recommendations';
import { DependencyStore } from '../store/DependencyStore';
import { type GraphVersion, readGraphVersion } from '../store/graphVersion';
import type { StoredDependency, StoredNode } from '../store/dependencyRows';
import { readConsistently } from '../../kernel/database/database';

/** Everything that the graph is made of, as of one version. */
export interface GraphFacts extends GraphVersion {
  /** By entity reference. */
  entities: Map<string, CatalogEntity>;
  /** What the catalog refers to and does not hold. */
  danglingRefs: Set<string>;
  edges: StoredDependency[];
  nodes: StoredNode[];
  results: ResultFigures[];
}

export function readGraphFacts(database: Knex): Promise<GraphFacts> {
  return readConsistently(database, async tx => {
    const dependencies = new DependencyStore(tx);
    const entities = new EntityStore(tx);
    const dangling = await entities.listDanglingReferences();
    return {
      ...(await readGraphVersion(tx)),
      entities: await entities.getAll(),
      danglingRefs: new Set(dangling.map(({ targetRef }) => targetRef)),
      edges: await dependencies.listEdges(),
      nodes: await dependencies.listNodes(),
      results: await new ResultStore(tx).listCurrent(),
    };
  });
}
