import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type {
  CalibrationSummary,
  Provenance,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { Definition, Definitions, Snippet } from '../../ui';
import {
  formatProbabilityInterval,
  formatQuantity,
  formatRatio,
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
  if (coverage.length === 0) {
    return state === 'calibrated'
      ? 'Probabilities are corrected by past windows of the fleet; no window has come since to test that on.'
      : 'Too few past windows of the fleet are known to test on. The probabilities err on the wide side.';
  }
  const basis = `${formatQuantity(windows, 'past window')} of ${formatQuantity(
    services,
    'service',
  )} (${stratum.charAt(0).toLowerCase()}${stratum.slice(1)})`;
  const levels = coverage.map(
    ({ nominal, observed, interval }) =>
      `${formatRatio(observed)} kept what was predicted with ${formatRatio(
        nominal,
      )} (${formatProbabilityInterval(interval)})`,
  );
  const advice =
    state === 'calibrated'
      ? ''
      : ' That is further off than chance explains: prefer the conservative tier.';
  return `Of ${basis}, ${joinWords(levels)}.${advice}`;
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
  const { explanation, calibration, provenance, predicted } =
    props.recommendation;
  if (explanation.length === 0 && !calibration && !provenance) return null;
  return (
    <Accordion className={styles.explanation}>
      <AccordionTrigger
        title={
          predicted ? 'Why this recommendation' : 'Why nothing is recommended'
        }
      />
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
