import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-node';
import { type Dialect, isTemplate } from '../dialects/types';
import { SERVICE_GRAPH_REQUESTS } from '../dialects/serviceGraph';
import { dayOf, type Review, unreadableOf } from '../survey/review';
import { count, percent } from './figures';
import { RAISE_CARDINALITY_LIMIT } from './snippets';

/** From this share of lost labels on, what is left is no longer nearly everything. */
const NOTABLE_LOSS = 0.01;

/** Says of which requests of the last day the outcome cannot be read, and what was there instead. */
export function outcomeFindings(
  dialect: Dialect,
  names: readonly string[],
  review: Review,
): DataQualityFinding[] {
  const { source } = dialect;
  if (isTemplate(source)) return [];
  const { unknown, overflown, requests } = dayOf(dialect.id, names, review) ?? {
    unknown: 0,
    overflown: 0,
    requests: 0,
  };
  const { values, lostShare } = unreadableOf(dialect, names, review);
  const all = requests + unknown;
  const findings: DataQualityFinding[] = [];
  if (unknown - overflown >= 1) {
    findings.push(
      unreadable(source.metric, {
        requests: unknown,
        share: unknown / all,
        values,
      }),
    );
  }
  if (overflown / all >= NOTABLE_LOSS) {
    findings.push(
      lostLabels(
        `${percent(overflown / all)} of the requests of the last day (${count(
          overflown,
        )}) have lost their labels: ${source.metric} counted them in an overflow series, without an outcome. They count neither as good nor as failed.`,
      ),
    );
  }
  if (lostShare >= NOTABLE_LOSS) {
    findings.push(
      lostLabels(
        `${percent(lostShare)} of everything that ${
          source.metric
        } counted in the last day has lost its labels, even the name of the service: it is in an overflow series. Requests and failures of this service may be among them, and are missing here.`,
      ),
    );
  }
  return findings;
}

function unreadable(
  metric: string,
  found: { requests: number; share: number; values: readonly string[] },
): DataQualityFinding {
  const values = found.values.length > 0 ? `: ${found.values.join(', ')}` : '';
  return {
    code: 'unreadable_outcomes',
    severity: 'warning',
    message: `Of ${percent(found.share)} of the requests of the last day (${count(
      found.requests,
    )}), ${metric} does not say whether they failed${values}. They count neither as good nor as failed.`,
    fix:
      metric === SERVICE_GRAPH_REQUESTS
        ? 'Record the failures of the service graph: check that traces_service_graph_request_failed_total is not dropped on the way, or record server metrics of the service by status code.'
        : 'Let the exporter write the status code of every request, or describe the metric in templates of the datasource.',
    snippet: null,
    gain: 'Every request counts, and the objective rests on all of them.',
  };
}

function lostLabels(message: string): DataQualityFinding {
  return {
    code: 'lost_labels',
    severity: 'warning',
    message,
    fix: 'Remove labels with many values (such as raw paths or ids), or raise the limit for series.',
    snippet: RAISE_CARDINALITY_LIMIT,
    gain: 'Requests and failures are counted where they belong.',
  };
}
