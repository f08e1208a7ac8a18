import type {
  DependencyEdge,
  DependencyNode,
} from 'backstage-plugin-slo-recommender-common';
import type { CanvasEdge, CanvasNode, Mark } from '../graph';
import {
  CYCLE_ICON,
  DECLARED_ONLY_ICON,
  failureTone,
  OBSERVED_ONLY_ICON,
  STALE_ICON,
  stateIcon,
  UNDECLARED_ICON,
} from '../ui';
import {
  claimWords,
  formatFailureRatio,
  kindWords,
  trafficWords,
} from '../words';
import { type Graph, edgeId } from './narrow';
import { nodeState, ownerName } from './nodeState';

export const SOFT_DASH = '9 5';
export const ASYNC_DASH = '2 5';

const THINNEST = 1.5;
const PER_TENFOLD = 1.6;
const WIDEST = 8;

/** Width of a line in pixels: the same more for each tenfold of calls. */
function callWidth(callsPerSecond: number | null): number {
  return Math.min(
    WIDEST,
    THINNEST + PER_TENFOLD * Math.log10(1 + (callsPerSecond ?? 0)),
  );
}

function toNode(node: DependencyNode, isRoot: boolean): CanvasNode {
  const state = nodeState(node);
  const undeclared = !node.inCatalog;
  const inCycle = node.cycleId !== null;
  const marks: Mark[] = [
    ...(inCycle
      ? [{ icon: CYCLE_ICON, words: 'in a cycle', tone: 'info' as const }]
      : []),
    undeclared
      ? { icon: UNDECLARED_ICON, words: state.words, tone: state.tone }
      : { icon: stateIcon(state.tone), words: state.words, tone: state.tone },
  ];
  const described = node.owner
    ? ownerName(node.owner)
    : [node.kind, node.type].filter(Boolean).join(' · ');
  const subtitle = undeclared ? state.words : described;
  const said = [
    isRoot ? 'this service' : null,
    ...marks.map(({ words }) => words),
  ].filter(words => words !== null && words !== subtitle);
  return {
    id: node.id,
    title: node.name,
    subtitle,
    label: [node.name, subtitle, ...said].join(', '),
    tone: state.tone,
    marks,
    isRoot,
    inCycle,
    undeclared,
  };
}

function dashOf(edge: DependencyEdge): string | undefined {
  if (edge.kind === 'async') return ASYNC_DASH;
  return edge.strength === 'soft' ? SOFT_DASH : undefined;
}

function edgeMarks(edge: DependencyEdge): Mark[] {
  const claim = { words: claimWords(edge), tone: 'neutral' as const };
  const marks: Mark[] = [];
  if (!edge.declared) marks.push({ icon: OBSERVED_ONLY_ICON, ...claim });
  else if (!edge.observed) marks.push({ icon: DECLARED_ONLY_ICON, ...claim });
  if (edge.stale) {
    marks.push({
      icon: STALE_ICON,
      words: 'not seen for long',
      tone: 'neutral',
    });
  }
  const tone = failureTone(edge.failureRatio);
  if (tone !== 'neutral') {
    marks.push({ icon: stateIcon(tone), words: 'calls fail', tone });
  }
  return marks;
}

function toEdge(
  edge: DependencyEdge,
  names: ReadonlyMap<string, string>,
  fan: {
    calls: ReadonlyMap<string, number>;
    callers: ReadonlyMap<string, number>;
  },
): CanvasEdge {
  const { source, target, failureRatio } = edge;
  const tone = failureTone(failureRatio);
  return {
    id: edgeId(edge),
    source,
    target,
    label: [
      `${names.get(source)} calls ${names.get(target)}: ${trafficWords(edge)}`,
      claimWords(edge),
      kindWords[edge.kind],
      edge.strength,
      ...(edge.stale ? ['not seen for long'] : []),
      ...(edge.cycleId ? ['in a cycle'] : []),
    ].join(', '),
    width: callWidth(edge.callsPerSecond),
    dash: dashOf(edge),
    tone,
    inCycle: edge.cycleId !== null,
    faded: edge.stale,
    marks: edgeMarks(edge),
    marksAt:
      (fan.calls.get(source) ?? 0) >= (fan.callers.get(target) ?? 0)
        ? 'callee'
        : 'caller',
    caption:
      failureRatio === null || tone === 'neutral'
        ? null
        : formatFailureRatio(failureRatio),
  };
}

/** How often each id is there. */
function tally(ids: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** The graph as the canvas draws it. */
export function toCanvas(graph: Graph): {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
} {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const fan = {
    calls: tally(graph.edges.map(({ source }) => source)),
    callers: tally(graph.edges.map(({ target }) => target)),
  };
  return {
    nodes: graph.nodes.map(node => toNode(node, node.id === graph.root)),
    edges: graph.edges.map(edge => toEdge(edge, names, fan)),
  };
}
