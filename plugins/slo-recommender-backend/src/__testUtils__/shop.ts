import { createTestDatabases, openTestDatabase } from './databases';
import { aComponent } from './entities';
import { FakeTelemetrySource } from './FakeTelemetrySource';
import { startBackend } from './startBackend';
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';

/** An instant of which the sources of the shop have telemetry, long before now. */
export const AS_OF = '2023-06-30T12:00:00.000Z';

export const CHECKOUT = '/services/component/default/checkout';

export const checkout = aComponent('checkout', {
  title: 'Checkout',
  annotations: { 'slo-recommender.io/availability-objective': '99.5' },
  relations: [{ type: 'dependsOn', targetRef: 'component:default/payment' }],
});
export const payment = aComponent('payment');
export const silent = aComponent('silent');

/** One failure in a thousand; `silent` is never heard of. */
export function aSource(id = 'fake') {
  const source = new FakeTelemetrySource(id);
  source.counts = name =>
    name === 'silent' ? undefined : { total: 1_000, bad: 1 };
  return source;
}

const databases = createTestDatabases();

/** Runs tests on every database, with `start` for a backend that serves the shop and ends after the test. */
export function describeOnDatabases(
  subject: string,
  tests: (context: {
    start: (
      options?: Partial<Parameters<typeof startBackend>[0]>,
      database?: Knex,
    ) => Promise<Awaited<ReturnType<typeof startBackend>> & { knex: Knex }>;
    createDatabase: () => Promise<Knex>;
  }) => void,
): void {
  describe.each(databases.eachSupportedId())(
    `${subject} on %s`,
    (databaseId: TestDatabaseId) => {
      const stops: (() => Promise<void>)[] = [];
      afterEach(async () => {
        for (const stop of stops.splice(0)) await stop();
      });
      const createDatabase = () => openTestDatabase(databases, databaseId);
      tests({
        createDatabase,
        async start(options = {}, database) {
          const knex = database ?? (await createDatabase());
          const backend = await startBackend({
            database: knex,
            entities: [checkout, payment, silent],
            sources: [aSource()],
            ...options,
          });
          stops.push(backend.stop);
          return { ...backend, knex };
        },
      });
    },
  );
}
