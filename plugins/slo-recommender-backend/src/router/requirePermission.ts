import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';

/**
 * @param request - the permission, and for one on a service the service's entity reference as `resourceRef`.
 * @throws NotAllowedError naming the permission that the caller lacks, and the service that it was asked for.
 */
export async function requirePermission(
  permissions: PermissionsService,
  request: AuthorizePermissionRequest,
  credentials: BackstageCredentials,
): Promise<void> {
  const [decision] = await permissions.authorize([request], { credentials });
  if (decision.result === AuthorizeResult.ALLOW) return;
  const { name } = request.permission;
  throw new NotAllowedError(
    request.resourceRef === undefined
      ? `This needs the permission ${name}. Ask those who run the portal.`
      : `This needs the permission ${name} on '${request.resourceRef}'. Ask the owner of the service, or those who run the portal.`,
  );
}
