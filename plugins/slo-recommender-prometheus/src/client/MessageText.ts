import { isError } from '@backstage/errors';

const MAX_LENGTH = 300;

/** Makes text from outside fit for messages: without secrets and control characters, and not longer than 300. */
export class MessageText {
  private readonly secrets: string[];

  constructor(headerValues: string[]) {
    // A server may echo the credential without its scheme: 'Bearer abc' is also the secret 'abc'.
    this.secrets = headerValues
      .flatMap(value => [value, ...value.split(/\s+/)])
      .filter(secret => secret.length >= 4)
      .sort((a, b) => b.length - a.length);
  }

  quote(text: string): string {
    const plain = this.secrets
      .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
      .trim();
    return plain.length > MAX_LENGTH ? `${plain.slice(0, MAX_LENGTH)}…` : plain;
  }

  /** The code of a network failure, such as ECONNREFUSED: the message beside it may hold the URL. */
  describeCause(error: unknown): string {
    for (let cause = error; isError(cause); cause = cause.cause) {
      if (typeof cause.code === 'string') {
        return this.quote(cause.code);
      }
    }
    return isError(error) ? this.quote(error.name) : 'unknown reason';
  }
}
