import { createContext, type KeyboardEvent, useContext } from 'react';
import type { CanvasEdge, Selection } from './types';

/** What the reader attends to, for the nodes and edges to show. */
interface Attention {
  selection: Selection | null;
  /** Nodes at the ends of the selected edge, or beside the selected node; null where nothing is selected. */
  near: ReadonlySet<string> | null;
  /** The one node that the tab key reaches. */
  reachable: string;
  /** Whether nodes are large enough on the screen for more than their names. */
  detailed: boolean;
  /** The node that takes the keyboard's focus. */
  focused: string | null;
  onPick: (selection: Selection | null) => void;
  onFocus: (id: string) => void;
  onKeyDown: (id: string, event: KeyboardEvent) => void;
}

const AttentionContext = createContext<Attention | null>(null);

export const AttentionProvider = AttentionContext.Provider;

/** @throws Error outside of the canvas */
export function useAttention(): Attention {
  const attention = useContext(AttentionContext);
  if (!attention) {
    throw new Error('Nodes and edges of the graph belong inside GraphCanvas.');
  }
  return attention;
}

/** Whether an edge leads to or from what is selected, or is it. */
export function isNear(edge: CanvasEdge, selection: Selection): boolean {
  return selection.kind === 'edge'
    ? edge.id === selection.id
    : edge.source === selection.id || edge.target === selection.id;
}

/** The nodes that belong to a selection. */
export function nearNodes(
  edges: readonly CanvasEdge[],
  selection: Selection | null,
): Set<string> | null {
  if (!selection) return null;
  const near = new Set(selection.kind === 'node' ? [selection.id] : []);
  for (const edge of edges) {
    if (isNear(edge, selection)) near.add(edge.source).add(edge.target);
  }
  return near;
}
