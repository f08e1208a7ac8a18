import { ResponseError } from '@backstage/errors';

/** Whether the backend answered that it does not know what was asked for. */
export function isNotFound(error: Error | undefined): boolean {
  return error instanceof ResponseError && error.response.status === 404;
}
