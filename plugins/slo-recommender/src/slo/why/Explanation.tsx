import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type {
  CalibrationSummary,
  Provenance,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { formatRatio } from 'backstage-plugin-slo-recommender-common';
import { Definition, Definitions, Snippet } from '../../pieces';
import {
  formatProbabilityInterval,
  formatQuantity,
  joinWords,
} from '../../words';
import styles from './Explanation.module.css';

function calibrationWords({
  state,
  stratum,
  windows,
  services,
  coverage,
}: CalibrationSummary): string {
  const basis = `${formatQuantity(windows, 'past window')} of ${formatQuantity(
    services,
    'service',
  )} with ${stratum}`;
  if (state === 'uncalibrated') {
    return `Too few to test against: ${basis}. The probabilities err on the wide side.`;
  }
  const levels = coverage.map(
    ({ nominal, observed, interval }) =>
      `${formatRatio(observed)} kept what was predicted with ${formatRatio(
        nominal,
      )} (${formatProbabilityInterval(interval)})`,
  );
  return `Of ${basis}, ${joinWords(levels)}.`;
}

function ProvenanceFacts(props: {
  provenance: Provenance;
  analysisId: string | null;
}) {
  const { inputsHash, engineVersion, seed, queries } = props.provenance;
  return (
    <Definitions>
      <Definition term="Hash of the inputs">
        <code>{inputsHash}</code>
      </Definition>
      <Definition term="Engine">{engineVersion}</Definition>
      <Definition term="Seed">{seed}</Definition>
      {props.analysisId && (
        <Definition term="Analysis">
          <code>{props.analysisId}</code>
        </Definition>
      )}
      {queries.length > 0 && (
        <Definition term="Counts read with">
          {[...new Set(queries)].map(query => (
            <Snippet key={query} label="query" code={query} />
          ))}
        </Definition>
      )}
    </Definitions>
  );
}

/** The sentences behind a recommendation, how it was tested on the fleet, and where it comes from. Closed at first. */
export function Explanation(props: {
  recommendation: Recommendation;
  analysisId: string | null;
}) {
  const { explanation, calibration, provenance } = props.recommendation;
  if (explanation.length === 0 && !calibration && !provenance) return null;
  return (
    <Accordion className={styles.explanation}>
      <AccordionTrigger title="Why this recommendation" />
      <AccordionPanel>
        <div className={styles.content}>
          {explanation.length > 0 && (
            <ul className={styles.sentences}>
              {explanation.map(sentence => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
          {calibration && (
            <section>
              <h3 className={styles.title}>Tested on the fleet</h3>
              <p className={styles.text}>{calibrationWords(calibration)}</p>
            </section>
          )}
          {provenance && (
            <section>
              <h3 className={styles.title}>Where it comes from</h3>
              <ProvenanceFacts
                provenance={provenance}
                analysisId={props.analysisId}
              />
            </section>
          )}
        </div>
      </AccordionPanel>
    </Accordion>
  );
}
