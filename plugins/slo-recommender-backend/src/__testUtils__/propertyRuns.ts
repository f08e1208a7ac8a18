const EXHAUSTIVE_RUNS = 10_000;

/** Upper bound of the runs of any one property; `npm run test:exhaustive` raises it. */
const USUAL_RUNS = 300;
const MAX_RUNS = Number(process.env.PROPERTY_RUNS || USUAL_RUNS);

/** Whether this is `npm run test:exhaustive`. */
export const isExhaustive = MAX_RUNS >= EXHAUSTIVE_RUNS;

/**
 * Parameters for `fc.assert`.
 *
 * @param exhaustive runs in `npm run test:exhaustive`
 */
export function propertyRuns(exhaustive: number) {
  return { numRuns: Math.min(exhaustive, MAX_RUNS) };
}

/** How often a drill is repeated: `usual` times, or `exhaustive` times in `npm run test:exhaustive`. */
export const drillRuns = (usual: number, exhaustive: number) =>
  MAX_RUNS > USUAL_RUNS ? exhaustive : usual;
