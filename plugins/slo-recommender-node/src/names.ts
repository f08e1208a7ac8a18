import { isIP } from 'node:net';

/**
 * What a name of telemetry identifies:
 *
 * - `service`: one service, as far as the name shows.
 * - `address`: a place in the network, which belongs to one pod or client today and to another tomorrow.
 * - `placeholder`: what programs write that have no name, so that many share it.
 * - `personal`: a person or a secret: an e-mail address, a token, an ID of a session. It is neither stored nor shown.
 */
export type NameKind = 'service' | 'address' | 'placeholder' | 'personal';

/** Longer names are cut: no more of them is ever kept. */
const MOST_CHARACTERS = 1_000;

const EMAIL = /[^\s@:/"'<>()=,;]+(?:@|%40)(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/giu;
/** Programs at a host are written like people at a domain, for example nodes of RabbitMQ. */
const OWN_DOMAIN = /\.(?:local|localdomain|internal|svc)$/i;
const JSON_WEB_TOKEN = /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g;
/** Tokens that begin with the name of who issued them, and those of an Authorization header. */
const KNOWN_TOKEN =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{15,}|xox[abeoprs]-[\w-]{10,}|sk[-_](?:live|test|proj|ant)[-_][\w-]{12,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|npm_\w{30,}|hv[sbr]\.[\w-]{20,}|[Bb](?:earer|asic)\s+(?=\S*?(?:\d|=|[a-z][A-Z]))[\w.~+/-]{8,}=*)/g;

const WITHHELD = '[withheld]';

/** User and password in a URL. */
const USER_INFO = /(?<=:\/\/)[^\s/?#@"'<>,;]+(?=@)/g;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const PHONE_NUMBER = /^\+\d[\d ()-]{6,}\d$/;

/** The first label of a host may well be an ID, and is public. */
const HOST = /^(?:[a-z0-9_-]+\.)+[a-z]{2,}$/i;
/** What names an entity of the catalog has are its owner's affair. */
const ENTITY_REF = /^[a-z]+:[\w.-]+\/[\w.-]+$/i;
const SHORTEST_ID = 24;
const SHORTEST_TOKEN = 15;
const LONG_HEX = /^(?=.*\d)(?=.*[a-f])[\da-f]+$/i;
/** Changes from letters to digits and back that a name hardly has in one word. */
const FEWEST_CHANGES = 6;

const EPHEMERAL_HOST =
  /^(?:localhost(?:\.localdomain)?|(?:ip|ec2)-\d+-\d+-\d+-\d+(?:\..+)?|\d+-\d+-\d+-\d+\..+\.pod(?:\..+)?|(?:[\da-f]{2}[:-]){5}[\da-f]{2})$/;
/** ID of a container, which it has for a host name. */
const CONTAINER_ID = /^(?=.*\d)(?=.*[a-f])[\da-f]{12}$/;

const PLACEHOLDER =
  /^(?:|unknown(?:[_ -]?service)?(?::.*)?|(?:otlp-?resource)?no[_ -]?service[_ -]?name|undefined|unnamed|unspecified|null|none|<?nil>?|n\/a|nan|[-_.?]+|\$\{.*\}|\$\w+|%\w+%|.*\{\{.*)$/;

/** Whether a name identifies one service, and what it is otherwise. */
export function nameKind(name: string): NameKind {
  const text = name.slice(0, MOST_CHARACTERS).trim();
  if (looksPersonal(text)) return 'personal';
  // a job is `<namespace>/<name>`
  const readings = text.includes('/')
    ? [text, text.replace(/^[\w.-]+\//, '')]
    : [text];
  const isOfNetwork = readings.some(
    one => isAddress(hostOf(one)) || isListOfAddresses(one),
  );
  if (isOfNetwork) return 'address';
  return readings.some(one => PLACEHOLDER.test(one.toLowerCase()))
    ? 'placeholder'
    : 'service';
}

/** A text without e-mail addresses, tokens and credentials. */
export function withholdPersonal(text: string): string {
  // most texts are names: a look at what they lack is far cheaper than the patterns
  let kept = text;
  if (/@|%40/.test(text)) {
    kept = kept
      .replace(USER_INFO, WITHHELD)
      .replace(EMAIL, one => (OWN_DOMAIN.test(one) ? one : WITHHELD));
  }
  if (text.includes('eyJ')) kept = kept.replace(JSON_WEB_TOKEN, WITHHELD);
  return text.length < SHORTEST_TOKEN
    ? kept
    : kept.replace(KNOWN_TOKEN, WITHHELD);
}

function looksPersonal(text: string): boolean {
  if (withholdPersonal(text) !== text || PHONE_NUMBER.test(text)) {
    return true;
  }
  return (
    text.length >= SHORTEST_ID &&
    (UUID.test(text) || text.split(/[^A-Za-z0-9]+/).some(isRandom)) &&
    !HOST.test(hostOf(text)) &&
    !ENTITY_REF.test(text)
  );
}

/** Whether a word looks like an ID or a secret rather than like a word. */
function isRandom(word: string): boolean {
  if (word.length < SHORTEST_ID) return false;
  const changes = word.match(/\d(?=\D)|\D(?=\d)/g)?.length ?? 0;
  return changes >= FEWEST_CHANGES || LONG_HEX.test(word);
}

function isAddress(host: string): boolean {
  return (
    isIP(host.replace(/%.*$/, '')) !== 0 ||
    EPHEMERAL_HOST.test(host) ||
    CONTAINER_ID.test(host)
  );
}

/** As proxies write the way that a request took. */
function isListOfAddresses(text: string): boolean {
  return (
    text.includes(',') && text.split(',').every(one => isAddress(hostOf(one)))
  );
}

/** A name without scheme, path, port and trailing dot, in lower case. */
function hostOf(text: string): string {
  const authority = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/+/i, '')
    .replace(/[/?#].*$/s, '');
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(authority) ?? [];
  const host = bracketed ?? authority.replace(/^([^:]+):\d{1,5}$/, '$1');
  return host.replace(/\.$/, '').toLowerCase();
}
