import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';

/** An owner in the graph, its table and its panels: the same word everywhere, which needs no request for each node. */
export function ownerName(owner: string): string {
  return humanizeEntityRef(parseEntityRef(owner), { defaultKind: 'group' });
}
