import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knex } from 'knex';
import type { BenchmarkSection, ResultTable } from '../Section';
import { fetchFleet } from './fetchFleet';
import { FleetServer } from './FleetServer';
import { DAYS, type DatabaseConfig, DELAY_MS, SERVICES } from './scenario';

const NORMAL_TIMEOUT_SECONDS = 30;
const SHORT_TIMEOUT_SECONDS = 2;
/** One answer in so many fails where faults are injected. */
const ONE_IN_FAILS = 5;
/** Requests under way at a time, for what is calculated. */
const CONCURRENCY = 4;

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
const seconds = (value: number) => `${value.toFixed(1)} s`;

/** Does the work with a fresh database, which is removed afterwards. */
type WithDatabase = <T>(
  work: (database: DatabaseConfig) => Promise<T>,
) => Promise<T>;

const onSqlite: WithDatabase = async work => {
  const directory = await mkdtemp(join(tmpdir(), 'backfill-'));
  try {
    return await work({
      client: 'better-sqlite3',
      filename: join(directory, 'backfill.sqlite'),
    });
  } finally {
    await rm(directory, { recursive: true });
  }
};

function onPostgres(connectionString: string): WithDatabase {
  return async work => {
    const name = `backfill_${process.pid}`;
    const admin = knex({ client: 'pg', connection: connectionString });
    const url = new URL(connectionString);
    url.pathname = `/${name}`;
    try {
      await admin.raw('create database ??', [name]);
      return await work({ client: 'pg', connectionString: url.href });
    } finally {
      await admin.raw('drop database if exists ?? with (force)', [name]);
      await admin.destroy();
    }
  };
}

async function withServer<T>(
  oneInFails: number,
  work: (server: FleetServer) => Promise<T>,
): Promise<T> {
  const server = await FleetServer.start(oneInFails);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** A whole fetch, then another hour. */
function measureFetch(withDatabase: WithDatabase) {
  return withServer(0, server =>
    withDatabase(async database => {
      const order = {
        url: server.url,
        database,
        timeoutSeconds: NORMAL_TIMEOUT_SECONDS,
      };
      const first = await fetchFleet({ ...order, refreshes: false });
      const queries = (await server.asked()).length;
      const both = await fetchFleet({ ...order, refreshes: true });
      const refreshQueries = (await server.asked()).length - queries;
      return { first, both, queries, refreshQueries };
    }),
  );
}

/** A fetch that is killed in the middle, and one that takes it up. */
function measureResumption(withDatabase: WithDatabase) {
  return withServer(0, server =>
    withDatabase(async database => {
      const order = {
        url: server.url,
        database,
        refreshes: false,
        timeoutSeconds: NORMAL_TIMEOUT_SECONDS,
      };
      await fetchFleet(order, { killAtShare: 0.5 });
      const before = await server.asked();
      const result = await fetchFleet(order);
      const all = await server.asked();
      const repeated = all
        .slice(before.length)
        .filter(query => before.includes(query));
      return { result, queries: all.length, repeated: repeated.length };
    }),
  );
}

/** A fetch from a server of which one answer in five fails. */
function measureFaults(withDatabase: WithDatabase) {
  return withServer(ONE_IN_FAILS, server =>
    withDatabase(async database => {
      const result = await fetchFleet({
        url: server.url,
        database,
        refreshes: false,
        timeoutSeconds: SHORT_TIMEOUT_SECONDS,
      });
      return { result, queries: (await server.asked()).length };
    }),
  );
}

async function measure(
  withDatabase: WithDatabase,
): Promise<Map<string, string>> {
  const fetched = await measureFetch(withDatabase);
  const resumed = await measureResumption(withDatabase);
  const faulty = await measureFaults(withDatabase);
  const { first, both } = fetched;
  if (!first || !both || !resumed.result || !faulty.result) {
    throw new Error('A fetch was killed that was to finish.');
  }
  const wrong =
    both.wrongHours + resumed.result.wrongHours + faulty.result.wrongHours;
  if (wrong > 0) {
    throw new Error(`${wrong} hours of services have wrong counts.`);
  }
  return new Map([
    ['first back-fill: queries', String(fetched.queries)],
    ['first back-fill: time', seconds(first.seconds)],
    ['first back-fill: peak resident memory', megabytes(first.peakBytes)],
    ['hourly refresh: queries', String(fetched.refreshQueries)],
    ['hourly refresh: time', seconds(both.refreshSeconds)],
    [
      'killed halfway and started again: queries repeated',
      `${resumed.repeated} (${(
        (100 * resumed.repeated) /
        fetched.queries
      ).toFixed(1)} %)`,
    ],
    [`one answer in ${ONE_IN_FAILS} fails: queries`, String(faulty.queries)],
    [
      `one answer in ${ONE_IN_FAILS} fails: time`,
      seconds(faulty.result.seconds),
    ],
    ['wrong counts in all of these', String(wrong)],
  ]);
}

/** Time that so many queries take at least. */
const atLeast = (queries: number) =>
  seconds((queries * DELAY_MS) / 1_000 / CONCURRENCY);

export const backfillSection: BenchmarkSection = {
  name: 'backfill',
  title: 'Fetching counts',

  async run({ connectionString, say }): Promise<ResultTable[]> {
    say('• SQLite');
    const sqlite = await measure(onSqlite);
    say('• PostgreSQL');
    const postgres = await measure(onPostgres(connectionString));
    const perService = SERVICES;
    const perDay = SERVICES * DAYS;
    return [
      {
        title: `${SERVICES} services, ${DAYS} days by the hour, each answer after ${DELAY_MS} ms`,
        columns: ['', 'SQLite', 'PostgreSQL'],
        rows: [...sqlite].map(([name, value]) => [
          name,
          value,
          postgres.get(name) ?? '',
        ]),
        notes: [
          'The times include reading what is stored already, and storing what was fetched. The process holds nothing but the fetching; its memory includes Node.js and the compiler of the sources.',
          `Faults are, in equal parts: 422, 503, 429, no answer within ${SHORT_TIMEOUT_SECONDS} s, truncated JSON, and a broken connection.`,
        ],
      },
      {
        title: 'Beside simpler plans (calculated)',
        columns: ['plan', 'queries', 'time of the answers alone, at least'],
        rows: [
          ['one query per service and day', String(perDay), atLeast(perDay)],
          ['one query per service', String(perService), atLeast(perService)],
        ],
        notes: [`${CONCURRENCY} queries are under way at a time.`],
      },
    ];
  },
};
