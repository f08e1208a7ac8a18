import type { Dialect } from './dialects';
import { SPAN_DIALECTS } from './findings';
import type { Resolution } from './survey';

/** Where to look, in this order. */
export interface Attempt {
  dialect: Dialect;
  /** As configured; or by rank, unless metrics count more than spans; or for those whose better metrics had nothing. */
  use: 'as configured' | 'by rank' | 'last resort';
}

/** The dialects that a datasource speaks, best evidence first. */
export function planAttempts({
  dialects,
  isOrderChosen,
}: Resolution): Attempt[] {
  return isOrderChosen
    ? dialects.map(dialect => ({ dialect, use: 'as configured' }))
    : [
        ...dialects.map(dialect => ({ dialect, use: 'by rank' as const })),
        ...dialects
          .filter(({ id }) => SPAN_DIALECTS.has(id))
          .map(dialect => ({ dialect, use: 'last resort' as const })),
      ];
}
