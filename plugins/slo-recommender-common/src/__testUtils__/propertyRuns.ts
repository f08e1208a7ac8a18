/** Upper bound of the runs of any one property; `npm run test:exhaustive` raises it. */
const MAX_RUNS = Number(process.env.PROPERTY_RUNS || 300);

/**
 * Parameters for `fc.assert`.
 *
 * @param exhaustive runs in `npm run test:exhaustive`
 */
export function propertyRuns(exhaustive: number) {
  return { numRuns: Math.min(exhaustive, MAX_RUNS) };
}
