import { ResponseError } from '@backstage/errors';

/** Whether the backend answered that the person may not do this. */
export function isForbidden(error: Error | undefined): boolean {
  return error instanceof ResponseError && error.response.status === 403;
}
