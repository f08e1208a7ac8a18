import fc from 'fast-check';
import { edgeConfidence, type EdgeEvidence } from './confidence';
import { DAY_MS } from '../../kernel/time/hours';

const STALE_AFTER_MS = 14 * DAY_MS;

const evidence = fc.record<EdgeEvidence>({
  claim: fc.constantFrom('declared', 'observed'),
  calls: fc.option(fc.double({ min: 0, max: 1e15, noNaN: true })),
  ageMs: fc.integer({ min: 0, max: 400 * DAY_MS }),
});

const confidence = (all: EdgeEvidence[]) => edgeConfidence(all, STALE_AFTER_MS);

describe('edgeConfidence', () => {
  it.each<[string, EdgeEvidence[], number]>([
    ['nothing', [], 0],
    ['a declaration', [{ claim: 'declared', calls: null, ageMs: 0 }], 0.6],
    ['one call just now', [{ claim: 'observed', calls: 1, ageMs: 0 }], 0.475],
    [
      'many calls as long ago as makes an edge stale',
      [{ claim: 'observed', calls: 1e9, ageMs: STALE_AFTER_MS }],
      0.475,
    ],
    [
      'a declaration and many calls',
      [
        { claim: 'declared', calls: null, ageMs: 0 },
        { claim: 'observed', calls: 1e9, ageMs: 0 },
      ],
      0.98,
    ],
  ])('rates %s', (_, all, expected) => {
    expect(confidence(all)).toBeCloseTo(expected, 6);
  });

  it('lies in [0, 1], and never falls with another source, more calls or a later sighting', () => {
    fc.assert(
      fc.property(
        fc.array(evidence, { minLength: 1, maxLength: 5 }),
        evidence,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([first, ...rest], another, moreCalls, younger) => {
          const rated = confidence([first, ...rest]);
          const noLower = (all: EdgeEvidence[]) =>
            expect(confidence(all)).toBeGreaterThanOrEqual(rated - 1e-12);
          expect(rated).toBeGreaterThanOrEqual(0);
          expect(rated).toBeLessThanOrEqual(1);
          noLower([first, ...rest, another]);
          noLower([
            { ...first, calls: (first.calls ?? 1) + moreCalls },
            ...rest,
          ]);
          noLower([{ ...first, ageMs: first.ageMs * younger }, ...rest]);
        },
      ),
    );
  });
});
