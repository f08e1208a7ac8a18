import { CustomErrorBase } from '@backstage/errors';

/** The caller must wait before asking again: answered with status 429 and `Retry-After`. */
export class TooManyRequestsError extends CustomErrorBase {
  readonly #retryAfterSeconds: number;

  constructor(message: string, options: { retryAfterSeconds: number }) {
    super(message);
    this.#retryAfterSeconds = options.retryAfterSeconds;
  }

  /** Read by the error handler of Backstage. */
  get statusCode(): number {
    return 429;
  }

  get retryAfterSeconds(): number {
    return this.#retryAfterSeconds;
  }
}
