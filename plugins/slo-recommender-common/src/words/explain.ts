import { type ExplanationFacts, wordsFor } from './explanationFacts';
import { evidenceSentences } from './explainEvidence';
import { promiseSentences } from './explainPromise';

/**
 * A recommendation in sentences, made from its facts by template: first what to promise and how sure it is, then the
 * evidence, then what changed. No number is in it that is not a fact.
 */
export function explain(facts: ExplanationFacts): string[] {
  const words = wordsFor(facts.thresholdSeconds);
  return [
    ...promiseSentences(facts, words),
    ...evidenceSentences(facts, words),
  ];
}
