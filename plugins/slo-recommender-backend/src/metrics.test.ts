import { spawnSync } from 'child_process';
import { mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { createServer } from 'http';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { setTimeout } from 'timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { aComponent } from './__testUtils__/entities';
import {
  AS_OF,
  aSource,
  checkout,
  describeOnDatabases,
  payment,
} from './__testUtils__/shop';
import { AnalysisStore } from './analyses';

jest.setTimeout(120_000);

const SERVICE = mockCredentials.service.header();

const promtool = (args: string[], input: string) =>
  spawnSync('promtool', args, { input, encoding: 'utf8' });

const hasPromtool = !spawnSync('promtool', ['--version']).error;
if (!hasPromtool && process.env.CI_REQUIRE_SYSTEM_PACKAGES === 'true') {
  throw new Error('promtool not found: install the system package prometheus.');
}

const readGuide = () =>
  readFile(resolve(__dirname, '../../../docs/operations.md'), 'utf8');

/** A server that asks to be left alone for an hour. */
async function startThrottling() {
  const server = createServer((_, res) =>
    res.writeHead(429, { 'retry-after': '3600' }).end(),
  );
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise(done => server.close(done)),
  };
}

async function scrape(
  { url }: { url: string },
  authorization: string = SERVICE,
) {
  const response = await fetch(`${url}/api/slo-recommender/metrics`, {
    headers: { authorization },
  });
  return { status: response.status, text: await response.text() };
}

const namesIn = (text: string) =>
  [...text.matchAll(/^# TYPE (slo_recommender_\S+)/gm)].map(([, name]) => name);

/** Series of a metric with their values, its buckets and sums among them. */
const seriesOf = (text: string, name: string) =>
  text
    .split('\n')
    .filter(line => new RegExp(`^${name}(_bucket|_sum|_count)?[{ ]`).test(line))
    .sort();

describeOnDatabases('GET /metrics', ({ start }) => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const stop of stops.splice(0)) await stop();
  });

  it.each([
    ['service', { service: 200, user: 403, none: 401 }],
    ['authenticated', { service: 200, user: 200, none: 401 }],
    ['public', { service: 200, user: 200, none: 200 }],
    ['off', { service: 404, user: 404 }],
    [undefined, { service: 200, user: 403, none: 401 }],
  ])('answers those that access: %s admits', async (access, expected) => {
    const backend = await start({ config: { metrics: { access } } });
    const headers: Record<string, string> = {
      service: SERVICE,
      user: mockCredentials.user.header(),
      none: mockCredentials.none.header(),
    };
    const statuses = await Promise.all(
      Object.keys(expected).map(async who => [
        who,
        (await scrape(backend, headers[who])).status,
      ]),
    );
    expect(Object.fromEntries(statuses)).toEqual(expected);
  });

  it('shows every metric change, and is documented in full', async () => {
    const throttling = await startThrottling();
    stops.push(throttling.stop);
    const source = aSource();
    const backend = await start({
      sources: [source],
      entities: [
        checkout,
        payment,
        aComponent('throttled', {
          annotations: { 'slo-recommender.io/datasource': 'down' },
        }),
      ],
      config: {
        datasources: [
          { id: 'fake', type: 'fake' },
          { id: 'down', type: 'prometheus', url: throttling.url },
        ],
      },
    });
    const before = await scrape(backend);
    await backend.get('/services').expect(200);
    await backend.get('/services/component/default/nobody').expect(404);
    await expect(backend.analyse({ asOf: AS_OF })).resolves.toMatchObject({
      status: 'completed',
    });
    let open = () => {};
    source.gate = new Promise(done => {
      open = done;
    });
    for (const asOf of ['2023-06-29T12:00:00Z', '2023-06-28T12:00:00Z']) {
      await backend.post('/analyze', { asOf }).expect(202);
    }
    while (!(await backend.get('/status')).body.activeAnalysis) {
      await setTimeout(20);
    }
    const clockIsWrong = jest
      .spyOn(Date, 'now')
      .mockImplementation(
        () => performance.timeOrigin + performance.now() + 9e6,
      );
    // figures are read once in five seconds
    const now = performance.now.bind(performance);
    const later = jest
      .spyOn(performance, 'now')
      .mockImplementation(() => now() + 5_100);
    const after = await scrape(backend);
    later.mockRestore();
    clockIsWrong.mockRestore();
    open();

    const names = namesIn(after.text);
    expect(namesIn(before.text)).toEqual(names);
    const unchanged = names.filter(
      name =>
        seriesOf(before.text, name).join() ===
        seriesOf(after.text, name).join(),
    );
    expect(unchanged).toEqual(['slo_recommender_figures_read_success']);
    for (const line of [
      'slo_recommender_http_requests_total{operation="listServices",status="200"} 1',
      'slo_recommender_analyses_total{trigger="request",outcome="completed"} 1',
      'slo_recommender_analysis_queue_length{status="queued"} 1',
      'slo_recommender_analysis_queue_length{status="running"} 1',
      'slo_recommender_lease_held{lease="analysis"} 1',
      'slo_recommender_datasource_state{datasource="fake",state="ok"} 1',
      'slo_recommender_datasource_state{datasource="down",state="failing"} 1',
      `slo_recommender_datasource_data_until_timestamp_seconds{datasource="fake"} ${Date.parse(AS_OF) / 1_000}`,
    ]) {
      expect(after.text.split('\n')).toContain(line);
    }
    // on a slow machine the pause is over, and the next request will try again
    expect(after.text).toMatch(
      /^slo_recommender_datasource_breaker_state{datasource="down",state="(open|half_open)"} 1$/m,
    );
    expect(after.text).toMatch(
      /^slo_recommender_datasource_requests_total{datasource="down",outcome="throttled"} [1-9]/m,
    );
    expect(after.text).not.toContain(
      'last_success_timestamp_seconds{datasource="down"}',
    );

    const guide = await readGuide();
    const rows = [...guide.matchAll(/^\| `(slo_recommender_\w+)`/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(names.sort());
  });

  it('leaves out what the database does not answer', async () => {
    jest
      .spyOn(AnalysisStore.prototype, 'countActive')
      .mockRejectedValue(new Error('connection lost'));
    const { status, text } = await scrape(await start());
    expect(status).toBe(200);
    expect(seriesOf(text, 'slo_recommender_analysis_queue_length')).toEqual([]);
    const read = seriesOf(text, 'slo_recommender_figures_read_success');
    expect(read).toContain(
      'slo_recommender_figures_read_success{figures="queue"} 0',
    );
    expect(read).toContain(
      'slo_recommender_figures_read_success{figures="datasources"} 1',
    );
  });

  it('shows for how long the event loop was blocked', async () => {
    const backend = await start();
    await scrape(backend);
    // the first tick after a scrape begins the measurement
    await setTimeout(50);
    const until = performance.now() + 200;
    while (performance.now() < until);
    await setTimeout(50);
    const { text } = await scrape(backend);
    const [line] = seriesOf(text, 'nodejs_eventloop_lag_max_seconds');
    expect(Number(line.split(' ')[1])).toBeGreaterThan(0.15);
  });

  it('has no label whose number of values grows with the catalog', async () => {
    const seriesWith = async (services: number) => {
      const backend = await start({
        entities: Array.from({ length: services }, (_, i) =>
          aComponent(`service-${i}`),
        ),
      });
      await backend.analyse({ asOf: AS_OF });
      for (let i = 0; i < services; i++) {
        await backend
          .get(`/services/component/default/service-${i}`)
          .expect(200);
      }
      const { text } = await scrape(backend);
      return (
        text
          .split('\n')
          .filter(line => line.startsWith('slo_recommender_'))
          .map(line => line.slice(0, line.lastIndexOf(' ')))
          // figures are read side by side and listed as they arrive
          .sort()
      );
    };
    const [few, many] = [await seriesWith(2), await seriesWith(40)];
    expect(many).toEqual(few);
    const labels = new Set(
      many.flatMap(series =>
        [...series.matchAll(/[{,](\w+)="/g)].map(([, label]) => label),
      ),
    );
    expect([...labels].sort()).toEqual(
      [
        'datasource',
        'event',
        'figures',
        'le',
        'lease',
        'operation',
        'outcome',
        'state',
        'status',
        'trigger',
      ].sort(),
    );
  });

  (hasPromtool ? describe : describe.skip)('beside promtool', () => {
    it('satisfies it, as do the rules of the guide', async () => {
      const { text } = await scrape(await start());
      const ours = text
        .split('\n')
        .filter(line => line.includes('slo_recommender_'))
        .join('\n');
      expect(promtool(['check', 'metrics'], `${ours}\n`)).toMatchObject({
        stdout: '',
        stderr: '',
        status: 0,
      });
      const guide = await readGuide();
      const rules = /^```yaml\n(groups:\n[^]*?)^```/m.exec(guide)?.[1] ?? '';
      const used = new Set(rules.match(/slo_recommender_[a-z_]+/g));
      expect(used.size).toBeGreaterThanOrEqual(3);
      for (const name of used) expect(namesIn(text)).toContain(name);
      const folder = await mkdtemp(join(tmpdir(), 'rules-'));
      const file = join(folder, 'rules.yml');
      await writeFile(file, rules);
      const checked = promtool(['check', 'rules', file], '');
      await rm(folder, { recursive: true });
      expect(checked.stdout).toContain('SUCCESS: 3 rules found');
    });
  });
});
