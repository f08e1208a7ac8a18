/** Labels that say in which environment a service runs, as OpenTelemetry calls them and as people do. */
export const ENVIRONMENT_LABELS = [
  'deployment.environment.name',
  'deployment.environment',
  'environment',
  'env',
];

/** Labels of places, which may be named after an environment. */
const PLACE_LABELS = [
  'k8s.cluster.name',
  'cluster',
  'destination_cluster',
  'k8s.namespace.name',
  'namespace',
  'service.namespace',
];

const KINDS = {
  production: /^(live|prd|prod|production)$/,
  staging:
    /^(dev|develop|development|demo|e2e|int|integration|local|preprod|preproduction|qa|sandbox|sit|stage|staging|stg|test|testing|tst|uat)\d*$/,
};

function plain(label: string): string {
  return label.replaceAll('.', '_');
}

function among(known: readonly string[], labels: Iterable<string>): string[] {
  return known.flatMap(name =>
    [...labels].filter(label => plain(label) === plain(name)),
  );
}

/** Those of the labels that tell environments apart, the clearest first. */
export function environmentLabels(labels: Iterable<string>): string[] {
  return among([...ENVIRONMENT_LABELS, ...PLACE_LABELS], labels);
}

/** Whether a value names production, something else that is known, or neither. */
export function environmentKind(value: string): keyof typeof KINDS | undefined {
  const words = value.toLowerCase().split(/[^a-z0-9]+/);
  if (words.some(word => KINDS.staging.test(word))) return 'staging';
  return words.some(word => KINDS.production.test(word))
    ? 'production'
    : undefined;
}

/**
 * Whether the values of a label are of several environments: of production in two regions they are not. A place that is
 * named after no environment may be of production beside others that are named after one.
 */
export function areEnvironmentsMixed(
  label: string,
  values: readonly string[],
): boolean {
  const kinds = values.map(environmentKind);
  if (values.length < 2 || kinds.every(kind => kind === 'production')) {
    return false;
  }
  return (
    among(ENVIRONMENT_LABELS, [label]).length > 0 || kinds.includes('staging')
  );
}
