import { randomBytes } from 'crypto';
import { setTimeout } from 'timers/promises';
import knexFactory, { type Knex } from 'knex';
import {
  createReplica,
  type Replica,
  type ReplicaReport,
} from '../../__testUtils__/createReplica';
import { drillRuns } from '../../__testUtils__/propertyRuns';

jest.setTimeout(600_000);

const REPLICAS = 3;
const connection =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
if (!connection) {
  throw new Error('PostgreSQL is missing: run the tests with `npm test`.');
}

/** A failure of Backstage itself, whose keys of plugins have tables in the same database. */
const isOfBackstage = ({ error }: ReplicaReport) =>
  error?.includes("Failed to instantiate service 'core.auth'");

describe('replicas on one PostgreSQL', () => {
  const admin = knexFactory({ client: 'pg', connection });
  let replicas: Replica[];
  let prefix: string;
  let database: Knex;

  beforeAll(async () => {
    replicas = await Promise.all(
      Array.from({ length: REPLICAS }, createReplica),
    );
  });
  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    await admin.destroy();
  });
  beforeEach(() => {
    prefix = `replicas_${randomBytes(6).toString('hex')}_`;
    database = knexFactory({
      client: 'pg',
      connection: Object.assign(new URL(connection), {
        pathname: `/${prefix}slo-recommender`,
      }).href,
    });
  });

  const config = () => ({
    backend: {
      baseUrl: 'http://portal.invalid',
      listen: { host: '127.0.0.1', port: 0 },
      database: { client: 'pg', connection, prefix },
    },
  });

  afterEach(async () => {
    await Promise.all(replicas.map(replica => replica.stop()));
    await database.destroy();
    await admin.raw('drop database if exists ?? with (force)', [
      `${prefix}slo-recommender`,
    ]);
  });

  it.each(
    Array.from({ length: drillRuns(2, 20) }, (_, round) => [
      round + 1,
      round % 2 ? 'has the empty database' : 'is empty',
    ]),
  )('are all ready in round %d, in which it %s', async (_, state) => {
    if (state !== 'is empty') {
      await admin.raw('create database ??', [`${prefix}slo-recommender`]);
    }
    const reports = await Promise.all(
      replicas.map(replica => replica.start(config())),
    );
    expect(reports.filter(one => one.error && !isOfBackstage(one))).toEqual([]);

    // the remedy of docs/operations.md for tables of Backstage: free the lock, then start one after the other
    for (const [index, report] of reports.entries()) {
      if (!report.error) continue;
      await replicas[index].stop();
      await database(
        'backstage_backend_public_keys__knex_migrations_lock',
      ).delete();
      reports[index] = await replicas[index].start(config());
    }
    expect(reports).toEqual(Array(REPLICAS).fill({ warnings: [] }));
    const tasks = database('backstage_backend_tasks__tasks').pluck('id');
    await expect(tasks).resolves.toContain('slo-recommender-schedule');
  });

  it.each(Array.from({ length: drillRuns(1, 20) }, (_, round) => round + 1))(
    'are ready though one is killed while it starts, in round %d',
    async round => {
      const [killed, ...others] = replicas;
      const cutOff = killed.start(config()).catch(error => error);
      await setTimeout(100 + 40 * round);
      await killed.kill();
      await expect(cutOff).resolves.toBeDefined();
      replicas[0] = await createReplica();
      for (const replica of [...others, replicas[0]]) {
        await expect(replica.start(config())).resolves.toEqual({
          warnings: [],
        });
      }
    },
  );
});
