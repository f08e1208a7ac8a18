import { ButtonIcon, VisuallyHidden } from '@backstage/ui';
import {
  RiFullscreenLine,
  RiZoomInLine,
  RiZoomOutLine,
} from '@remixicon/react';
import {
  type KeyboardEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import ReactFlow, {
  type Node,
  type ReactFlowInstance,
  ReactFlowProvider,
  useNodesState,
  useReactFlow,
  useStore,
} from 'react-flow-renderer/nocss';
import { AttentionProvider, isNear, nearNodes } from './attention';
import {
  edgeTypes,
  hasSigns,
  nodeTypes,
  toLine,
  toSigns,
} from './flowElements';
import styles from './GraphCanvas.module.css';
import { layout } from './layout';
import { isArrowKey, nextInDirection } from './nextInDirection';
import {
  type CanvasEdge,
  type CanvasNode,
  NODE_HEIGHT,
  NODE_WIDTH,
  type Selection,
} from './types';

const SMALLEST_ZOOM = 0.05;
const FIT = { padding: 0.06, maxZoom: 1 };
/** Zoom from which on names can be read. */
const READABLE_ZOOM = 0.7;
const MOVE_MS = 200;
/** Zoom below which signs and second lines cannot be told apart. */
const DETAILED_ZOOM = 0.35;
/** Calls above which they are drawn sparingly. */
const CROWDED_EDGES = 150;

const SHOW_ALL = 'Show all';

/** Nearer, farther, all of it. */
const zooms: {
  label: string;
  icon: ReactElement;
  move: (flow: ReactFlowInstance) => void;
}[] = [
  {
    label: 'Zoom in',
    icon: <RiZoomInLine />,
    move: flow => flow.zoomIn({ duration: MOVE_MS }),
  },
  {
    label: 'Zoom out',
    icon: <RiZoomOutLine />,
    move: flow => flow.zoomOut({ duration: MOVE_MS }),
  },
  {
    label: SHOW_ALL,
    icon: <RiFullscreenLine />,
    move: flow => flow.fitView({ ...FIT, duration: MOVE_MS }),
  },
];

interface GraphCanvasProps {
  /** Names the graph for people who hear it. */
  label: string;
  root: string;
  nodes: readonly CanvasNode[];
  edges: readonly CanvasEdge[];
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
}

function Canvas(props: GraphCanvasProps) {
  const { label, root, nodes, edges, selection, onSelect } = props;
  const flow = useReactFlow();
  const hint = useId();
  const [ready, setReady] = useState(false);
  const [reachable, setReachable] = useState(root);
  const [focused, setFocused] = useState<string | null>(null);

  const placed = useMemo(() => {
    const places = layout(
      nodes.map(({ id }) => id),
      root,
      edges,
    );
    return nodes.map((node): Node<CanvasNode> => ({
      id: node.id,
      type: 'service',
      data: node,
      position: places.get(node.id) ?? { x: 0, y: 0 },
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
    }));
  }, [nodes, edges, root]);
  const [shown, setShown, onNodesChange] = useNodesState(placed);
  const isCrowded = edges.length > CROWDED_EDGES;
  // before the first fit a crowded graph is near only for a moment, which is not worth drawing
  const isFar = useStore(
    ({ transform, fitViewOnInitDone }) =>
      transform[2] < DETAILED_ZOOM || (isCrowded && !fitViewOnInitDone),
  );
  const lines = useMemo(() => edges.map(toLine), [edges]);
  const signs = useMemo(
    () =>
      edges
        .filter(
          edge =>
            hasSigns(edge) &&
            (isCrowded || isFar
              ? selection !== null && isNear(edge, selection)
              : true),
        )
        .map(toSigns),
    [edges, isCrowded, isFar, selection],
  );
  const drawn = useMemo(() => [...lines, ...signs], [lines, signs]);

  const hasMoved = useRef(false);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return undefined;
    }
    setShown(placed);
    setReachable(root);
    hasMoved.current = false;
    const frame = requestAnimationFrame(() => flow.fitView(FIT));
    return () => cancelAnimationFrame(frame);
  }, [placed, root, setShown, flow]);

  // the panel beside it takes width: what was seen whole stays whole
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const observer = new ResizeObserver(() => {
      if (!hasMoved.current) flow.fitView(FIT);
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [flow]);

  const lookAt = useCallback(
    (id: string) => {
      const node = flow.getNode(id);
      if (!node) return;
      hasMoved.current = true;
      flow.setCenter(
        node.position.x + NODE_WIDTH / 2,
        node.position.y + NODE_HEIGHT / 2,
        {
          zoom: Math.max(flow.getZoom(), READABLE_ZOOM),
          duration: MOVE_MS,
        },
      );
    },
    [flow],
  );

  // what was picked here is in sight; what the search or an address names need not be
  const pickedHere = useRef<string | null>(null);
  const onPick = useCallback(
    (next: Selection | null) => {
      pickedHere.current = next?.id ?? null;
      onSelect(next);
    },
    [onSelect],
  );
  const selectedNode = selection?.kind === 'node' ? selection.id : null;
  useEffect(() => {
    if (!ready || !selectedNode) return;
    setReachable(selectedNode);
    if (pickedHere.current !== selectedNode) lookAt(selectedNode);
  }, [ready, selectedNode, lookAt]);

  const onKeyDown = useCallback(
    (id: string, event: KeyboardEvent) => {
      if (!isArrowKey(event.key)) return;
      event.preventDefault();
      const next = nextInDirection(
        id,
        event.key,
        new Map(flow.getNodes().map(node => [node.id, node.position])),
      );
      if (next === undefined) return;
      setFocused(next);
      lookAt(next);
    },
    [flow, lookAt],
  );

  const attention = useMemo(
    () => ({
      selection,
      near: nearNodes(edges, selection),
      reachable,
      detailed: !isFar,
      focused,
      onPick,
      onFocus: setReachable,
      onKeyDown,
    }),
    [selection, edges, reachable, isFar, focused, onPick, onKeyDown],
  );

  return (
    <div
      ref={place}
      role="group"
      aria-label={label}
      aria-describedby={hint}
      className={`${styles.canvas} ${isCrowded ? styles.crowded : ''}`}
    >
      <VisuallyHidden id={hint}>
        Arrow keys go from service to service, Enter opens one, Escape closes
        it. The table has the same content.
      </VisuallyHidden>
      <AttentionProvider value={attention}>
        <ReactFlow
          nodes={shown}
          edges={drawn}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgeClick={(_, { data }) => {
            if (data) onPick({ kind: 'edge', id: data.id });
          }}
          onPaneClick={() => onPick(null)}
          onInit={() => setReady(true)}
          onMoveStart={event => {
            // there is none where the move was not a person's
            if (event) hasMoved.current = true;
          }}
          fitView
          fitViewOptions={FIT}
          minZoom={SMALLEST_ZOOM}
          nodesConnectable={false}
          nodesDraggable={!isCrowded}
          elementsSelectable={false}
          zoomOnScroll={false}
          zoomOnDoubleClick={false}
          preventScrolling={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
        />
      </AttentionProvider>
      <div className={styles.zoom}>
        {zooms.map(({ label: name, icon, move }) => (
          <ButtonIcon
            key={name}
            size="small"
            variant="secondary"
            aria-label={name}
            icon={icon}
            onPress={() => {
              hasMoved.current = name !== SHOW_ALL;
              move(flow);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/**
 * Draws a graph of services that can be moved, zoomed and gone through by keyboard. The only module that knows the library
 * behind it.
 */
export default function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}
