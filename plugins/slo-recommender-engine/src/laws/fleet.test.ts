import fc from 'fast-check';
import { arbitrarySeries } from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { isCalibrated, learnFromFleet, type Calibration } from '../calibrate';
import { recommendSli } from '../recommend';
import { DAY_MS, HOUR_MS } from '../sli';
import { studySli } from '../study';

const AS_OF_MS = Date.UTC(2026, 2, 1);

/** Studies of every kind of service as of one instant, with windows of a day and of a week. */
const studies = fc
  .sample(arbitrarySeries, { numRuns: 300, seed: 42 })
  .map((series, i) =>
    studySli({
      series: {
        ...series,
        startMs: AS_OF_MS - series.total.length * HOUR_MS,
      },
      asOfMs: AS_OF_MS,
      windowMs: (i % 3 === 0 ? 7 : 1) * DAY_MS,
    }),
  )
  // four past windows each are enough to differ by, and learnt from in little time
  .map(study => ({ ...study, replay: study.replay.slice(-4) }))
  .filter(({ replay }) => replay.length > 0);

/** A fleet of 20 services or a few more, and the same in another order. */
const arbitraryFleets = fc
  .uniqueArray(fc.integer({ min: 0, max: studies.length - 1 }), {
    minLength: 20,
    maxLength: 25,
  })
  .chain(members =>
    fc.tuple(
      fc.constant(members),
      fc.shuffledSubarray(members, {
        minLength: members.length,
        maxLength: members.length,
      }),
    ),
  );

/** Where two calibrations differ by as little as a bit. */
const differences = (one: Calibration, other: Calibration): string[] => {
  const differing: string[] = [];
  const others = new Map(other.strata);
  const pairs = [
    ['fleet', one.fleet, other.fleet] as const,
    ...one.strata.map(
      ([key, stratum]) => [key, stratum, others.get(key)] as const,
    ),
  ];
  for (const [key, stratum, same] of pairs) {
    if (
      !same ||
      stratum.evidence !== same.evidence ||
      stratum.windows !== same.windows ||
      stratum.services !== same.services ||
      stratum.nearMedian !== same.nearMedian ||
      stratum.within.some((share, level) => share !== same.within[level])
    ) {
      differing.push(key);
    }
  }
  return one.strata.length === other.strata.length
    ? differing
    : [...differing, 'number of strata'];
};

describe('fleets', () => {
  it('the order of the services changes not a bit; names are not even known', () => {
    fc.assert(
      fc.property(arbitraryFleets, ([members, shuffled]) => {
        const one = learnFromFleet(
          members.map(member => studies[member]),
          AS_OF_MS,
        );
        const other = learnFromFleet(
          shuffled.map(member => studies[member]),
          AS_OF_MS,
        );
        expect(differences(one.calibration, other.calibration)).toEqual([]);
        expect([...one.past.keys()]).toEqual([...other.past.keys()]);
        fc.pre(isCalibrated(one.calibration));
        const [member] = members;
        expect(
          JSON.stringify(recommendSli(studies[member], { fleet: one })),
        ).toBe(JSON.stringify(recommendSli(studies[member], { fleet: other })));
      }),
      propertyRuns(10_000),
    );
  });
});
