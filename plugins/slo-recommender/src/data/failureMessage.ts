import { ResponseError } from '@backstage/errors';

/** What went wrong, in the words of the backend where it gave any. */
export function failureMessage(error: Error): string {
  return error instanceof ResponseError ? error.cause.message : error.message;
}
