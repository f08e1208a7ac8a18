import { dependencies } from './dependencies';
import { services } from './services';
import { incidents, regressions } from './stories';
import type { Company } from './types';

export * from './types';
export { COLLECTOR_BOUNDS_MILLISECONDS } from './latencies';

/** The web shop whose catalog is in `examples/`. */
export const webShop: Company = {
  services,
  dependencies,
  incidents,
  regressions,
};
