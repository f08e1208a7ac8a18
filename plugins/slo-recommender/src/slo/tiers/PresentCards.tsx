import { Card, CardBody, Text } from '@backstage/ui';
import {
  isSameThreshold,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import {
  badName,
  formatBudgetRequests,
  formatCompactCount,
  formatKnownWindow,
  formatProbabilityInWords,
  formatRatio,
  formatRatioBounds,
  formatSeconds,
  formatWindow,
} from '../../words';
import { promiseBounds } from '../promiseBounds';
import styles from './PresentCards.module.css';

function attainmentWords(
  recommendation: Recommendation,
  window: string,
): string {
  const { promised } = recommendation;
  const known = promised?.attainment ?? null;
  const least = promiseBounds(recommendation)?.leastAttainment ?? null;
  const probability = known ?? least;
  if (probability === null) return 'How probably it is kept is unknown';
  return `Kept with ${known === null ? 'at least ' : ''}${formatProbabilityInWords(
    probability,
  )} probability over ${formatWindow(window)}`;
}

function promisedWords(recommendation: Recommendation, window: string): string {
  const { promised, expectedRequests, sliType } = recommendation;
  if (!promised) return 'No annotation promises an objective';
  const of =
    promised.thresholdSeconds === undefined
      ? ''
      : `Faster than ${formatSeconds(promised.thresholdSeconds)}. `;
  const kept = `${of}${attainmentWords(recommendation, window)}`;
  return expectedRequests === null
    ? kept
    : `${kept}; budget ${formatBudgetRequests(
        (1 - promised.objective) * expectedRequests,
        sliType,
      )}`;
}

/** What was achieved at the promise's own threshold; undefined where the histogram does not tell. */
function achievedOfPromise({
  promised,
  achieved,
  thresholdSeconds,
  latency,
}: Recommendation): number | null | undefined {
  if (
    !promised ||
    isSameThreshold(promised.thresholdSeconds, thresholdSeconds)
  ) {
    return achieved;
  }
  return latency?.frontier.find(point =>
    isSameThreshold(point.thresholdSeconds, promised.thresholdSeconds),
  )?.achieved;
}

const outcomes = { true: 'Kept', false: 'Broken', null: 'Kept or broken' };

/** How today's promise fared over the last window, exactly or between bounds. */
function faredWords(recommendation: Recommendation, span: string): string {
  const { promised } = recommendation;
  const achieved = achievedOfPromise(recommendation);
  if (promised && achieved !== null && achieved !== undefined) {
    const kept = achieved >= promised.objective;
    return `${outcomes[`${kept}`]} over the ${span}: ${formatRatio(achieved)}. `;
  }
  const bounds = promiseBounds(recommendation);
  return bounds
    ? `${outcomes[`${bounds.kept}`]} over the ${span}: ${formatRatioBounds(bounds)}. `
    : '';
}

function achievedWords(recommendation: Recommendation, span: string): string {
  const { achieved, requests, sliType, thresholdSeconds } = recommendation;
  if (achieved === null || requests === null) {
    return `Requests of the ${span} are unknown`;
  }
  const at =
    thresholdSeconds === undefined
      ? ''
      : `Faster than ${formatSeconds(thresholdSeconds)}. `;
  return `${at}${formatCompactCount((1 - achieved) * requests)} of ${formatCompactCount(
    requests,
  )} requests of the ${span} ${sliType === 'latency' ? 'were ' : ''}${badName(
    sliType,
  )}`;
}

/** What is promised and what was achieved, to hold the tiers against. */
export function PresentCards(props: {
  recommendation: Recommendation;
  window: string;
}) {
  const { recommendation, window } = props;
  const { promised, achieved, dataQuality } = recommendation;
  const span = `last ${formatKnownWindow(window, dataQuality.historyDays)}`;
  const cards = [
    {
      name: 'Promised today',
      figure: promised ? formatRatio(promised.objective) : 'Nothing',
      words: `${faredWords(recommendation, span)}${promisedWords(
        recommendation,
        window,
      )}`,
    },
    {
      name: `Achieved, ${span}`,
      figure: achieved === null ? 'Unknown' : formatRatio(achieved),
      words: achievedWords(recommendation, span),
    },
  ];
  return (
    <ul className={styles.cards} aria-label="Promised and achieved">
      {cards.map(({ name, figure, words }) => (
        <li key={name}>
          <Card className={styles.card}>
            <CardBody>
              <div className={styles.content}>
                <div>
                  <Text as="h2" variant="body-medium" className={styles.flat}>
                    {name}
                  </Text>
                  <p className={styles.figure}>{figure}</p>
                </div>
                <p className={styles.words}>{words}</p>
              </div>
            </CardBody>
          </Card>
        </li>
      ))}
    </ul>
  );
}
