import { Card, CardBody, Text } from '@backstage/ui';
import {
  formatRatio,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import {
  badName,
  formatAdjoiningWindow,
  formatBudgetRequests,
  formatCompactCount,
  formatProbabilityInWords,
  formatSeconds,
  formatWindow,
} from '../../words';
import styles from './PresentCards.module.css';

function promisedWords(recommendation: Recommendation, window: string): string {
  const { promised, expectedRequests, sliType } = recommendation;
  if (!promised) return 'No annotation promises an objective';
  const of =
    promised.thresholdSeconds === undefined
      ? ''
      : `Faster than ${formatSeconds(promised.thresholdSeconds)}. `;
  const kept =
    promised.attainment === null
      ? `${of}How probably it is kept is unknown`
      : `${of}Kept with ${formatProbabilityInWords(promised.attainment)} probability over ${formatWindow(
          window,
        )}`;
  return expectedRequests === null
    ? kept
    : `${kept}; budget ${formatBudgetRequests(
        (1 - promised.objective) * expectedRequests,
        sliType,
      )}`;
}

function achievedWords(recommendation: Recommendation, window: string): string {
  const { achieved, requests, sliType } = recommendation;
  const span = `last ${formatAdjoiningWindow(window)}`;
  if (achieved === null || requests === null) {
    return `Requests of the ${span} are unknown`;
  }
  return `${formatCompactCount((1 - achieved) * requests)} of ${formatCompactCount(
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
  const { promised, achieved } = recommendation;
  const cards = [
    {
      name: 'Promised today',
      figure: promised ? formatRatio(promised.objective) : 'Nothing',
      words: promisedWords(recommendation, window),
    },
    {
      name: `Achieved, last ${formatAdjoiningWindow(window)}`,
      figure: achieved === null ? 'Unknown' : formatRatio(achieved),
      words: achievedWords(recommendation, window),
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
