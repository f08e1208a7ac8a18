import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { EventStore, type ReportedEvent } from './EventStore';
import { readFingerprints } from '../kernel/database/serviceRevisions';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const CART = 'component:default/cart';
const AT = '2026-03-10T12:00:00.000Z';
const NOW = new Date('2026-03-10T12:00:30.000Z');
const LATER = new Date('2026-03-10T12:05:00.000Z');

const deploy = (overrides: Partial<ReportedEvent> = {}): ReportedEvent => ({
  id: 'run-1',
  type: 'deploy',
  at: AT,
  title: 'Cart 1.2 “Späte Ernte”',
  version: '1.2',
  url: 'https://ci.example.com/1',
  toldBy: 'external:ci',
  ...overrides,
});

describe.each(databases.eachSupportedId())('EventStore on %s', databaseId => {
  async function create() {
    const database = await openTestDatabase(databases, databaseId);
    return { database, store: new EventStore(database) };
  }

  it('gives back what was told, the newest first and no more than asked for', async () => {
    const { store } = await create();
    const old = deploy({ id: 'old', at: '2026-03-09T12:00:00.000Z' });
    await store.record(CART, deploy(), NOW);
    await store.record(CART, old, LATER);
    await store.record('component:default/search', deploy(), NOW);
    await expect(store.list(CART, 10)).resolves.toEqual([deploy(), old]);
    await expect(store.list(CART, 1)).resolves.toEqual([deploy()]);
  });

  it('changes nothing when the same is told again, by whomever', async () => {
    const { database, store } = await create();
    await store.record(CART, deploy(), NOW);
    const before = await readFingerprints(database);
    await expect(
      store.record(CART, deploy({ toldBy: 'user:default/ada' }), LATER),
    ).resolves.toEqual(deploy());
    await expect(readFingerprints(database)).resolves.toEqual(before);
    expect(before).toEqual(new Map([[CART, '1']]));
  });

  it('replaces what was told under the same id', async () => {
    const { database, store } = await create();
    await store.record(CART, deploy(), NOW);
    const other = deploy({ title: 'Rolled back', version: null, url: null });
    await store.record(CART, other, LATER);
    await expect(store.list(CART, 10)).resolves.toEqual([other]);
    await expect(readFingerprints(database)).resolves.toEqual(
      new Map([[CART, '2']]),
    );
  });

  it('lets no other source replace what one reported', async () => {
    const { database, store } = await create();
    await store.record(CART, deploy(), NOW);
    const rewritten = deploy({ title: 'Never was', toldBy: 'external:other' });
    await expect(store.record(CART, rewritten, LATER)).rejects.toThrow(
      "Event 'run-1' was reported by another source",
    );
    await expect(store.list(CART, 10)).resolves.toEqual([deploy()]);
    await expect(readFingerprints(database)).resolves.toEqual(
      new Map([[CART, '1']]),
    );
  });

  it('lets one of two sources win that report one id at once', async () => {
    const { store } = await create();
    const outcomes = await Promise.allSettled(
      ['external:a', 'external:b'].map(toldBy =>
        store.record(CART, deploy({ title: toldBy, toldBy }), NOW),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    const [event] = await store.list(CART, 10);
    expect(event.title).toBe(event.toldBy);
  });

  it('counts the changes of each service for itself', async () => {
    const { database, store } = await create();
    const search = 'component:default/search';
    await store.record(CART, deploy(), NOW);
    await store.record(CART, deploy({ id: 'run-2' }), NOW);
    await store.record(search, deploy(), NOW);
    await expect(readFingerprints(database)).resolves.toEqual(
      new Map([
        [CART, '2'],
        [search, '1'],
      ]),
    );
    await expect(
      readFingerprints(database, [search, 'component:default/other']),
    ).resolves.toEqual(new Map([[search, '1']]));
  });

  it('takes the time at which it was told first for an event that names none', async () => {
    const { store } = await create();
    await store.record(CART, deploy({ at: null }), NOW);
    await expect(
      store.record(CART, deploy({ at: null }), LATER),
    ).resolves.toEqual(deploy({ at: NOW.toISOString() }));
  });

  it('reads the events of more services than one statement holds, oldest first, from the first instant on and before the last', async () => {
    const { store } = await create();
    const refs = Array.from(
      { length: 1_201 },
      (_, index) => `component:default/service-${index}`,
    );
    const told = [
      { id: 'a', at: '2026-03-10T00:00:00.000Z', title: 'last' },
      { id: 'b', at: '2026-03-09T23:59:59.999Z', title: 'second' },
      { id: 'c', at: '2026-03-09T00:00:00.000Z', title: 'first' },
      { id: 'd', at: '2026-03-08T23:59:59.999Z', title: 'too early' },
    ];
    for (const event of told) {
      await store.record(refs[1_200], deploy(event), NOW);
    }
    await expect(
      store.readMany(refs, {
        fromMs: Date.parse('2026-03-09T00:00:00Z'),
        toMs: Date.parse('2026-03-10T00:00:00Z'),
      }),
    ).resolves.toEqual(
      new Map([
        [
          refs[1_200],
          [
            { atMs: Date.parse(told[2].at), title: 'first', type: 'deploy' },
            { atMs: Date.parse(told[1].at), title: 'second', type: 'deploy' },
          ],
        ],
      ]),
    );
  });

  it('forgets what happened before an instant', async () => {
    const { store } = await create();
    await store.record(CART, deploy(), NOW);
    await store.record(CART, deploy({ id: 'run-2', at: null }), NOW);
    await store.deleteBefore(NOW);
    await expect(store.list(CART, 10)).resolves.toMatchObject([
      { id: 'run-2' },
    ]);
  });

  it('takes the same event from several at once', async () => {
    const { store } = await create();
    await Promise.all(
      Array.from({ length: 5 }, () => store.record(CART, deploy(), NOW)),
    );
    await expect(store.list(CART, 10)).resolves.toEqual([deploy()]);
  });
});
