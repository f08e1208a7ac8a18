import { Card, CardBody, Text } from '@backstage/ui';
import { RiAlertLine, RiCheckLine } from '@remixicon/react';
import type {
  CurvePoint,
  Recommendation,
  Tier,
} from 'backstage-plugin-slo-recommender-common';
import { Fact } from '../../ui';
import {
  badName,
  formatBudgetRequests,
  formatMinutes,
  formatProbabilityInWords,
  formatProbabilityInterval,
  formatRatio,
  formatWindow,
  wholeRequests,
} from '../../words';
import styles from './TierCards.module.css';

const tierOrder = [
  { key: 'conservative', name: 'Conservative', attainment: '99\u00a0%' },
  { key: 'balanced', name: 'Balanced', attainment: '90\u00a0%' },
  { key: 'aggressive', name: 'Aggressive', attainment: '75\u00a0%' },
] as const;

function nextRungWords(tier: Tier, curve: CurvePoint[]): string | null {
  const next = curve.find(
    point => point.rung && point.objective > tier.objective,
  );
  if (!next) return 'The highest objective considered';
  if (!next.supported) {
    return `Too few requests seen to offer ${formatRatio(next.objective)}`;
  }
  return `${formatRatio(next.objective)} would be kept with ${formatProbabilityInWords(
    next.attainment,
  )}`;
}

function TierDetails(props: {
  tier: Tier;
  recommendation: Recommendation;
  window: string;
}) {
  const { tier, recommendation, window } = props;
  const { sliType, curve } = recommendation;
  const requests = formatBudgetRequests(tier.budgetRequests, sliType);
  return (
    <>
      <p className={styles.objective}>{formatRatio(tier.objective)}</p>
      <p className={styles.detail}>
        Kept with {formatProbabilityInWords(tier.attainment)} probability over{' '}
        {formatWindow(window)}
      </p>
      {tier.attainmentInterval && (
        <p className={styles.detail}>
          {`That lies at ${formatProbabilityInterval(
            tier.attainmentInterval,
          )} with 90\u00a0% certainty`}
        </p>
      )}
      <p className={styles.detail}>
        Budget{' '}
        {sliType === 'availability'
          ? `${formatMinutes(tier.budgetMinutes)} or ${requests}`
          : requests}
      </p>
      <p className={styles.detail}>{nextRungWords(tier, curve)}</p>
      {wholeRequests(tier.budgetRequests) === 0 && (
        <p className={styles.warning}>
          <Fact tone="warning" icon={<RiAlertLine />}>
            one {badName(sliType)} request would break it
          </Fact>
        </p>
      )}
    </>
  );
}

/** The three recommended objectives, the default one marked. */
export function TierCards(props: {
  recommendation: Recommendation;
  window: string;
}) {
  const { recommendation, window } = props;
  return (
    <ul className={styles.tiers} aria-label="Recommended objectives">
      {tierOrder.map(({ key, name, attainment }) => {
        const tier = recommendation.tiers[key];
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
                  <TierDetails
                    tier={tier}
                    recommendation={recommendation}
                    window={window}
                  />
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
