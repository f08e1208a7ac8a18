// A process that fetches the fleet and tells its parent how it went; the parent may kill it.
import { knex } from 'knex';
import {
  FleetFetch,
  openDatabase,
} from 'backstage-plugin-slo-recommender-backend/src/testing';
import { SyntheticFleet } from 'backstage-plugin-slo-recommender-prometheus/testing';
import {
  type DatabaseConfig,
  type FetchMessage,
  type FetchOrder,
  HOUR_LATER,
  RANGE,
  SERVICES,
} from './scenario';

function tell(message: FetchMessage) {
  process.send?.(message);
}

function connect(database: DatabaseConfig) {
  return database.client === 'pg'
    ? knex({ client: 'pg', connection: database.connectionString })
    : knex({
        client: 'better-sqlite3',
        connection: { filename: database.filename },
        useNullAsDefault: true,
      });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

async function main(order: FetchOrder) {
  const database = connect(order.database);
  await openDatabase({ getClient: async () => database });
  const fetch = new FleetFetch({
    fleet: new SyntheticFleet(SERVICES),
    knex: database,
    entry: { url: order.url, timeout: { seconds: order.timeoutSeconds } },
    now: () => new Date(HOUR_LATER.to.getTime()),
  });
  const run = (range: typeof RANGE) =>
    timed(async () => {
      const { failed } = await fetch.run(range, {
        onProgress: ({ share }) => tell({ kind: 'progress', share }),
      });
      if (failed) tell({ kind: 'failed', message: failed.message });
    });
  tell({ kind: 'fetched', seconds: await run(RANGE) });
  if (order.refreshes) {
    tell({ kind: 'refreshed', seconds: await run(HOUR_LATER) });
  }
  const peakBytes = process.resourceUsage().maxRSS * 1_024;
  const wrongHours = await fetch.countWrong(
    order.refreshes ? HOUR_LATER : RANGE,
  );
  tell({ kind: 'done', wrongHours, peakBytes });
  await database.destroy();
  process.disconnect?.();
}

process.on('disconnect', () => process.exit());

main(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
