import { cloneElement } from 'react';
import styles from './CallLine.module.css';
import { callPath } from './callPath';
import type { CanvasEdge, Place } from './types';

const ICON = 14;
const PILL = 22;
/** Widest a letter of the caption is, in pixels. */
const LETTER = 6.6;

function Caption(props: { edge: CanvasEdge; at: Place }) {
  const { edge, at } = props;
  const { marks, caption } = edge;
  const signs = marks.length * (ICON + 3);
  const width = 12 + signs + (caption ? caption.length * LETTER : 0);
  return (
    <g
      className={styles.signs}
      transform={`translate(${at.x - width / 2},${at.y - PILL / 2})`}
    >
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
}

/** A call in the graph: as wide as its traffic, with its signs. */
export function CallLine(props: {
  edge: CanvasEdge;
  from: Place;
  to: Place;
  selected: boolean;
  /** Whether it belongs to what is selected; null where nothing is. */
  near: boolean | null;
}) {
  const { edge, from, to, selected, near } = props;
  const { line, head, signs } = callPath(
    from,
    to,
    edge.width / 2,
    edge.marksAt,
  );
  const classes = [
    styles.call,
    styles[edge.tone],
    edge.faded && styles.faded,
    near === true && styles.near,
    near === false && styles.dimmed,
    selected && styles.selected,
  ];
  return (
    <g className={classes.filter(Boolean).join(' ')}>
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
      {(edge.marks.length > 0 || edge.caption) && (
        <Caption edge={edge} at={signs} />
      )}
    </g>
  );
}
