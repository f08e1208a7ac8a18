import { Card, CardBody, Text } from '@backstage/ui';
import { RiCheckLine } from '@remixicon/react';
import {
  type CurvePoint,
  formatRatio,
  type Tier,
  type Tiers,
} from 'backstage-plugin-slo-recommender-common';
import { Fact } from '../pieces';
import {
  formatCount,
  formatMinutes,
  formatProbabilityInWords,
  formatWindow,
  wholeRequests,
} from '../words';
import styles from './TierCards.module.css';

const tierOrder = [
  { key: 'conservative', name: 'Conservative', attainment: '99 %' },
  { key: 'balanced', name: 'Balanced', attainment: '90 %' },
  { key: 'aggressive', name: 'Aggressive', attainment: '75 %' },
] as const;

function nextRungWords(tier: Tier, curve: CurvePoint[]): string | null {
  const next = curve.find(point => point.objective > tier.objective);
  if (!next) return 'The highest objective considered';
  if (!next.supported) {
    return `Too few requests seen to offer ${formatRatio(next.objective)}`;
  }
  return `${formatRatio(next.objective)} would be kept with ${formatProbabilityInWords(
    next.attainment,
  )}`;
}

/** The three recommended objectives, the default one marked. */
export function TierCards(props: {
  tiers: Tiers;
  curve: CurvePoint[];
  window: string;
}) {
  const { tiers, curve, window } = props;
  return (
    <ul className={styles.tiers} aria-label="Recommended objectives">
      {tierOrder.map(({ key, name, attainment }) => {
        const tier = tiers[key];
        const recommended = key === 'balanced' && tier !== null;
        return (
          <li key={key}>
            <Card
              className={`${styles.card} ${
                recommended ? styles.recommended : ''
              }`}
            >
              <CardBody>
                <div className={styles.head}>
                  <Text as="h2" variant="body-medium" className={styles.flat}>
                    {name}
                  </Text>
                  {recommended && (
                    <Fact tone="info" icon={<RiCheckLine />}>
                      recommended
                    </Fact>
                  )}
                </div>
                {tier ? (
                  <>
                    <p className={styles.objective}>
                      {formatRatio(tier.objective)}
                    </p>
                    <p className={styles.detail}>
                      Kept with {formatProbabilityInWords(tier.attainment)}{' '}
                      probability over {formatWindow(window)}
                    </p>
                    <p className={styles.detail}>
                      Budget {formatMinutes(tier.budgetMinutes)} or{' '}
                      {formatCount(wholeRequests(tier.budgetRequests))} failed
                      requests
                    </p>
                    <p className={styles.detail}>
                      {nextRungWords(tier, curve)}
                    </p>
                  </>
                ) : (
                  <>
                    <p className={styles.objective}>None</p>
                    <p className={styles.detail}>
                      No objective is kept with {attainment} probability
                    </p>
                  </>
                )}
              </CardBody>
            </Card>
          </li>
        );
      })}
    </ul>
  );
}
