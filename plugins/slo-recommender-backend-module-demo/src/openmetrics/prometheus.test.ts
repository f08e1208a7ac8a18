import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import {
  type ChildProcess,
  execFile,
  spawn,
  spawnSync,
} from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DAY_MS, SimulatedCompany } from '../simulation';
import { collectSeries, type HourlySeries } from './hourlySeries';
import { writeOpenMetrics } from './writeOpenMetrics';

const ANCHOR = Date.UTC(2026, 0, 31);
const RANGE = { from: new Date(ANCHOR - 30 * DAY_MS), to: new Date(ANCHOR) };

const missing = ['prometheus', 'promtool'].filter(
  tool => spawnSync(tool, ['--version']).error,
);
if (missing.length) {
  const notice = `${missing.join(
    ' and ',
  )} not found: install the system package prometheus to compare the OpenMetrics export with what Prometheus makes of it.`;
  if (process.env.CI_REQUIRE_SYSTEM_PACKAGES === 'true') {
    throw new Error(notice);
  }
  // eslint-disable-next-line no-console
  console.warn(`Skipped: ${notice}`);
}

interface RangeAnswer {
  data: {
    result: { metric: Record<string, string>; values: [number, string][] }[];
  };
}

/** A port that nobody listens on at the moment. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : NaN;
}

/** The increase over each hour of the range, by the values of the labels that are summed by. */
async function increases(
  address: string,
  metric: string,
  ...labels: string[]
): Promise<Map<string, Float64Array>> {
  const response = await fetch(`http://${address}/api/v1/query_range`, {
    method: 'POST',
    body: new URLSearchParams({
      query: `sum by (${labels.join(', ')}) (increase(${metric}[1h]))`,
      start: String(RANGE.from.getTime() / 1000 + 3600),
      end: String(RANGE.to.getTime() / 1000),
      step: '3600',
    }),
  });
  const answer: RangeAnswer = await response.json();
  const hours = (RANGE.to.getTime() - RANGE.from.getTime()) / HOUR_MS;
  return new Map(
    answer.data.result.map(({ metric: found, values }) => {
      const counts = new Float64Array(hours).fill(NaN);
      for (const [seconds, value] of values) {
        counts[(seconds * 1000 - RANGE.from.getTime()) / HOUR_MS - 1] =
          Number(value);
      }
      return [labels.map(label => found[label]).join(' → '), counts];
    }),
  );
}

(missing.length ? describe.skip : describe)(
  'the OpenMetrics export in a real Prometheus',
  () => {
    const company = new SimulatedCompany({ anchor: new Date(ANCHOR) });
    const services = new Map<string, HourlySeries>();
    const dependencies = new Map<string, HourlySeries>();
    /** Requests that took as long or less, by service and bound in milliseconds. */
    const latencies = new Map<string, Float64Array>();
    let address: string;
    let folder: string;
    let prometheus: ChildProcess;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'simulated-company-'));
      const metrics = createWriteStream(join(folder, 'metrics.om'));
      await writeOpenMetrics(company, { ...RANGE, now: ANCHOR }, metrics);
      metrics.end();
      await finished(metrics);
      await promisify(execFile)('promtool', [
        ...['tsdb', 'create-blocks-from', 'openmetrics', '--quiet'],
        '--max-block-duration=768h',
        join(folder, 'metrics.om'),
        join(folder, 'data'),
      ]);
      await writeFile(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
      address = `127.0.0.1:${await findFreePort()}`;
      prometheus = spawn(
        'prometheus',
        [
          `--config.file=${join(folder, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(folder, 'data')}`,
          '--storage.tsdb.retention.time=50y',
          `--web.listen-address=${address}`,
          '--log.level=error',
        ],
        { stdio: 'inherit' },
      );
      for (let ready = false; !ready;) {
        if (prometheus.exitCode !== null) {
          throw new Error(`prometheus ended with ${prometheus.exitCode}`);
        }
        await delay(100);
        ready = await fetch(`http://${address}/-/ready`).then(
          response => response.ok,
          () => false,
        );
      }
      const series = await collectSeries(company, RANGE, ANCHOR);
      series.services.forEach((counts, name) => {
        if (company.find(name)?.instrumented) services.set(name, counts);
      });
      series.latencies.forEach(({ boundsSeconds, counts }, name) => {
        let below = new Float64Array(counts[0].length);
        counts.forEach((bucket, index) => {
          below = below.map((sum, hour) => sum + bucket[hour]);
          const bound = boundsSeconds.at(index);
          const le = bound === undefined ? '+Inf' : Math.round(bound * 1_000);
          latencies.set(`${name} → ${le}`, below);
        });
      });
      series.dependencies.forEach((counts, i) => {
        const { client, server } = company.company.dependencies[i];
        if (counts.calls.some(count => count > 0)) {
          dependencies.set(`${client} → ${server}`, counts);
        }
      });
    }, 120_000);

    afterAll(async () => {
      if (prometheus?.exitCode === null) {
        const ended = once(prometheus, 'exit');
        prometheus.kill();
        await ended;
      }
      if (folder) await rm(folder, { recursive: true });
    });

    const pick = (counts: Map<string, HourlySeries>, key: keyof HourlySeries) =>
      new Map([...counts].map(([name, series]) => [name, series[key]]));

    it('gives back the requests of every service in every hour', async () => {
      const total = await increases(
        address,
        'traces_span_metrics_calls_total',
        'service_name',
      );
      expect(total.size).toBeGreaterThan(20);
      expect(total).toEqual(pick(services, 'calls'));
    });

    it('gives back the failures of every service in every hour', async () => {
      const bad = await increases(
        address,
        'traces_span_metrics_calls_total{status_code="STATUS_CODE_ERROR"}',
        'service_name',
      );
      expect(bad).toEqual(pick(services, 'failed'));
    });

    it('gives back the latencies of every service in every hour', async () => {
      const buckets = await increases(
        address,
        'traces_span_metrics_duration_milliseconds_bucket',
        ...['service_name', 'le'],
      );
      expect(buckets.size).toBeGreaterThan(20 * 16);
      expect(buckets).toEqual(latencies);
    });

    it('gives back the calls and failures of every dependency in every hour', async () => {
      const labels = ['client', 'server'];
      expect(
        await increases(
          address,
          'traces_service_graph_request_total',
          ...labels,
        ),
      ).toEqual(pick(dependencies, 'calls'));
      expect(
        await increases(
          address,
          'traces_service_graph_request_failed_total',
          ...labels,
        ),
      ).toEqual(pick(dependencies, 'failed'));
    });
  },
);
