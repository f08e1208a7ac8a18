import { memo } from 'react';
import styles from './CallLine.module.css';
import { callPath } from './callPath';
import type { CanvasEdge, Ends } from './types';

/** A call in the graph: as wide as its traffic. */
export const CallLine = memo(function Line(
  props: Ends & {
    edge: CanvasEdge;
    selected: boolean;
    /** Whether it belongs to what is selected; null where nothing is. */
    near: boolean | null;
  },
) {
  const { edge, selected, near } = props;
  const { line, head } = callPath(
    { x: props.sourceX, y: props.sourceY },
    { x: props.targetX, y: props.targetY },
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
    </g>
  );
});
