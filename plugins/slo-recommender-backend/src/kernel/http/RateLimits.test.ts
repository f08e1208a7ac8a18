import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { AS_OF, describeOnDatabases } from '../../__testUtils__/shop';
import { readSloRecommenderConfig } from '../config/readSloRecommenderConfig';
import { RateLimits } from './RateLimits';

jest.setTimeout(60_000);

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('RateLimits on %s', databaseId => {
  afterEach(() => jest.restoreAllMocks());

  /** Two replicas, under a limit of three orders. */
  async function create() {
    const database = await openTestDatabase(databases, databaseId);
    const config = readSloRecommenderConfig(
      new ConfigReader({ sloRecommender: { rateLimits: { analyze: 3 } } }),
    );
    const logger = mockServices.logger.mock();
    const kernel = { config, database, logger, now: () => new Date() };
    const replicas = [new RateLimits(kernel), new RateLimits(kernel)];
    const results = (calls: [replica: number, caller: string][]) =>
      Promise.all(
        calls.map(([replica, caller]) =>
          replicas[replica].count('analyze', caller).then(
            () => 'counted',
            error => error,
          ),
        ),
      );
    return { database, replicas, results };
  }

  it('counts the calls of a caller over all replicas, also those that come at once', async () => {
    const { results } = await create();
    const calls = await results([
      [0, ADA],
      [1, ADA],
      [0, ADA],
      [1, ADA],
      [0, BOB],
    ]);
    const refused = calls.filter(one => one !== 'counted');
    expect(refused).toEqual([
      expect.objectContaining({
        statusCode: 429,
        message: expect.stringMatching(
          /^You have called analyze 3 times in a minute\. Call it again in \d+ s.*sloRecommender\.rateLimits\.analyze/,
        ),
      }),
    ]);
    expect(refused[0].retryAfterSeconds).toBeGreaterThan(0);
    expect(refused[0].retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(calls[4]).toBe('counted');
  });

  it('counts anew after a minute, stores no name, and deletes what is over', async () => {
    const { database, replicas, results } = await create();
    await results(Array.from({ length: 4 }, () => [0, ADA]));
    const later = Date.now() + 61_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    await expect(results([[1, ADA]])).resolves.toEqual(['counted']);
    const rows = await database('rate_limits');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('ada');
    const [task] = replicas[0].tasks ?? [];
    await database('rate_limits').update({ expire: 1 });
    await task.fn(new AbortController().signal);
    await expect(database('rate_limits')).resolves.toEqual([]);
  });

  it('counts operations without a limit nowhere', async () => {
    const { database, replicas } = await create();
    await replicas[0].count('getStatus', ADA);
    await expect(database('rate_limits')).resolves.toEqual([]);
  });

  it('goes on in the memory of each replica while its table cannot be used', async () => {
    const { database, results } = await create();
    await database.schema.dropTable('rate_limits');
    const calls = await results(
      Array.from({ length: 4 }, () => [0, ADA] as [number, string]),
    );
    expect(calls.map(one => one.statusCode ?? one)).toEqual([
      'counted',
      'counted',
      'counted',
      429,
    ]);
    await expect(results([[1, ADA]])).resolves.toEqual(['counted']);
  });
});

describeOnDatabases('limits of the API', ({ start }) => {
  it('refuse a caller before the body is read, with the time to wait, and let others and reads pass', async () => {
    const { get, post } = await start({
      config: { rateLimits: { reportDependencies: 2 } },
    });
    const report = (token: string) =>
      post('/services/dependencies', {
        source: 'mesh',
        edges: [{ source: 'a', target: 'b' }],
      }).set('Authorization', token);
    const ada = mockCredentials.user.header(ADA);
    await report(ada).expect(200);
    await report(ada).expect(200);
    const refused = await post('/services/dependencies', {})
      .set('Authorization', ada)
      .set('Content-Type', 'application/json')
      .send('{')
      .expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.error.name).toBe('TooManyRequestsError');
    await report(mockCredentials.user.header(BOB)).expect(200);
    await get('/services').set('Authorization', ada).expect(200);
  });

  it('let reads pass while they cannot be counted', async () => {
    const { analyse, get, knex } = await start();
    await analyse({ asOf: AS_OF });
    await knex.schema.dropTable('rate_limits');
    await get('/services').expect(200);
    await expect(analyse({ asOf: AS_OF })).resolves.toMatchObject({
      status: 'completed',
    });
  });

  it('stand beside those of Backstage, which go by the address', async () => {
    const { get } = await start({
      backendConfig: {
        rateLimit: {
          plugin: {
            'slo-recommender': {
              window: '1m',
              incomingRequestLimit: 2,
              ipAllowList: ['192.0.2.1'],
            },
          },
        },
      },
    });
    const statuses: number[] = [];
    for (const caller of [ADA, ADA, BOB]) {
      const token = mockCredentials.user.header(caller);
      const answer = await get('/services').set('Authorization', token);
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});
