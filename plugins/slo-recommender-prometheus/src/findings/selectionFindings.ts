import type {
  DataQualityFinding,
  LabelMatcher,
} from 'backstage-plugin-slo-recommender-node';
import type { Dialect } from '../dialects/types';
import { printMatchers } from '../promql/print';
import { nameOf } from './evidenceFindings';

/** @param selection - what operators and owners of services select. */
export function nothingSelected(
  dialect: Dialect,
  selection: readonly LabelMatcher[],
): DataQualityFinding {
  return {
    code: 'nothing_selected',
    severity: 'warning',
    message: `${nameOf(dialect)} knows this service, but none of its series match {${printMatchers(
      selection,
    )}}.`,
    fix: 'Compare the matchers of the datasource and of the annotation slo-recommender.io/matchers with the labels of the metric.',
    snippet: null,
    gain: 'The requests of the service are counted.',
  };
}
