import { RiCheckLine, RiCloseLine, RiSubtractLine } from '@remixicon/react';
import type { BacktestWindow } from 'backstage-plugin-slo-recommender-common';
import { type KeyboardEvent, useRef } from 'react';
import { formatDateRange, formatRatio, formatDate } from '../../words';
import { keptBy, type Yardstick } from './outcome';
import styles from './WindowStrip.module.css';

const STEPS = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
  ['Home', -Infinity],
  ['End', Infinity],
]);

const signs = {
  true: { words: 'kept', icon: <RiCheckLine />, style: styles.kept },
  false: { words: 'broken', icon: <RiCloseLine />, style: styles.broken },
  null: {
    words: 'nothing to keep',
    icon: <RiSubtractLine />,
    style: styles.unknown,
  },
};

/** Past windows side by side, oldest first, each kept or broken. One is told about: by pointer, focus or arrow keys. */
export function WindowStrip(props: {
  windows: BacktestWindow[];
  yardstick: Yardstick;
  told: number;
  onTell: (index: number) => void;
}) {
  const { windows, yardstick, told, onTell } = props;
  const strip = useRef<HTMLUListElement>(null);

  const goOn = (event: KeyboardEvent) => {
    const step = STEPS.get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    const index = Math.min(windows.length - 1, Math.max(0, told + step));
    strip.current?.querySelectorAll('button')[index].focus();
  };

  return (
    <div className={styles.frame}>
      <ul ref={strip} className={styles.strip} aria-label="Past windows">
        {windows.map((window, index) => {
          const { words, icon, style } = signs[`${keptBy(window, yardstick)}`];
          return (
            <li key={window.from} className={styles.item}>
              <button
                type="button"
                className={`${styles.window} ${style}`}
                tabIndex={index === told ? 0 : -1}
                aria-current={index === told}
                aria-label={`${formatDateRange(window.from, window.to)}: ${words}, achieved ${formatRatio(
                  window.achieved,
                )}`}
                onFocus={() => onTell(index)}
                onClick={() => onTell(index)}
                onPointerEnter={() => onTell(index)}
                onKeyDown={goOn}
              >
                {icon}
              </button>
            </li>
          );
        })}
      </ul>
      <div className={styles.ends} aria-hidden="true">
        <span>ended {formatDate(windows[0].to)}</span>
        {windows.length > 1 && (
          <span>{formatDate(windows[windows.length - 1].to)}</span>
        )}
      </div>
    </div>
  );
}
