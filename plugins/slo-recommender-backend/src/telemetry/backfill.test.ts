import type { JsonObject } from '@backstage/types';
import {
  createSource,
  type Fault,
  type ScriptedServer,
  serveFleet,
  spread,
  startScriptedServer,
  SyntheticFleet,
} from 'backstage-plugin-slo-recommender-prometheus/testing';
import type { LabelMatcher } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { FleetFetch } from './__testUtils__/FleetFetch';
import type { SyncProgress } from './FetchProgress';
import { HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(180_000);

const SERVICES = 250;
const EDGES = 3 * SERVICES - 6;
const HOURS = 28 * 24;
const TO = new Date('2026-03-10T12:00:00Z');
const RANGE = { from: new Date(TO.getTime() - HOURS * HOUR_MS), to: TO };

const databases = createTestDatabases();
const fleet = new SyntheticFleet(SERVICES);

const COUNTS = "Fetching counts from 'main'";

describe.each(databases.eachSupportedId())('back-fill on %s', databaseId => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer();
  });
  afterEach(() => server.stop());

  const createDatabase = () => openTestDatabase(databases, databaseId);
  const startFetch = (
    knex: Knex,
    entry: JsonObject = {},
    matchersOf?: (name: string) => LabelMatcher[] | null,
  ) =>
    new FleetFetch({
      fleet,
      matchersOf,
      knex,
      entry: { url: server.url, ...entry },
      now: () => new Date(TO.getTime() + HOUR_MS / 2),
      factory: {
        type: 'prometheus',
        create: () => createSource(server.url, entry),
      },
    });

  /** What was asked, each as text. */
  const asked = () =>
    server.requests.map(({ path, parameters }) => `${path}?${parameters}`);

  it('fetches every count once in few queries, and then only the newest hour in fewer', async () => {
    server.answer(serveFleet({ fleet, delayMs: 0 }));
    const fetch = startFetch(await createDatabase());
    const progress: SyncProgress[] = [];
    const outcome = await fetch.run(RANGE, {
      onProgress: state => progress.push(state),
    });
    expect(outcome.failed).toBeUndefined();
    expect(outcome.dependencies?.observed).toHaveLength(EDGES);
    await expect(fetch.countWrong(RANGE)).resolves.toBe(0);
    expect(asked().length).toBeLessThanOrEqual(40);
    expect(new Set(asked()).size).toBe(asked().length);
    const phases = progress.map(({ phase }) => phase);
    expect(progress.at(phases.lastIndexOf(COUNTS))).toEqual({
      phase: COUNTS,
      share: 0.5,
      backfill: {
        services: SERVICES,
        servicesDone: SERVICES,
        serviceHours: SERVICES * HOURS,
        serviceHoursDone: SERVICES * HOURS,
        secondsLeft: 0,
      },
    });
    expect(progress.at(-1)).toMatchObject({
      phase: "Fetching latencies from 'main'",
      share: 1,
    });
    await expect(fetch.statuses.list()).resolves.toEqual(
      new Map([['main', expect.objectContaining({ state: 'ok' })]]),
    );

    const before = asked().length;
    const anHourLater = {
      from: RANGE.from,
      to: new Date(TO.getTime() + HOUR_MS),
    };
    await fetch.run(anHourLater);
    expect(asked().length - before).toBeLessThanOrEqual(20);
    await expect(fetch.countWrong(anHourLater)).resolves.toBe(0);
  });

  it('asks in few more queries for services of which other series count, and again if they change', async () => {
    server.answer(serveFleet({ fleet, delayMs: 0 }));
    const knex = await createDatabase();
    const inTurn = (name: string): LabelMatcher[] | null =>
      name.endsWith('0')
        ? null
        : [
            {
              label: 'job',
              operator: '!=',
              value: `job-${Number(name.at(-1)) % 3}`,
            },
          ];
    await startFetch(knex, {}, inTurn).run(RANGE);
    expect(asked().length).toBeLessThanOrEqual(60);
    expect(new Set(asked()).size).toBe(asked().length);

    const counts = () =>
      asked().filter(query => query.includes('sum+by+%28service_name%2C'))
        .length;
    const before = counts();
    await startFetch(knex, {}, inTurn).run(RANGE);
    expect(counts() - before).toBeLessThanOrEqual(4);
    await startFetch(knex, { matchers: 'job!="other"' }, inTurn).run(RANGE);
    expect(counts()).toBeGreaterThan(2 * before);
  });

  it('goes on where it was cut off', async () => {
    server.answer(serveFleet({ fleet, delayMs: 0 }));
    const knex = await createDatabase();
    const cutOff = new AbortController();
    const first = startFetch(knex).run(RANGE, {
      signal: cutOff.signal,
      onProgress: ({ share }) => {
        if (share > 0.25) cutOff.abort(new Error('cut off'));
      },
    });
    await expect(first).rejects.toThrow('cut off');
    const before = asked();

    const second = startFetch(knex);
    const outcome = await second.run(RANGE);
    expect(outcome.failed).toBeUndefined();
    expect(outcome.dependencies?.observed).toHaveLength(EDGES);
    await expect(second.countWrong(RANGE)).resolves.toBe(0);
    const repeated = asked()
      .slice(before.length)
      .filter(query => before.includes(query));
    // the number of series, and what was under way
    expect(repeated.length).toBeLessThanOrEqual(4);
  });

  it('finishes with right counts though a fifth of the answers fails', async () => {
    const faults: Fault[] = [
      'too many samples',
      'unavailable',
      'throttled',
      'no answer',
      'truncated',
      'reset',
    ];
    server.answer(
      serveFleet({
        fleet,
        delayMs: 0,
        faultOf: count =>
          spread(count) % 5 === 0
            ? faults[spread(count + 1) % faults.length]
            : undefined,
      }),
    );
    const fetch = startFetch(await createDatabase(), { timeout: '2s' });
    const outcome = await fetch.run(RANGE);
    expect(outcome.failed?.message).toBeUndefined();
    await expect(fetch.countWrong(RANGE)).resolves.toBe(0);
  });

  it('leaves a server alone that is down, and fetches everything once it is back', async () => {
    server.answer(serveFleet({ fleet, delayMs: 0, faultOf: () => 'reset' }));
    const knex = await createDatabase();
    const fetch = startFetch(knex);
    const failed = await fetch.run(RANGE);
    expect(failed.failed?.entityRefs.size).toBe(SERVICES);
    expect(failed.failed?.message).toContain('the connection failed');
    const attempts = asked().length;
    expect(attempts).toBeLessThanOrEqual(12);
    const spared = await fetch.run(RANGE);
    expect(spared.failed?.message).toContain('is left alone until');
    expect(asked()).toHaveLength(attempts);

    server.answer(serveFleet({ fleet, delayMs: 0 }));
    const restarted = startFetch(knex);
    const recovered = await restarted.run(RANGE);
    expect(recovered.failed).toBeUndefined();
    await expect(restarted.countWrong(RANGE)).resolves.toBe(0);
  });
});
