import { RiCheckLine, RiCloseLine, RiQuestionLine } from '@remixicon/react';
import type { ErrorBudgetResponse } from 'backstage-plugin-slo-recommender-common';
import { formatDay, formatRatio } from '../words';
import styles from './PastWindows.module.css';

type PastWindow = ErrorBudgetResponse['pastWindows'][number];

function outcome({ kept }: PastWindow) {
  if (kept === null) {
    return {
      words: 'unknown',
      icon: <RiQuestionLine />,
      style: styles.unknown,
    };
  }
  return kept
    ? { words: 'kept', icon: <RiCheckLine />, style: styles.kept }
    : { words: 'broken', icon: <RiCloseLine />, style: styles.broken };
}

/** Earlier whole windows, oldest first: whether each kept the objective. */
export function PastWindows(props: { windows: PastWindow[] }) {
  const oldestFirst = [...props.windows].reverse();
  return (
    <ul className={styles.windows}>
      {oldestFirst.map(past => {
        const { words, icon, style } = outcome(past);
        return (
          <li key={past.from} className={`${styles.window} ${style}`}>
            <span className={styles.outcome}>
              <span aria-hidden="true" className={styles.icon}>
                {icon}
              </span>
              {words}
            </span>
            <span className={styles.ratio}>
              {past.ratio === null ? '–' : formatRatio(past.ratio)}
            </span>
            <span className={styles.span}>
              {formatDay(past.from)} – {formatDay(past.to)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
