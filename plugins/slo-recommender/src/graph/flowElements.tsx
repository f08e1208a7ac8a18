import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import {
  type Edge,
  type EdgeProps,
  Handle,
  type NodeProps,
  Position,
} from 'react-flow-renderer/nocss';
import { isNear, useAttention } from './attention';
import { CallLine, CallSigns } from './CallLine';
import styles from './GraphCanvas.module.css';
import type { CanvasEdge, CanvasNode, Selection } from './types';

/** A service in the graph: a button that opens what is known of it. */
const NodeBox = memo(function Box(props: {
  node: CanvasNode;
  selected: boolean;
  dimmed: boolean;
  /** Whether it is large enough on the screen for more than its frame and its name. */
  detailed: boolean;
  /** The one node that the tab key reaches. */
  reachable: boolean;
  /** Takes the keyboard's focus when it becomes true. */
  focused: boolean;
  onPick: (selection: Selection) => void;
  onFocus: (id: string) => void;
  onKeyDown: (id: string, event: KeyboardEvent) => void;
}) {
  const { node, selected, dimmed, detailed, reachable, focused } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) button.current?.focus({ preventScroll: true });
  }, [focused]);
  const classes = [
    styles.node,
    styles[node.tone],
    node.isRoot && styles.root,
    node.inCycle && styles.cycle,
    node.undeclared && styles.undeclared,
    dimmed && styles.dimmed,
  ];
  return (
    <button
      ref={button}
      type="button"
      className={classes.filter(Boolean).join(' ')}
      aria-label={node.label}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      onClick={() => props.onPick({ kind: 'node', id: node.id })}
      onFocus={() => props.onFocus(node.id)}
      onKeyDown={event => props.onKeyDown(node.id, event)}
    >
      <span className={styles.text}>
        <span className={styles.title}>{node.title}</span>{' '}
        {detailed && <span className={styles.subtitle}>{node.subtitle}</span>}
      </span>
      {detailed && (
        <span className={styles.marks}>
          {node.marks.map(({ icon, words, tone }) => (
            <span key={words} className={styles[`${tone}Mark`]} title={words}>
              {icon}
            </span>
          ))}
        </span>
      )}
    </button>
  );
});

/** Below the signs, which are at 0, as are the nodes. */
const LINES_LEVEL = -1;

function ServiceNode(props: NodeProps<CanvasNode>) {
  const { id, data } = props;
  const attention = useAttention();
  const { selection, near } = attention;
  return (
    <>
      <Handle
        type="target"
        position={Position.Left}
        isConnectable={false}
        className={styles.handle}
      />
      <NodeBox
        node={data}
        selected={selection?.kind === 'node' && selection.id === id}
        dimmed={near !== null && !near.has(id)}
        reachable={attention.reachable === id}
        focused={attention.focused === id}
        detailed={attention.detailed}
        onPick={attention.onPick}
        onFocus={attention.onFocus}
        onKeyDown={attention.onKeyDown}
      />
      <Handle
        type="source"
        position={Position.Right}
        isConnectable={false}
        className={styles.handle}
      />
    </>
  );
}

/** Gives what draws a call its place and the reader's attention. */
function drawnBy(Drawing: typeof CallLine | typeof CallSigns) {
  return function CallEdge(props: EdgeProps<CanvasEdge>) {
    const { data, sourceX, sourceY, targetX, targetY } = props;
    const { selection } = useAttention();
    if (!data) return null;
    return (
      <Drawing
        edge={data}
        sourceX={sourceX}
        sourceY={sourceY}
        targetX={targetX}
        targetY={targetY}
        selected={selection?.kind === 'edge' && selection.id === data.id}
        near={selection && isNear(data, selection)}
      />
    );
  };
}

/** What draws the nodes and edges of the library. */
export const nodeTypes = { service: ServiceNode };
export const edgeTypes = { call: drawnBy(CallLine), signs: drawnBy(CallSigns) };

export const hasSigns = ({ marks, caption }: CanvasEdge) =>
  marks.length > 0 || caption !== null;

/** The line of a call. */
export function toLine(edge: CanvasEdge): Edge<CanvasEdge> {
  const { id, source, target } = edge;
  return { id, type: 'call', source, target, data: edge, zIndex: LINES_LEVEL };
}

/** The signs of a call: an edge of their own, since each level of edges lies above the one before. */
export function toSigns(edge: CanvasEdge): Edge<CanvasEdge> {
  const { id, source, target } = edge;
  return { id: `signs ${id}`, type: 'signs', source, target, data: edge };
}
