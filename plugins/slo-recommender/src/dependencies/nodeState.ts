import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import type { DependencyNode } from 'backstage-plugin-slo-recommender-common';
import type { Tone } from '../ui';
import { formatRemaining, verdictWords } from '../words';

/** Share of a budget left below which it is worth watching. */
const LOW = 0.25;

/** How a service stands with its error budget, the gravest first. */
export function nodeState(node: DependencyNode): { tone: Tone; words: string } {
  const { kind, inCatalog, analysed, verdict, budgetRemaining } = node;
  if (node.foldedNames !== undefined) {
    return { tone: 'neutral', words: 'of no known service' };
  }
  if (kind === 'undeclared') {
    return { tone: 'neutral', words: 'not in the catalog' };
  }
  if (!inCatalog) {
    return { tone: 'warning', words: 'missing from the catalog' };
  }
  if (!analysed) return { tone: 'neutral', words: 'not opted in' };
  if (verdict === null) {
    return { tone: 'neutral', words: 'not analysed' };
  }
  if (verdict === 'invalid') {
    return { tone: 'negative', words: verdictWords.invalid };
  }
  if (verdict === 'insufficient' || budgetRemaining === null) {
    return { tone: 'neutral', words: verdictWords.insufficient };
  }
  const words = `budget ${formatRemaining(budgetRemaining)}`;
  if (budgetRemaining <= 0) return { tone: 'negative', words };
  return { tone: budgetRemaining < LOW ? 'warning' : 'positive', words };
}

/** An owner in the graph, its table and its panels: the same word everywhere, which needs no request for each node. */
export function ownerName(owner: string): string {
  return humanizeEntityRef(parseEntityRef(owner), { defaultKind: 'group' });
}
