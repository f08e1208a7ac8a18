import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import styles from './NodeBox.module.css';
import type { CanvasNode, Selection } from './types';

/** A service in the graph: a button that opens what is known of it. */
export const NodeBox = memo(function Box(props: {
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
