import fc from 'fast-check';
import type { CalibratedStratum, FleetEvidence } from '../calibrate';
import { LEVELS } from '../predict';

/** From predictions that were far too wide to ones far too narrow, in smooth curves and in steps. */
const arbitraryStratum: fc.Arbitrary<CalibratedStratum> = fc
  .record({
    bend: fc.double({ min: 0.1, max: 8, noNaN: true }),
    stepAt: fc.double({ min: 0, max: 1, noNaN: true }),
    stepShare: fc.double({ min: 0, max: 0.9, noNaN: true }),
    evidence: fc.double({ min: 30, max: 5_000, noNaN: true }),
  })
  .map(({ bend, stepAt, stepShare, evidence }) => ({
    within: Array.from(
      LEVELS,
      level =>
        stepShare * (level < stepAt ? 0 : 1) + (1 - stepShare) * level ** bend,
    ),
    evidence,
    support: evidence + 40,
    windows: Math.ceil(evidence),
    services: 100,
    nearMedian: 0.5,
  }));

/** What a fleet might have shown: another thing in each of its strata. */
export const arbitraryFleet: fc.Arbitrary<FleetEvidence> = fc
  .tuple(
    arbitraryStratum,
    fc.array(arbitraryStratum, { minLength: 0, maxLength: 4 }),
  )
  .map(([fleet, strata]) => ({
    calibration: {
      asOfMs: 0,
      fleet,
      strata: strata.flatMap((stratum, traffic) =>
        [0, 1, 2].map((age): [string, CalibratedStratum] => [
          `traffic-${traffic} age-${age}`,
          stratum,
        ]),
      ),
    },
    past: [],
  }));
