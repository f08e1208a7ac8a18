import styles from './Chart.module.css';

/** What is under the pointer or the keyboard's cursor in a chart. */
export function TooltipBox(props: { title: string; lines: string[] }) {
  return (
    <div className={styles.tooltip} role="status">
      <span className={styles.tooltipTitle}>{props.title}</span>
      {props.lines.map(line => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
