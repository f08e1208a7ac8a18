import { memo, cloneElement } from 'react';
import styles from './CallLine.module.css';
import { callPath } from './callPath';
import type { CanvasEdge, Ends } from './types';

interface CallProps extends Ends {
  edge: CanvasEdge;
  selected: boolean;
  /** Whether it belongs to what is selected; null if nothing is. */
  near: boolean | null;
}

const pathOf = ({ edge, sourceX, sourceY, targetX, targetY }: CallProps) =>
  callPath(
    { x: sourceX, y: sourceY },
    { x: targetX, y: targetY },
    edge.width / 2,
    edge.marksAt,
  );

const classesOf = ({ edge, near, selected }: CallProps, faded: boolean) =>
  [
    styles.call,
    styles[edge.tone],
    faded && styles.faded,
    near === true && styles.near,
    near === false && styles.dimmed,
    selected && styles.selected,
  ]
    .filter(Boolean)
    .join(' ');

/** A call in the graph: as wide as its traffic. */
export const CallLine = memo(function Line(props: CallProps) {
  const { edge } = props;
  const { line, head } = pathOf(props);
  return (
    <g className={classesOf(props, edge.faded)}>
      <title>{edge.label}</title>
      <path className={styles.reach} d={line} />
      {edge.inCycle && (
        <path className={styles.cycle} d={line} strokeWidth={edge.width + 6} />
      )}
      <path
        className={styles.line}
        d={line}
        strokeWidth={edge.width}
        strokeDasharray={edge.dash}
      />
      <path className={styles.head} d={head} />
    </g>
  );
});

const ICON = 14;
const PILL = 22;
/** Widest a letter of the caption is, in pixels. */
const LETTER = 6.6;

/** Signs and caption of a call. They lie above the lines of all calls. */
export const CallSigns = memo(function Signs(props: CallProps) {
  const { marks, caption, label } = props.edge;
  const at = pathOf(props).signs;
  const signs = marks.length * (ICON + 3);
  const width = 12 + signs + (caption ? caption.length * LETTER : 0);
  return (
    <g
      className={classesOf(props, false)}
      transform={`translate(${at.x - width / 2},${at.y - PILL / 2})`}
    >
      <title>{label}</title>
      <rect
        className={styles.pill}
        width={width}
        height={PILL}
        rx={PILL / 2}
        vectorEffect="non-scaling-stroke"
      />
      {marks.map(({ icon, words }, index) => (
        <g
          key={words}
          transform={`translate(${6 + index * (ICON + 3)},${
            (PILL - ICON) / 2
          })`}
        >
          {cloneElement(icon, { width: ICON, height: ICON })}
        </g>
      ))}
      {caption && (
        <text
          className={styles.caption}
          x={7 + signs}
          y={PILL / 2}
          dominantBaseline="central"
        >
          {caption}
        </text>
      )}
    </g>
  );
});
