import { Card, CardBody } from '@backstage/ui';
import {
  RiCheckLine,
  RiEqualLine,
  RiErrorWarningLine,
  RiFireLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { ErrorBudgetResponse } from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { Fact, type Tone } from '../ui';
import { formatBurnRate, formatAdjoiningWindow } from '../words';
import styles from './BurnRateTiles.module.css';
import { type BurnState, readBurnRate } from './burnThreshold';

const states: Record<
  BurnState,
  { tone: Tone; icon: ReactElement; words: string }
> = {
  calm: { tone: 'positive', icon: <RiCheckLine />, words: 'within budget' },
  even: {
    tone: 'neutral',
    icon: <RiEqualLine />,
    words: 'as even spending',
  },
  elevated: {
    tone: 'warning',
    icon: <RiErrorWarningLine />,
    words: 'faster than even',
  },
  burning: { tone: 'negative', icon: <RiFireLine />, words: 'burning' },
  unknown: { tone: 'neutral', icon: <RiQuestionLine />, words: 'unknown' },
};

/** How fast the budget goes, over four spans, each against the rate at which one is customarily told. */
export function BurnRateTiles(props: {
  burnRates: ErrorBudgetResponse['burnRates'];
}) {
  return (
    <ul className={styles.tiles} aria-label="Burn rates">
      {props.burnRates.map(readBurnRate).map(reading => {
        const { tone, icon, words } = states[reading.state];
        return (
          <li key={reading.window}>
            <Card className={styles.card}>
              <CardBody>
                <p className={styles.caption}>
                  Burn rate, last {formatAdjoiningWindow(reading.window)}
                </p>
                <p className={styles.rate}>
                  {reading.rate === null ? '–' : formatBurnRate(reading.rate)}
                </p>
                <div className={styles.foot}>
                  <Fact tone={tone} icon={icon}>
                    {words}
                  </Fact>
                  {reading.threshold && (
                    <span className={styles.caption}>
                      {reading.threshold.action} at {reading.threshold.rate} ×
                    </span>
                  )}
                </div>
              </CardBody>
            </Card>
          </li>
        );
      })}
    </ul>
  );
}
