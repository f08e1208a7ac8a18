import type { ServiceItem } from 'backstage-plugin-slo-recommender-common';
import type { Tone } from '../ui';
import { verdictWords } from '../words';

export interface ServiceState {
  tone: Tone;
  words: string;
  /** More of it, in a sentence. */
  detail?: string;
}

/** What is most worth knowing about a service, the gravest first. */
export function serviceState(item: ServiceItem): ServiceState {
  const {
    verdict,
    reasons,
    budgetRemaining,
    promisedObjective,
    recommendedObjective,
    asOf,
  } = item;
  const detail = reasons[0]?.message;
  if (asOf === null) return { tone: 'neutral', words: 'not analysed yet' };
  if (verdict === 'invalid') {
    return { tone: 'negative', words: verdictWords.invalid, detail };
  }
  if (verdict === 'insufficient') {
    return { tone: 'neutral', words: verdictWords.insufficient, detail };
  }
  if (
    budgetRemaining !== null &&
    budgetRemaining <= 0 &&
    promisedObjective !== null
  ) {
    return { tone: 'negative', words: 'promise broken', detail };
  }
  if (
    promisedObjective !== null &&
    (recommendedObjective === null || promisedObjective > recommendedObjective)
  ) {
    return { tone: 'warning', words: 'promises too much', detail };
  }
  if (verdict === 'degraded') {
    return { tone: 'warning', words: verdictWords.degraded, detail };
  }
  if (promisedObjective === null) {
    return { tone: 'neutral', words: 'nothing promised', detail };
  }
  return promisedObjective < (recommendedObjective ?? 0)
    ? { tone: 'info', words: 'could promise more', detail }
    : { tone: 'positive', words: 'keeps its promise', detail };
}
