import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** Does something of which the audit log tells that it was asked for, by whom, and how it went. */
export async function audited<T>(
  auditor: AuditorService,
  options: AuditorServiceCreateEventOptions,
  act: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent(options);
  let result: T;
  try {
    result = await act();
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
  await event.success();
  return result;
}
