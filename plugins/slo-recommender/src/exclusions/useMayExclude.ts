import { usePermission } from '@backstage/plugin-permission-react';
import { exclusionUpdatePermission } from 'backstage-plugin-slo-recommender-common';

export type Permitted = 'yes' | 'no' | 'asking';

/** Whether the person may leave hours out of a service's history and take that back. */
export function useMayExclude(entityRef: string): Permitted {
  const { allowed, loading } = usePermission({
    permission: exclusionUpdatePermission,
    resourceRef: entityRef,
  });
  if (allowed) return 'yes';
  return loading ? 'asking' : 'no';
}
