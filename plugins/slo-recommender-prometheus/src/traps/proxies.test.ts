import type { JsonObject, JsonValue } from '@backstage/types';
import type { HourlyCountsAnswer } from 'backstage-plugin-slo-recommender-node';
import {
  describeWith,
  PROMETHEUS,
  type RecordedServer,
} from '../__testUtils__/recordedServers';
import { RANGE, RECORDING } from '../__testUtils__/telemetryRecording';
import { createSource } from '../testing/createSource';
import {
  type ReceivedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scriptedServer';

interface Reply {
  status: number;
  content: JsonValue;
}

/** A proxy answers by itself, changes what the server says, or passes it on. */
interface Proxy {
  refuse?(request: ReceivedRequest): Reply | undefined;
  change?(content: JsonObject): JsonObject;
  /** What the datasource is configured with to get through. */
  entry?: JsonObject;
}

const refusal = (status: number, error: string): Reply => ({
  status,
  content: { status: 'error', errorType: 'bad_data', error },
});

const secondsOf = ({ parameters }: ReceivedRequest) =>
  Number(parameters.get('end')) - Number(parameters.get('start'));

const isObject = (content: JsonValue): content is JsonObject =>
  typeof content === 'object' && content !== null && !Array.isArray(content);

describeWith([PROMETHEUS], 'a real Prometheus behind a proxy', () => {
  let prometheus: RecordedServer;
  let proxy: ScriptedServer;
  let direct: HourlyCountsAnswer;

  const services = ['steady', 'burst', 'interrupted', 'outage'].map(name => ({
    entityRef: `component:default/${name}`,
    telemetryNames: [name],
  }));

  beforeAll(async () => {
    prometheus = await PROMETHEUS.start(RECORDING);
    proxy = await startScriptedServer();
    direct = await createSource(prometheus.url).fetchHourlyCounts(
      services,
      RANGE,
    );
  }, 60_000);
  afterAll(async () => {
    await proxy?.stop();
    await prometheus?.stop();
  });

  async function fetchThrough({
    refuse,
    change = content => content,
    entry = {},
  }: Proxy) {
    proxy.answer(async (request, response) => {
      const refused = refuse?.(request);
      const { status, content } = refused ?? (await pass(request));
      response
        .writeHead(status)
        .end(
          JSON.stringify(
            !refused && isObject(content) ? change(content) : content,
          ),
        );
    });
    return createSource(proxy.url, entry).fetchHourlyCounts(services, RANGE);
  }

  async function pass({ path, parameters }: ReceivedRequest): Promise<Reply> {
    const answer = await fetch(`${prometheus.url}${path}?${parameters}`);
    return { status: answer.status, content: await answer.json() };
  }

  it('green: has counts', () => {
    expect(direct.counts.size).toBeGreaterThan(0);
    expect(direct.warnings).toEqual([]);
  });

  const onlyGet = (status: number, words: string): Proxy => ({
    refuse: ({ method }) =>
      method === 'POST' ? refusal(status, words) : undefined,
  });
  const upToHours = (hours: number, words: string): Proxy => ({
    refuse: request =>
      secondsOf(request) > hours * 3_600 ? refusal(400, words) : undefined,
  });
  const saying = (more: JsonObject): Proxy => ({
    change: content => ({ ...content, ...more }),
  });

  it.each<[string, Proxy]>([
    ['lets only GET pass, by HTTP 405', onlyGet(405, 'Method Not Allowed')],
    [
      'lets only GET pass, by the rules of Kubernetes',
      onlyGet(403, 'Forbidden (verb=create, resource=services)'),
    ],
    ['does not implement POST', onlyGet(501, 'Not Implemented')],
    [
      'allows three hours',
      upToHours(3, 'the query time range exceeds the limit (limit: 3h0m0s)'),
    ],
    [
      'allows few points',
      upToHours(
        4,
        'exceeded maximum resolution of 5 points per timeseries. Try decreasing the query resolution (?step=XX)',
      ),
    ],
    [
      'adds what PromQL noticed about names',
      saying({
        warnings: [
          'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "calls" (1:20)',
        ],
      }),
    ],
    [
      'adds what PromQL noticed about values',
      saying({
        warnings: [
          'PromQL warning: bucket label "le" is missing or has a malformed value of "" (1:5)',
          '12 more warning annotations omitted',
        ],
      }),
    ],
    [
      'lists what was noticed apart',
      saying({ infos: ['PromQL info: metric might not be a counter'] }),
    ],
    [
      'separates tenants by a parameter',
      {
        refuse: ({ parameters }) =>
          parameters.get('namespace') === 'shop'
            ? undefined
            : refusal(400, 'The "namespace" query parameter must be provided.'),
        entry: { params: { namespace: 'shop' } },
      },
    ],
    [
      'lets only GET pass, and separates tenants by a parameter',
      {
        refuse: ({ method, parameters }) =>
          method === 'GET' && parameters.get('namespace') === 'shop'
            ? undefined
            : refusal(405, 'no'),
        entry: { params: { namespace: 'shop' } },
      },
    ],
  ])('green: gives the same counts where it %s', async (_, through) => {
    await expect(fetchThrough(through)).resolves.toEqual(direct);
  });

  it.each<[string, Proxy, string]>([
    [
      'has lost a store',
      saying({ warnings: ['fetch series: rpc error: code = Unavailable'] }),
      'fetch series: rpc error: code = Unavailable',
    ],
    [
      'has lost a store and says more',
      saying({
        warnings: [
          'PromQL info: a hint',
          'No StoreAPIs matched for this query',
        ],
      }),
      'No StoreAPIs matched for this query',
    ],
    [
      'has lost a storage node',
      saying({ isPartial: true }),
      'the server marks the answer as partial (isPartial)',
    ],
  ])('red: passes on that it %s', async (_, through, warning) => {
    const { warnings } = await fetchThrough(through);
    expect(warnings).toEqual([`Datasource 'main': ${warning}`]);
  });

  it.each<[string, Proxy, string]>([
    [
      'refuses the reader',
      { refuse: () => refusal(403, 'no access') },
      'HTTP 403: no access; check the rights',
    ],
    [
      'does not understand the query',
      {
        refuse: ({ path }) =>
          path.endsWith('query_range')
            ? refusal(400, '1:3: parse error: unexpected character')
            : undefined,
      },
      'parse error: unexpected character; the server may not support',
    ],
    [
      'misses a parameter',
      {
        refuse: ({ parameters }) =>
          parameters.has('namespace')
            ? undefined
            : refusal(401, 'whose question is it?'),
      },
      'HTTP 401: whose question is it?',
    ],
  ])('red: fails where it %s', async (_, through, problem) => {
    await expect(fetchThrough(through)).rejects.toThrow(problem);
  });
});
