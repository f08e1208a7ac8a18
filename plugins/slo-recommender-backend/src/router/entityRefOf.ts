import { stringifyEntityRef } from '@backstage/catalog-model';

/** Path of a service, `:ref` in the documentation. */
export const SERVICE_PATH = '/v1/services/:kind/:namespace/:name';

/** The entity reference in a service's path, in its normal form. */
export function entityRefOf(params: Record<string, string>): string {
  const { kind, namespace, name } = params;
  return stringifyEntityRef({ kind, namespace, name });
}
