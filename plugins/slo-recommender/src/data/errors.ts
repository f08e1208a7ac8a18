import { ResponseError } from '@backstage/errors';

/** What went wrong, in the words of the backend where it gave any. */
export function failureMessage(error: Error): string {
  return error instanceof ResponseError ? error.cause.message : error.message;
}

/** Whether the backend answered that the person may not do this. */
export function isForbidden(error: Error | undefined): boolean {
  return error instanceof ResponseError && error.response.status === 403;
}

/** Whether the backend answered that it does not know what was asked for. */
export function isNotFound(error: Error | undefined): boolean {
  return error instanceof ResponseError && error.response.status === 404;
}

/** What was thrown, as an error. */
export function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
