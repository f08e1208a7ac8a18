/** Labels that name what was asked for, as exporters and libraries call them. */
const ROUTE_LABELS = [
  'http.route',
  'span.name',
  'url.path',
  'url.template',
  'url.full',
  'http.target',
  'http.path',
  'http.url',
  'request.path',
  'request.operation',
  'rpc.service',
  'rpc.method',
  'grpc.service',
  'endpoint',
  'handler',
  'operation',
  'path',
  'route',
  'uri',
  'url',
];

/** Labels that name who asked. */
const AGENT_LABELS = [
  'user_agent',
  'user.agent',
  'user_agent.original',
  'user_agent.name',
  'http.user_agent',
];

/** Ends of paths that nobody but a probe asks for, wherever they are mounted. */
const CHECKS = [
  '_{0,2}health(z|y|[-_]?checks?|[-_]?probe)?(/(check|live|livez|liveness|ready|readyz|readiness|started|startup|status))?',
  'livez',
  'liveness([-_]?(check|probe))?',
  'readyz',
  'readiness([-_]?(check|probe))?',
  'startupz',
  '_{0,2}(lb)?heartbeat(__)?',
  'ping',
  'actuator/(health(/.*)?|prometheus)',
  'q/(health(/.*)?|metrics)',
  '-/(healthy|ready)',
].join('|');

/** Paths that are a probe's or a scraper's at the root only. */
const ROOT_CHECKS = 'alive|live|metrics|ready|startup|up';

/** Paths with or without a host, a method before and a query behind; names of spans; services of gRPC. */
const ROUTES = [
  `([a-z]+ )?(https?://[^/ @]+)?((/[^ ?]*)?/(${CHECKS})|/(${ROOT_CHECKS}))/?([?].*)?`,
  `([a-z]+ )?(${CHECKS})`,
  '/?grpc[.]health[.]v1[.]Health(/.*)?',
].join('|');

/** How the agents of orchestrators, load balancers and scrapers begin. */
const AGENTS = [
  'kube-probe',
  'Prometheus/',
  'ELB-HealthChecker',
  'GoogleHC',
  'Consul Health Check',
  'Envoy/HC',
  'Blackbox Exporter',
].join('|');

/** Labels by which health checks can be seen, and RE2 patterns for their values, in any case. */
const SIGNS = [
  { labels: ROUTE_LABELS, pattern: ROUTES, known: `^(${ROUTES})$` },
  { labels: AGENT_LABELS, pattern: `(${AGENTS}).*`, known: `^(${AGENTS})` },
].map(({ labels, pattern, known }) => ({
  labels: new Set(labels.map(plain)),
  pattern: `(?i)${pattern}`,
  known: new RegExp(known, 'i'),
}));

function plain(label: string): string {
  return label.replaceAll('.', '_');
}

/** One matcher for each label that may show health checks; a request is one if any of them matches. */
export function healthCheckSelectors(
  labels: ReadonlySet<string>,
): { label: string; operator: '=~'; value: string }[] {
  return SIGNS.flatMap(sign =>
    [...labels]
      .filter(label => sign.labels.has(plain(label)))
      .sort()
      .map(label => ({
        label,
        operator: '=~' as const,
        value: sign.pattern,
      })),
  );
}

/**
 * By which label requests with these labels are health checks, and the beginning of its value that shows it: the path
 * without its query, or the name of the agent without its version.
 */
export function healthCheckIn(
  labels: Record<string, string>,
): { label: string; start: string; isWhole: boolean } | undefined {
  for (const { labels: names, known } of SIGNS) {
    for (const [label, value] of Object.entries(labels)) {
      const match = names.has(plain(label)) ? known.exec(value) : null;
      if (match) {
        const [start] = match[0].split('?');
        return { label, start, isWhole: start === value };
      }
    }
  }
  return undefined;
}
