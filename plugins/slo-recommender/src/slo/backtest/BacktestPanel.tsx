import type {
  Backtest,
  BacktestWindow,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { useId, useState } from 'react';
import { Choice, Panel } from '../../ui';
import {
  formatCompactCount,
  formatDateRange,
  formatExpectedCount,
  formatProbabilityInWords,
  formatQuantity,
  formatRatio,
} from '../../words';
import styles from './BacktestPanel.module.css';
import {
  countKept,
  expectedToKeep,
  keptBy,
  tellingWindow,
  type Yardstick,
  yardsticks,
} from './outcome';
import { WindowStrip } from './WindowStrip';

function expectedWords(windows: BacktestWindow[]): string {
  const expected = expectedToKeep(windows);
  return expected === null
    ? ''
    : `; by their probabilities ${formatExpectedCount(expected)} were to be expected`;
}

function sentence(
  windows: BacktestWindow[],
  yardstick: Yardstick,
  present: number | null,
): string {
  const { judged, kept } = countKept(windows, yardstick);
  if (yardstick === 'then') {
    return judged === 0
      ? 'Nothing would have been recommended for any past window.'
      : `What would have been recommended held in ${kept} of ${formatQuantity(
          judged,
          'past window',
        )}, judged only by what was known before each${expectedWords(windows)}.`;
  }
  return judged === 0 || present === null
    ? 'Nothing is recommended now that past windows could be held against.'
    : `${formatRatio(present)}, recommended now, would have been kept in ${kept} of ${formatQuantity(
        judged,
        'past window',
      )}.`;
}

/** One past window in words. */
function Told(props: { window: BacktestWindow; yardstick: Yardstick }) {
  const { window, yardstick } = props;
  const { recommended, attainment } = window;
  const kept = keptBy(window, yardstick);
  const outcome = { true: 'kept', false: 'broken', null: 'nothing to keep' };
  return (
    <p className={styles.told}>
      <strong>
        {formatDateRange(window.from, window.to)}: {outcome[`${kept}`]}
      </strong>
      <br />
      {recommended === null
        ? 'Nothing would have been recommended then'
        : `Recommended then ${formatRatio(recommended)}${
            attainment === null
              ? ''
              : `, kept with ${formatProbabilityInWords(attainment)} probability`
          }`}
      ; achieved {formatRatio(window.achieved)} of{' '}
      {formatCompactCount(window.requests)} requests.
    </p>
  );
}

/** The prediction tried on the service's own past windows: kept or broken, by what was recommended then or is now. */
export function BacktestPanel(props: {
  backtest: Backtest | null;
  recommendation: Pick<Recommendation, 'tiers'>;
}) {
  const { backtest, recommendation } = props;
  const [yardstick, setYardstick] = useState<Yardstick>('then');
  const choiceLabel = useId();
  const [told, setTold] = useState<number | null>(null);
  const windows = backtest?.windows ?? [];
  const present = recommendation.tiers.balanced?.objective ?? null;
  const index = Math.min(
    told ?? tellingWindow(windows, yardstick),
    windows.length - 1,
  );
  return (
    <Panel
      title="Would it have held?"
      description="Past windows, each ✓ kept or ✕ broken. They begin a quarter of a window apart, so they overlap."
    >
      {backtest && windows.length > 0 ? (
        <div className={styles.content}>
          <div className={styles.choice}>
            <span id={choiceLabel}>Objective recommended</span>
            <Choice
              labelledBy={choiceLabel}
              size="small"
              options={yardsticks}
              value={yardstick}
              onChange={picked => {
                setYardstick(picked);
                setTold(null);
              }}
            />
          </div>
          <p className={styles.sentence} role="status">
            {sentence(windows, yardstick, present)}
          </p>
          <WindowStrip
            windows={windows}
            yardstick={yardstick}
            told={index}
            onTell={setTold}
          />
          <Told window={windows[index]} yardstick={yardstick} />
        </div>
      ) : (
        <p className={styles.note}>
          No past window can be judged yet: that takes a whole window, and
          history before it to predict it from.
        </p>
      )}
    </Panel>
  );
}
