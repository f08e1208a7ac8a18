import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import { observedEdges } from './observedEdges';

const call = (
  client: string,
  server: string,
  overrides: Partial<ObservedDependency> = {},
): ObservedDependency => ({
  client,
  server,
  connectionType: 'request',
  calls: 100,
  failedCalls: 1,
  latency: null,
  firstSeenAt: new Date('2026-03-01T00:00:00Z'),
  lastSeenAt: new Date('2026-03-02T00:00:00Z'),
  ...overrides,
});

describe('observedDependencies', () => {
  it('gives one edge per caller and callee, of the kind of most calls', () => {
    expect(
      observedEdges(
        [
          call('shop', 'payment', { connectionType: 'virtual', calls: 20 }),
          call('shop', 'payment', {
            lastSeenAt: new Date('2026-03-03T00:00:00Z'),
          }),
          call('shop', 'mail', { connectionType: 'messaging' }),
        ],
        3_600,
      ),
    ).toEqual([
      {
        sourceName: 'shop',
        targetName: 'payment',
        kind: 'sync',
        strength: null,
        calls: 120,
        failedCalls: 2,
        seconds: 3_600,
        latency: null,
        attributes: {},
        firstSeenAt: '2026-03-01T00:00:00.000Z',
        lastSeenAt: '2026-03-03T00:00:00.000Z',
      },
      expect.objectContaining({ targetName: 'mail', kind: 'async' }),
    ]);
  });

  it.each([
    ['an overlong name', 'x'.repeat(5_000), 'x'.repeat(200)],
    ['a NUL', 'a\0b', 'a\uFFFDb'],
    ['half a character', 'a\ud83d', 'a\uFFFD'],
  ])('makes %s one that a database can keep', (_, name, kept) => {
    const [edge] = observedEdges([call('shop', name)], 3_600);
    expect(edge.targetName).toBe(kept);
  });

  it.each([[NaN], [Infinity], [-1]])('leaves %d calls out', calls => {
    expect(observedEdges([call('a', 'b', { calls })], 3_600)).toEqual([]);
  });
});
