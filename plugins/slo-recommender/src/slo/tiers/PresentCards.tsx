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

/** What was achieved at the promise's own threshold; undefined where the histogram does not tell. */
function achievedOfPromise({
  promised,
  achieved,
  thresholdSeconds,
  latency,
}: Recommendation): number | null | undefined {
  if (!promised || promised.thresholdSeconds === thresholdSeconds) {
    return achieved;
  }
  return latency?.frontier.find(
    point => point.thresholdSeconds === promised.thresholdSeconds,
  )?.achieved;
}

/** How today's promise fared over the last window. */
function faredWords(recommendation: Recommendation, window: string): string {
  const { promised } = recommendation;
  const achieved = achievedOfPromise(recommendation);
  if (!promised || achieved === null || achieved === undefined) return '';
  return `${
    achieved >= promised.objective ? 'Kept' : 'Broken'
  } over the last ${formatAdjoiningWindow(window)}: ${formatRatio(achieved)}. `;
}

function achievedWords(recommendation: Recommendation, window: string): string {
  const { achieved, requests, sliType, thresholdSeconds } = recommendation;
  const span = `last ${formatAdjoiningWindow(window)}`;
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
  const { promised, achieved } = recommendation;
  const cards = [
    {
      name: 'Promised today',
      figure: promised ? formatRatio(promised.objective) : 'Nothing',
      words: `${faredWords(recommendation, window)}${promisedWords(
        recommendation,
        window,
      )}`,
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
