import { withholdPersonal } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusConfig } from '../config';

const MAX_MESSAGE_LENGTH = 300;
const SHORTEST_SECRET = 4;

/**
 * Creates a function that sanitises text from the server for messages: redacts secrets and personal data, strips control
 * characters, truncates.
 */
export function createSanitiser({
  headers,
  parameters,
}: Pick<PrometheusConfig, 'headers' | 'parameters'>): (text: string) => string {
  const secrets = [...headers.values(), ...parameters.map(([, value]) => value)]
    .flatMap(spellingsOf)
    .filter(secret => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  return text => {
    const plain = withholdPersonal(
      secrets.reduce(
        (rest, secret) => rest.replaceAll(secret, '[redacted]'),
        text,
      ),
    )
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
      .trim();
    return plain.length > MAX_MESSAGE_LENGTH
      ? `${plain.slice(0, MAX_MESSAGE_LENGTH)}…`
      : plain;
  };
}

/**
 * A secret as a server may echo it: 'Bearer abc' is also the secret 'abc', and after 'Basic' comes a user with a password
 * in Base64.
 */
function spellingsOf(secret: string): string[] {
  const [scheme, ...rest] = secret.split(/\s+/);
  const spellings = [secret, scheme, ...rest];
  if (scheme.toLowerCase() === 'basic') {
    const credentials = Buffer.from(rest.join(''), 'base64').toString();
    const password = credentials.slice(credentials.indexOf(':') + 1);
    spellings.push(credentials, password);
  }
  return spellings.flatMap(one => [
    one,
    encodeURIComponent(one.toWellFormed()),
  ]);
}
