import { cloneElement, type ReactElement, type ReactNode } from 'react';
import styles from './GraphLegend.module.css';
import { ASYNC_DASH, SOFT_DASH } from './toCanvas';
import {
  CYCLE_ICON,
  DECLARED_ONLY_ICON,
  OBSERVED_ONLY_ICON,
  STALE_ICON,
  stateIcon,
  type Tone,
  UNDECLARED_ICON,
} from '../ui';

function Line(props: { dash?: string; width?: number; className?: string }) {
  const { dash, width = 2, className } = props;
  return (
    <svg viewBox="0 0 32 12" className={`${styles.line} ${className ?? ''}`}>
      <path
        d="M0 6H26"
        stroke="currentColor"
        strokeWidth={width}
        strokeDasharray={dash}
      />
      <path d="M24 1.5L32 6L24 10.5z" fill="currentColor" />
    </svg>
  );
}

const icon = (sign: ReactElement) => cloneElement(sign, { size: 16 });

const state = (tone: Tone, name: string) => ({
  name,
  sign: (
    <span className={`${styles.state} ${styles[tone]}`}>
      {icon(stateIcon(tone))}
    </span>
  ),
});

const entries: { name: string; sign: ReactNode }[] = [
  state('positive', 'error budget left'),
  state('warning', 'less than 25 % of it left'),
  state('negative', 'none left, or SLI broken'),
  state('neutral', 'error budget unknown'),
  { name: 'width: traffic', sign: <Line width={5} /> },
  { name: 'soft', sign: <Line dash={SOFT_DASH} /> },
  { name: 'asynchronous', sign: <Line dash={ASYNC_DASH} /> },
  {
    name: 'some calls fail',
    sign: (
      <span className={styles.warning}>
        <Line />
        {icon(stateIcon('warning'))}
      </span>
    ),
  },
  {
    name: 'many calls fail',
    sign: (
      <span className={styles.negative}>
        <Line />
        {icon(stateIcon('negative'))}
      </span>
    ),
  },
  { name: 'observed, not declared', sign: icon(OBSERVED_ONLY_ICON) },
  { name: 'declared, not observed', sign: icon(DECLARED_ONLY_ICON) },
  { name: 'not seen for long', sign: icon(STALE_ICON) },
  {
    name: 'in a cycle',
    sign: <span className={styles.cycle}>{icon(CYCLE_ICON)}</span>,
  },
  {
    name: 'not in the catalog',
    sign: <span className={styles.undeclared}>{icon(UNDECLARED_ICON)}</span>,
  },
];

/** What the lines, signs and frames of the graph mean. */
export function GraphLegend() {
  return (
    <ul className={styles.legend} aria-label="Key of the graph">
      {entries.map(({ name, sign }) => (
        <li key={name} className={styles.entry}>
          <span className={styles.sign} aria-hidden="true">
            {sign}
          </span>
          {name}
        </li>
      ))}
    </ul>
  );
}
