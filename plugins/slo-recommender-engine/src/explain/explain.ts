import { changeSentences } from './changes';
import { evidenceSentences } from './evidence';
import type { ExplanationFacts } from './ExplanationFacts';
import { promiseSentences } from './promise';

/**
 * A recommendation in sentences, made from its facts by template: first what to promise and how sure it is, then the
 * evidence, then what changed. No number is in it that is not a fact.
 */
export function explain(facts: ExplanationFacts): string[] {
  return [
    ...promiseSentences(facts),
    ...evidenceSentences(facts),
    ...changeSentences(facts),
  ];
}
