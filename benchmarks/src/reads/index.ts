import { formatCount } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { onPostgres, onSqlite } from '../report/databases';
import { formatMs, median } from '../report/figures';
import type { BenchmarkSection, ResultTable } from '../Section';
import { type Portal, type Response, startPortal } from './startPortal';

const SIZES = [1_000, 5_000];

const WARM_UP = 75;
const REQUESTS = 225;
/** Requests between two readings of the processor's clock; the median of the batches counts. */
const BATCH = 25;

const ORDERS = [
  ...['title', 'owner', 'verdict', 'achieved', 'requests'],
  ...['promisedObjective', 'recommendedObjective', 'budgetRemaining'],
].flatMap(field => [`${field},asc`, `${field},desc`]);

/** Each with an answer of its own, of about 50 services. */
const listPath = (index: number) =>
  `/v1/services?orderBy=${ORDERS[index % ORDERS.length]}&limit=${
    41 + Math.floor(index / ORDERS.length)
  }`;

const recommendationPath = (index: number) =>
  `/v1/services/component/default/service-${index}/slo-recommendations`;

/** Processor time of one request in milliseconds, that of the client in the same process included. */
async function costOf(
  send: (index: number) => Promise<Response>,
  status = 200,
): Promise<number> {
  const costs: number[] = [];
  let before = process.cpuUsage();
  for (let index = 0; index < WARM_UP + REQUESTS; index++) {
    if (index >= WARM_UP && index % BATCH === 0) before = process.cpuUsage();
    const response = await send(index);
    if (response.status !== status) {
      throw new Error(`Answered ${response.status} instead of ${status}.`);
    }
    if (index >= WARM_UP && index % BATCH === BATCH - 1) {
      const { user, system } = process.cpuUsage(before);
      costs.push((user + system) / 1_000 / BATCH);
    }
  }
  return median(costs);
}

async function measure(portal: Portal): Promise<string[][]> {
  const { get } = portal;
  const ofBackstage = () => costOf(() => get(portal.baseline));
  const baselines = [await ofBackstage()];
  const { etag } = await get(recommendationPath(0));
  const costs: [string, number][] = [
    ['list, first', await costOf(index => get(listPath(index)))],
    ['list, repeated', await costOf(() => get(listPath(0)))],
    ['recommendation, first', await costOf(i => get(recommendationPath(i)))],
    [
      'recommendation, repeated',
      await costOf(() => get(recommendationPath(0))),
    ],
    [
      'recommendation, not modified',
      await costOf(() => get(recommendationPath(0), etag), 304),
    ],
  ];
  baselines.push(await ofBackstage());
  const baseline = median(baselines);
  return costs.map(([request, cost]) => [
    request,
    ...[cost, baseline, cost - baseline].map(formatMs),
    '≤ 3 ms',
  ]);
}

export const readsSection: BenchmarkSection = {
  name: 'reads',
  title: 'Cost of reads',

  async run({ connectionString, say }): Promise<ResultTable[]> {
    const tables: ResultTable[] = [];
    for (const [name, withDatabase] of [
      ['SQLite', onSqlite],
      ['PostgreSQL', onPostgres(connectionString)],
    ] as const) {
      for (const services of SIZES) {
        say(`• ${name}, ${formatCount(services)} services`);
        const rows = await withDatabase(async (database: Knex) => {
          const portal = await startPortal(database, services);
          try {
            return await measure(portal);
          } finally {
            await portal.stop();
          }
        });
        tables.push({
          title: `Processor time of one request, ${formatCount(services)} services: ${name}`,
          columns: ['request', 'ours', 'Backstage alone', 'beyond', 'target'],
          rows,
          notes: [
            `Client and backend in one process; a service token that is verified for each request; a caller who may read some entities of the catalog, and reads all services. “Backstage alone” is a route that authenticates the caller and asks for one permission. First: ${REQUESTS} requests whose answer nobody asked for before. Medians of batches of ${BATCH} requests; lists have about 50 services.`,
          ],
        });
      }
    }
    return tables;
  },
};
