import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import type { OriginEdge } from './dependencyRows';
import {
  DependencyStore,
  reportOrigin,
  telemetryOrigin,
  type OriginReport,
} from './DependencyStore';
import { readGraphVersion } from './graphVersion';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const EARLY = '2026-03-01T00:00:00.000Z';
const LATE = '2026-03-02T00:00:00.000Z';

const edge = (
  sourceName: string,
  targetName: string,
  overrides: Partial<OriginEdge> = {},
): OriginEdge => ({
  sourceName,
  targetName,
  kind: null,
  strength: null,
  calls: null,
  failedCalls: null,
  seconds: null,
  latency: null,
  attributes: {},
  firstSeenAt: null,
  lastSeenAt: null,
  ...overrides,
});

const aReport = (
  reportedAt: string,
  edges: OriginEdge[],
  overrides: Partial<OriginReport> = {},
): OriginReport => ({
  origin: reportOrigin('mesh'),
  claim: 'observed',
  reportedAt: new Date(reportedAt),
  nodes: [],
  edges,
  mode: 'merge',
  ...overrides,
});

describe.each(databases.eachSupportedId())(
  'DependencyStore on %s',
  databaseId => {
    async function open() {
      const database = await openTestDatabase(databases, databaseId);
      const store = new DependencyStore(database);
      return {
        database,
        store,
        apply: (one: OriginReport) =>
          database.transaction(tx => store.applyReport(one, tx)),
      };
    }

    it.each([
      [
        'counts of the newest report',
        edge('a', 'b', { calls: 10, failedCalls: 5, seconds: 60 }),
        edge('a', 'b', { calls: 20, seconds: 120 }),
        { calls: 20, failedCalls: null, seconds: 120 },
      ],
      [
        'counts of before where the newest has none',
        edge('a', 'b', { calls: 10, failedCalls: 5, seconds: 60 }),
        edge('a', 'b'),
        { calls: 10, failedCalls: 5, seconds: 60 },
      ],
      [
        'kind and strength field by field',
        edge('a', 'b', { kind: 'async', strength: 'hard' }),
        edge('a', 'b', { strength: 'soft' }),
        { kind: 'async', strength: 'soft' },
      ],
      [
        'attributes field by field',
        edge('a', 'b', { attributes: { zone: 'eu', port: '1' } }),
        edge('a', 'b', { attributes: { port: '2' } }),
        { attributes: { zone: 'eu', port: '2' } },
      ],
      [
        'the first and the last sighting',
        edge('a', 'b', { firstSeenAt: LATE, lastSeenAt: LATE }),
        edge('a', 'b', { firstSeenAt: EARLY, lastSeenAt: EARLY }),
        { firstSeenAt: EARLY, lastSeenAt: LATE },
      ],
    ])(
      'keeps %s, in whatever order the reports come',
      async (_, early, late, expected) => {
        for (const isReversed of [false, true]) {
          const { store, apply } = await open();
          const reports = [aReport(EARLY, [early]), aReport(LATE, [late])];
          for (const one of isReversed ? reports.reverse() : reports) {
            await apply(one);
          }
          await expect(store.listEdges()).resolves.toEqual([
            expect.objectContaining({ ...expected, reportedAt: LATE }),
          ]);
        }
      },
    );

    it('keeps what is known of nodes if only edges are reported', async () => {
      const { store, apply } = await open();
      const node = {
        name: 'a',
        title: 'A',
        type: 'queue',
        aliases: ['x'],
        requests: null,
        seconds: null,
      };
      await apply(aReport(EARLY, [], { nodes: [node] }));
      await apply(aReport(LATE, [edge('a', 'b')], { mode: 'replace' }));
      await apply(
        aReport(LATE, [], {
          nodes: [{ ...node, title: null, type: null, aliases: [] }],
        }),
      );
      await expect(store.listNodes()).resolves.toEqual([
        { ...node, origin: 'report:mesh' },
      ]);
    });

    it('gives the graph a new version if something is reported, and if the catalog changes', async () => {
      const { database, store, apply } = await open();
      const version = async () => (await readGraphVersion(database)).version;
      const declare = (targets: string[]) =>
        database.transaction(tx =>
          store.replaceDeclared(
            targets.map(name => ({
              sourceRef: 'component:default/a',
              targetRef: `component:default/${name}`,
              kind: null,
              strength: 'hard',
            })),
            tx,
          ),
        );
      const first = await version();
      await apply(aReport(EARLY, [edge('a', 'b')]));
      expect(await version()).toBe(first + 1);
      await declare(['b', 'c']);
      expect(await version()).toBe(first + 2);
      await declare(['b', 'c']);
      expect(await version()).toBe(first + 2);
      await declare(['b']);
      expect(await version()).toBe(first + 3);
      expect(
        (await store.listEdges()).map(({ origin, targetName }) => [
          origin,
          targetName,
        ]),
      ).toEqual([
        ['catalog', 'component:default/b'],
        ['report:mesh', 'b'],
      ]);
    });

    it('deletes what telemetry has not seen for long, and nothing else', async () => {
      const { database, store, apply } = await open();
      const seen = (name: string, at: string) =>
        edge(name, 'b', { firstSeenAt: EARLY, lastSeenAt: at });
      await database.transaction(tx =>
        store.replaceDeclared(
          [
            {
              sourceRef: 'component:default/a',
              targetRef: 'component:default/b',
              kind: null,
              strength: 'hard',
            },
          ],
          tx,
        ),
      );
      await apply(aReport(EARLY, [seen('old', EARLY)]));
      await apply(
        aReport(EARLY, [seen('old', EARLY), seen('new', LATE)], {
          origin: telemetryOrigin('prometheus'),
        }),
      );
      const forget = async () => {
        await database.transaction(tx =>
          store.deleteUnseenSince(new Date(LATE), tx),
        );
        return (await readGraphVersion(database)).version;
      };
      const version = await forget();
      expect(
        (await store.listEdges()).map(({ origin, sourceName }) => [
          origin,
          sourceName,
        ]),
      ).toEqual([
        ['catalog', 'component:default/a'],
        ['report:mesh', 'old'],
        ['telemetry:prometheus', 'new'],
      ]);
      await expect(forget()).resolves.toBe(version);
    });

    it('takes 50,000 edges between 5,000 services, twice with the same rows', async () => {
      const { database, apply } = await open();
      const edges = Array.from({ length: 50_000 }, (_, i) =>
        edge(
          `service-${i % 5_000}`,
          `service-${((i * 7 + i / 5_000) % 5_000) | 0}-${i}`,
          {
            calls: i,
            failedCalls: 0,
            seconds: 3_600,
            attributes: { cluster: 'eu' },
            firstSeenAt: EARLY,
            lastSeenAt: EARLY,
          },
        ),
      );
      const rows = async () =>
        JSON.stringify(
          await database('dependency_edges').orderBy([
            'origin',
            'source_name',
            'target_name',
          ]),
        );
      const seconds: string[] = [];
      const take = async () => {
        const begun = performance.now();
        const outcome = await apply(aReport(EARLY, edges));
        seconds.push(((performance.now() - begun) / 1_000).toFixed(2));
        return outcome;
      };
      await expect(take()).resolves.toEqual({
        newEdges: 50_000,
        removedEdges: 0,
      });
      const first = await rows();
      await expect(take()).resolves.toEqual({ newEdges: 0, removedEdges: 0 });
      expect((await rows()) === first).toBe(true);
      // eslint-disable-next-line no-console
      console.info(`50,000 edges on ${databaseId}: ${seconds.join(' s, ')} s`);
    });
  },
);
