import {
  DAY_MS,
  HOUR_MS,
  type CountSeries,
} from 'backstage-plugin-slo-recommender-engine';
import type { ResultTable } from '../../Section';
import { PROMISE_COLUMNS, promiseRow } from './promises';
import { readRecording } from './readCsv';
import { promisesOf } from './recommend';

const FILE = 'petshop/low_traffic/noissue/metrics.csv';
const BINS_IN_HOUR = 12;

/** Counts per hour of each service of the recording, whose bins are 5 minutes. Blanks mean no traffic. */
function readServices(rows: readonly string[][]): CountSeries[] {
  const [names, metrics, , , ...bins] = rows;
  const startMs = 1_000 * Number(bins[0][0]);
  const hours = Math.floor(bins.length / BINS_IN_HOUR);
  const columnOf = (service: string, metric: string) =>
    names.findIndex((name, i) => name === service && metrics[i] === metric);
  return [...new Set(names.slice(1))].map(service => {
    const requests = columnOf(service, 'requests');
    const availability = columnOf(service, 'availability');
    const total = new Float64Array(hours);
    const bad = new Float64Array(hours);
    for (const bin of bins) {
      const hour = Math.floor((1_000 * Number(bin[0]) - startMs) / HOUR_MS);
      if (hour < hours && bin[availability]) {
        const count = Number(bin[requests]);
        total[hour] += count;
        bad[hour] += count * (1 - Number(bin[availability]) / 100);
      }
    }
    return { startMs, total, bad: bad.map(Math.round) };
  });
}

/** The second day of a recorded application, promised from the first; undefined where the recording is missing. */
export function petshopTable(): ResultTable | undefined {
  const rows = readRecording(FILE);
  if (!rows) return undefined;
  const services = readServices(rows);
  const asOfMs = services[0].startMs + DAY_MS;
  const promises = promisesOf(services, { asOfMs, windowMs: DAY_MS });
  return {
    title: 'PetShop: the second day, promised from the first',
    columns: PROMISE_COLUMNS,
    rows: promises.map(({ name, promises: made }) => promiseRow(name, made)),
    notes: [
      `${services.length} nodes of a pet adoption application on AWS, normal operation at low traffic, window of 1 day; those without a request on the second day are left out. The naive ladder promises the highest rung that the first day reached. Source: amazon-science/petshop-root-cause-analysis, CC-BY-4.0.`,
    ],
  };
}
