/** A name of telemetry in its parts: what distinguishes services, and what does not. */
export interface PlainName {
  /** What distinguishes services: lower case, words joined by dashes. */
  plain: string;
  /** The same as it was written. */
  written: string;
  /** Namespace of Kubernetes or OpenTelemetry that the name carries, in lower case. */
  namespace: string | null;
  /** True if the namespace stands after a dot alone, as it may in any host name. */
  isDotted: boolean;
  scheme: string;
  port: string;
  trailingDot: string;
  /** For example `.svc.cluster.local`. */
  clusterSuffix: string;
}

const SCHEME = /^([a-z][a-z0-9+.-]*:\/\/\/?)([^/]+)\/?$/i;
const PORT = /^([^:]+):(\d{1,5})$/;
const CLUSTER_HOST = /^([\w-]+)\.([\w-]+)(\.svc(?:\.[\w.-]+)?)$/i;
const DOTTED = /^([\w-]*[a-z][\w-]*)\.([\w-]*[a-z][\w-]*)$/i;
const JOB = /^([\w.-]+)\/([\w.-]+)$/;
const WORD_SEPARATORS = /[\s_-]+/g;

const lowerCase = (text: string) => text.toLocaleLowerCase('en-US');

/** Takes off what says how to reach a service, and not which it is. */
function stripTransport(name: string) {
  let rest = name.normalize('NFC').trim();
  const scheme = SCHEME.exec(rest);
  if (scheme) rest = scheme[2];
  const port = PORT.exec(rest);
  if (port) rest = port[1];
  const trailingDot = rest.length > 1 && rest.endsWith('.') ? '.' : '';
  if (trailingDot) rest = rest.slice(0, -1);
  return {
    rest,
    scheme: scheme?.[1] ?? '',
    port: port?.[2] ?? '',
    trailingDot,
  };
}

/** Splits a name. Names that differ in nothing but the parts beside `plain` may be one service. */
export function plainName(name: string): PlainName {
  const { rest, ...transport } = stripTransport(name);
  const clusterHost = CLUSTER_HOST.exec(rest);
  const dotted = clusterHost ? null : DOTTED.exec(rest);
  const job = JOB.exec(rest);
  let written = rest;
  let namespace: string | null = null;
  if (clusterHost ?? dotted) {
    [, written, namespace] = clusterHost ?? dotted ?? [];
  } else if (job) {
    [, namespace, written] = job;
  }
  return {
    plain: lowerCase(written).replace(WORD_SEPARATORS, '-'),
    written,
    namespace: namespace === null ? null : lowerCase(namespace),
    isDotted: dotted !== null,
    ...transport,
    clusterSuffix: clusterHost?.[3] ?? '',
  };
}

const HOST_LABELS = /^[\w-]+(?:\.[\w-]+)*$/;

/**
 * The host that a name means, as it is written but without scheme, port and trailing dot; undefined for names that do
 * not look like one.
 */
export function hostIn(name: string): string | undefined {
  const { rest, scheme, port, trailingDot } = stripTransport(name);
  const isHost =
    HOST_LABELS.test(rest) &&
    (rest.includes('.') || scheme || port || trailingDot);
  return isHost ? rest : undefined;
}

/** What two names of the same plain form differ in, in words; empty if they are equal. */
export function differences(one: PlainName, other: PlainName): string[] {
  const words = (name: PlainName) => name.written.match(/[\s_-]+/g)?.join();
  const letters = (name: PlainName) =>
    name.written.replace(WORD_SEPARATORS, '-');
  return [
    letters(one) !== letters(other) && 'case',
    words(one) !== words(other) && 'the characters between words',
    one.scheme !== other.scheme && 'the scheme',
    one.port !== other.port && 'the port',
    one.trailingDot !== other.trailingDot && 'the trailing dot',
    one.clusterSuffix !== other.clusterSuffix && 'the cluster-local suffix',
    one.namespace !== other.namespace && 'the namespace',
  ].filter(difference => difference !== false);
}
