import { plainName } from '../../catalog';

/** A name of telemetry without what a platform appends to the name of a service. */
export interface PlatformName {
  text: string;
  /** What is left, in a form in which equal names are equal. */
  stem: string;
  /** Words of the stem, in lower case. */
  words: string[];
  /** What the platform appended, for example `_client`; empty if it appended nothing. */
  suffix: string;
  /** Side of the call on which the name arises; null if the name does not say. */
  side: 'client' | 'server' | 'remote' | null;
  /** Kind of resource as the platform calls it, for example `AWS::ECS::Fargate`, cut to vendor and product. */
  product: string | null;
  isStore: boolean;
  /** Labels of a host name of three labels or more, in lower case. */
  hostLabels: string[] | null;
  /** Namespace of Kubernetes or OpenTelemetry that the name carries. */
  namespace: string | null;
}

const TYPE_SUFFIX = /^(.+)_([A-Za-z]\w*(?:::\w+)+)$/;
const SIDE_SUFFIX = /^(.+)_(client|server|remote)$/i;
const HOST = /^(?:[\w-]+\.){2,}[a-z][a-z0-9-]*$/i;

/** Resources that keep or pass on data: the database of a service often has the service's name and is not the service. */
const STORE =
  /sql|database|dynamo|table|bucket|s3|queue|sqs|topic|sns|stream|kinesis|kafka|cache|redis|rds|storage|bigtable|cosmos|pubsub|eventhub|servicebus/i;

const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

const SIDES = { client: 'client', server: 'server', remote: 'remote' } as const;

function sideOf(text: string): PlatformName['side'] {
  const side = text.toLowerCase();
  return side === 'client' || side === 'server' || side === 'remote'
    ? SIDES[side]
    : null;
}

/** Takes a name apart. */
export function platformName(text: string): PlatformName {
  const typed = TYPE_SUFFIX.exec(text);
  const sided = typed ? null : SIDE_SUFFIX.exec(text);
  const rest = (typed ?? sided)?.[1] ?? text;
  const plain = plainName(rest);
  const host = HOST.test(plain.written) ? plain.plain : null;
  // what stands before a slash is a namespace in a plain name only; `example.com` is one name
  const isNamespaced =
    plain.namespace !== null && !plain.isDotted && !typed && !sided;
  const whole = rest.toLocaleLowerCase('en-US');
  const product = typed?.[2].split('::').slice(0, 2).join('::') ?? null;
  return {
    text,
    stem: isNamespaced || plain.namespace === null ? plain.plain : whole,
    words: (plain.written.match(WORD) ?? []).map(word =>
      word.toLocaleLowerCase('en-US'),
    ),
    suffix: text.slice(rest.length),
    side: sideOf(sided?.[2] ?? ''),
    product,
    isStore: typed !== null && STORE.test(typed[2]),
    hostLabels: host?.split('.') ?? null,
    namespace: isNamespaced ? plain.namespace : null,
  };
}

/** Domains of load balancers and of networks of one's own, in which a host name stands for a service of one's own. */
const OWN_DOMAIN =
  /\.(?:elb\.amazonaws\.com|elb\.[\w-]+\.amazonaws\.com|cloudapp\.azure\.com|run\.app|internal|local|localdomain|lan|intranet|corp|svc|consul|mesh)$/;

export const isOwnHost = (labels: string[]) =>
  OWN_DOMAIN.test(labels.join('.'));

/** Words of host labels that name no service. */
const GENERIC =
  /^(?:serv(?:i(?:c(?:es?)?)?|ers?)?|apis?|apps?|prod(?:uction)?|stag(?:e|ing)|test|internal|public|private|external|ingress|gateway|loadb?(?:alancer)?|balancer|default|cluster|back(?:end)?|front(?:end)?|main|stack|infra)$/;

const MIN_WORD_START = 4;
const MIN_ANYWHERE = 5;

/** Parts of a host's first label that may be an abbreviated name. */
export function labelParts(label: string): string[] {
  return label
    .split(/[-_]+/)
    .filter(
      part =>
        part.length >= MIN_WORD_START &&
        /^\p{L}+$/u.test(part) &&
        !GENERIC.test(part),
    );
}

/**
 * Whether a part of a label is a name that was cut: the beginning of one of its words, or, from five letters on, a part
 * of it. A whole word is not an abbreviation: `user` does not mean `user-profile`.
 */
export function abbreviates(part: string, { words }: PlatformName): boolean {
  if (words.includes(part)) return false;
  return (
    words.some(word => word.startsWith(part)) ||
    (part.length >= MIN_ANYWHERE && words.join('').includes(part))
  );
}
