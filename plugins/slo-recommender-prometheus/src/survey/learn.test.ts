import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { createSource } from '../testing/createSource';
import { labels, matrix, reply } from '../__testUtils__/prometheusReplies';
import {
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scriptedServer';

const TO = new Date('2026-03-10T12:00:00Z');
const RANGE = { from: new Date(TO.getTime() - 28 * 24 * HOUR_MS), to: TO };
const LAST_DAYS = { from: new Date(TO.getTime() - 7 * 24 * HOUR_MS), to: TO };
const SERVICES = [
  { entityRef: 'component:default/cart', telemetryNames: ['cart'] },
];

describe('what a source learns', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.stop());

  const answerWith = (warnings: string[] = []) =>
    reply(
      server,
      () => labels(['cart'], warnings.length > 0 ? { warnings } : {}),
      () => matrix([]),
    );
  const asked = () =>
    server.requests.map(({ path, parameters }) => `${path}?${parameters}`);
  const inventories = () =>
    asked().filter(question => question.includes('/label/__name__/'));

  it('is asked once, whatever shorter range is asked for next', async () => {
    answerWith();
    const source = createSource(server.url);
    await source.learn(RANGE);
    await source.fetchDependencies(LAST_DAYS);
    await source.fetchHourlyCounts(SERVICES, RANGE);
    expect(new Set(asked()).size).toBe(asked().length);
    expect(inventories()).toHaveLength(1);
  });

  it('is asked for its metrics by a URL that servers and proxies take', async () => {
    answerWith();
    await createSource(server.url).learn(RANGE);
    expect(inventories()[0].length).toBeLessThan(7_500);
  });

  it('is not asked again by a run that takes up one that was cut off', async () => {
    answerWith();
    const known = await createSource(server.url).learn(RANGE);
    expect(asked()).not.toEqual([]);
    answerWith();
    await expect(
      createSource(server.url).learn(RANGE, { known }),
    ).resolves.toBe(known);
    expect(asked()).toEqual([]);
  });

  it('is asked again for another range', async () => {
    answerWith();
    const known = await createSource(server.url).learn(RANGE);
    answerWith();
    await createSource(server.url).learn(LAST_DAYS, { known });
    expect(inventories()).toHaveLength(1);
  });

  it('is not kept where the server answered in part', async () => {
    answerWith(['store-3 is down']);
    await expect(createSource(server.url).learn(RANGE)).resolves.toBe('[]');
  });

  it('has nothing of what was asked outside', async () => {
    answerWith();
    const source = createSource(server.url);
    const longer = { from: new Date(RANGE.from.getTime() - HOUR_MS), to: TO };
    await source.fetchHourlyCounts(SERVICES, longer);
    const outside = asked().length;
    const learnt: [question: string, answer: string][] = JSON.parse(
      await source.learn(RANGE),
    );
    expect(learnt.map(([question]) => question)).toEqual(
      asked().slice(outside),
    );
  });

  it('is not asked for further once the server has refused an answer', async () => {
    let isRefusing = true;
    server.answer(({ path }, response) => {
      const isLabels = path.endsWith('/labels');
      const names = path.endsWith('/label/__name__/values')
        ? ['traces_span_metrics_calls_total', 'istio_requests_total']
        : [];
      const data = path.endsWith('/query_range')
        ? { resultType: 'matrix', result: [] }
        : names;
      response
        .writeHead(isLabels && isRefusing ? 500 : 200)
        .end(JSON.stringify({ status: 'success', data }));
    });
    const source = createSource(server.url, { maxConcurrency: 1 });
    await expect(source.learn(RANGE)).rejects.toThrow('HTTP 500');
    isRefusing = false;
    await source.learn(RANGE);
    const paths = server.requests.map(({ path }) => path.split('/').at(-1));
    // names of metrics, the labels refused; names of metrics again
    expect(paths.slice(0, 3)).toEqual(['values', 'labels', 'values']);
  });

  it.each(['{}', '[["question"]]', '[["question","answer"]]'])(
    'is asked where what is known is %s',
    async known => {
      answerWith();
      await createSource(server.url).learn(RANGE, { known });
      expect(asked()).not.toEqual([]);
    },
  );
});
