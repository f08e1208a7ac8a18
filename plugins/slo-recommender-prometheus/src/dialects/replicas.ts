import { environmentLabels } from './environments';
import { type Dialect, isTemplate, type RequestCounter } from './types';

/** Labels that scrapers give to everything, to be told apart: a pair of them reads each target twice. */
const SCRAPER_LABELS = new Set([
  '__replica__',
  'prometheus_ha_replica',
  'prometheus_replica',
  'receive_replica',
  'rule_replica',
  'ruler_replica',
  'thanos_receive_replica',
  'thanos_replica',
]);

/** Labels of a request, of a program or of where it runs: they do not tell who scraped. */
const OTHER_LABELS =
  /^(__|app|availability|client|code|connection|container|db_|destination|endpoint|error|exception|exported_|grpc_|handler|host|http_|instance|job|k8s_|kubernetes_|le$|machine|messaging_|method|namespace|net|node|operation|otel_|outcome|path|pod|quantile|region|reporter|request_|response_|route|rpc_|server|service|source_|span_|status|telemetry_|ur[il]|user_agent|version|zone)/;

/** Each costs a few questions about the last samples. */
const MOST_SUSPECTS = 6;

/** A counter whose series are counted once, whichever replica scraped them. */
export function withScrapers<C extends RequestCounter>(
  counter: C,
  labels: ReadonlyMap<string, ReadonlySet<string>>,
): C {
  const scrapers = [...(labels.get(counter.metric) ?? [])]
    .filter(label => SCRAPER_LABELS.has(label))
    .sort();
  return scrapers.length === 0 ? counter : { ...counter, scrapers };
}

/** The same of a dialect; a template says itself what it counts. */
export function dialectWithScrapers(
  dialect: Dialect,
  labels: ReadonlyMap<string, ReadonlySet<string>>,
): Dialect {
  const { source } = dialect;
  return isTemplate(source)
    ? dialect
    : { ...dialect, source: withScrapers(source, labels) };
}

/** Labels of a metric that may tell apart who scraped, if the series are the same for all of their values. */
export function suspectedScrapers(
  { outcome, matchers, scrapers = [] }: RequestCounter,
  labels: ReadonlySet<string>,
): string[] {
  const own = new Set([
    outcome.label,
    ...(outcome.rules ?? []).map(({ label }) => label),
    ...matchers.map(({ label }) => label),
    ...scrapers,
    ...environmentLabels(labels).filter(label => label !== 'cluster'),
  ]);
  return [...labels]
    .filter(
      label =>
        !own.has(label) && !OTHER_LABELS.test(label.replaceAll('.', '_')),
    )
    .sort()
    .slice(0, MOST_SUSPECTS);
}
