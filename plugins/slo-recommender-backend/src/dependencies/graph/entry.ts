import { isTelemetryOrigin } from '../store/DependencyStore';
import type { StoredDependency } from '../store/dependencyRows';

/** Name under which service graphs put the outside world: where requests enter, and not a service. */
const ENTRY_NAME = 'user';

/** Whether calls come from outside and are no dependency of a service. */
export const isEntry = ({ origin, sourceName }: StoredDependency) =>
  isTelemetryOrigin(origin) && sourceName === ENTRY_NAME;
