import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readPrometheusConfig } from '../config';
import { vector } from '../promql/expressions';
import {
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scriptedServer';
import { PrometheusClient } from './PrometheusClient';
import { RequestGate } from './RequestGate';

const json =
  (content: JsonValue, status = 200): Script =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(content));
  };
const text =
  (body: string, status = 200): Script =>
  (_, response) => {
    response.writeHead(status).end(body);
  };
const matrix = (result: JsonValue, more: JsonObject = {}): JsonObject => ({
  status: 'success',
  data: { resultType: 'matrix', result },
  ...more,
});

const query = {
  expression: vector('calls_total'),
  start: new Date('2023-08-21T09:00:00Z'),
  end: new Date('2023-08-22T09:00:00Z'),
  stepSeconds: 3600,
  subject: 'calls_total of 3 services',
};

describe('PrometheusClient', () => {
  let server: ScriptedServer;

  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.stop());

  const clientOf = (entry: JsonObject = {}) => {
    const config = readPrometheusConfig(
      'main',
      new ConfigReader({ url: server.url, ...entry }),
    );
    return new PrometheusClient(config, {
      gate: new RequestGate('main', config.budget, 0),
    });
  };

  it('asks for a range with a form, headers and tenant', async () => {
    server.answer(json(matrix([])));
    await clientOf({
      url: `${server.url}/prometheus/`,
      headers: { Authorization: 'Bearer hunter2' },
      tenant: 'team-a',
    }).queryRange(query);
    const [{ method, path, headers, parameters }] = server.requests;
    expect({ method, path }).toEqual({
      method: 'POST',
      path: '/prometheus/api/v1/query_range',
    });
    expect(headers).toMatchObject({
      authorization: 'Bearer hunter2',
      'x-scope-orgid': 'team-a',
      'content-type': expect.stringContaining(
        'application/x-www-form-urlencoded',
      ),
    });
    expect(Object.fromEntries(parameters)).toEqual({
      query: 'calls_total{}',
      start: '1692608400',
      end: '1692694800',
      step: '3600',
      timeout: '30000ms',
      max_lookback: '300s',
    });
  });

  it('asks for label values', async () => {
    server.answer(json({ status: 'success', data: ['a', 'b'] }));
    await expect(
      clientOf().labelValues({
        ...query,
        label: 'server',
        selector: vector('m'),
      }),
    ).resolves.toEqual({ data: ['a', 'b'], warnings: [] });
    const [{ method, path, parameters }] = server.requests;
    expect({ method, path }).toEqual({
      method: 'GET',
      path: '/api/v1/label/server/values',
    });
    expect(parameters.get('match[]')).toBe('m{}');
  });

  it('reads samples as the server prints them', async () => {
    const values: JsonValue = [
      [1692612000, 'NaN'],
      [1692615600.5, '+Inf'],
    ];
    server.answer(json(matrix([{ metric: { a: 'b' }, values }])));
    await expect(clientOf().queryRange(query)).resolves.toEqual({
      data: [{ metric: { a: 'b' }, values, histograms: [] }],
      warnings: [],
    });
  });

  it('passes warnings on, and leaves out what is only information', async () => {
    server.answer(
      json(matrix([], { warnings: ['store-3 is down'], infos: ['a hint'] })),
    );
    await expect(clientOf().queryRange(query)).resolves.toEqual({
      data: [],
      warnings: ["Datasource 'main': store-3 is down"],
    });
  });

  const promError = (error: string) => ({ status: 'error', error });
  const vectorAnswer = {
    status: 'success',
    data: { resultType: 'vector', result: [] },
  };
  const failures: Array<[string, Script, string, number?]> = [
    ['a web page', text('<!doctype html>'), 'a web page, not JSON'],
    ['garbage', text('\u0000\u0001'), 'not complete JSON', 5],
    ['nothing', text(''), 'not complete JSON', 5],
    [
      'truncated JSON',
      text(JSON.stringify(matrix([])).slice(0, -5)),
      'not complete JSON; check that url leads to the Prometheus API',
      5,
    ],
    ['another result type', json(vectorAnswer), 'at data.resultType'],
    [
      'no samples',
      json(matrix([{ metric: {}, values: [[1]] }])),
      'at data.result',
    ],
    [
      'another JSON',
      json([]),
      'another shape than Prometheus gives, at top level',
    ],
    [
      'an error with 200',
      json(promError('boom')),
      'refused with HTTP 200: boom',
    ],
    ['bad data', json(promError('bad'), 400), 'refused with HTTP 400: bad'],
    ['no rights', text('no', 401), 'HTTP 401; put valid credentials'],
    ['a wrong tenant', text('no', 403), 'HTTP 403; check the rights', 2],
    ['a wrong path', text('<html>', 404), 'HTTP 404; check the path in url'],
    ['a big query', json(promError('max'), 422), 'HTTP 422: max; raise'],
    [
      'a broken server',
      text('oops', 500),
      "HTTP 500; look at the server's log",
    ],
    ['a proxy without a server', text('', 502), 'HTTP 502; check that', 5],
    ['a server not ready', text('later', 503), 'HTTP 503; wait until', 5],
    ['a rate limit', text('', 429), 'HTTP 429; raise the server', 5],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { location: 'http://elsewhere/' }).end();
      },
      'redirects are not followed; set url to where the API really is',
    ],
    [
      'a broken connection',
      (_, response) => {
        response.socket?.destroy();
      },
      'the connection failed (UND_ERR_SOCKET)',
      5,
    ],
    [
      'an end in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"status":');
        void setTimeout(20).then(() => response.socket?.destroy());
      },
      'the connection failed (UND_ERR_SOCKET)',
      5,
    ],
  ];

  it.each(failures)('explains %s', async (_, script, problem, attempts = 1) => {
    server.answer(script);
    const answer = clientOf().queryRange(query);
    await expect(answer).rejects.toThrow(problem);
    await expect(answer).rejects.toThrow(
      "Datasource 'main' could not be asked for calls_total of 3 services: ",
    );
    expect(server.requests).toHaveLength(attempts);
  });

  it('explains a server that is down', async () => {
    const gone = await startScriptedServer();
    await gone.stop();
    await expect(clientOf({ url: gone.url }).queryRange(query)).rejects.toThrow(
      'the connection failed (ECONNREFUSED); check that url is right and the server is up',
    );
  });

  it.each([
    ['that never answers', () => {}],
    [
      'that stops in the middle',
      (_, response) => {
        response.write('{"status":');
      },
    ],
  ] satisfies Array<[string, Script]>)(
    'gives up on a server %s',
    async (_, script) => {
      server.answer(script);
      await expect(
        clientOf({ timeout: { milliseconds: 100 } }).queryRange(query),
      ).rejects.toThrow('no answer within 0.1 s; look at');
    },
  );

  it('ends when its caller does', async () => {
    const caller = new AbortController();
    server.answer(() => caller.abort(new Error('shutting down')));
    await expect(
      clientOf().queryRange({ ...query, signal: caller.signal }),
    ).rejects.toThrow('shutting down');
  });

  it('reads no more than it can hold', async () => {
    server.answer(text('x'.repeat(9_000_000)));
    await expect(
      clientOf().labelValues({
        ...query,
        label: 'server',
        selector: vector('m'),
      }),
    ).rejects.toThrow(
      'the answer is larger than 2097152 bytes; ask for a shorter range',
    );
  });

  const repeated = (series: string, times: number) =>
    text(
      `{"status":"success","data":{"resultType":"matrix","result":[${Array(
        times,
      )
        .fill(series)
        .join(',')}]}}`,
    );
  it.each([
    [
      'millions of series without samples',
      repeated('{"metric":{"a":"b"},"values":[]}', 200_000),
      'the answer has more than 13000 series',
    ],
    [
      'a series with more samples than hours',
      repeated(`{"metric":{},"values":[${Array(50_000).fill('[1,"1"]')}]}`, 2),
      'the answer has a series longer than its hours',
    ],
    [
      'labels that are longer than any',
      repeated(`{"metric":{"a":"${'b'.repeat(10_000_000)}"},"values":[]}`, 1),
      'the answer has a series longer than its hours',
    ],
  ])(
    'reads no more than what was asked for: %s',
    async (_, script, problem) => {
      server.answer(script);
      await expect(
        clientOf().queryRange({ ...query, services: 3 }),
      ).rejects.toThrow(problem);
    },
  );

  it('drops series without samples from a long answer, and keeps the others', async () => {
    const empty = '{"metric":{"a":"b"},"values":[]}';
    const full = '{"metric":{"a":"c"},"values":[[1692612000,"7"]]}';
    server.answer(repeated(`${Array(4_999).fill(empty).join(',')},${full}`, 4));
    const { data } = await clientOf().queryRange(query);
    expect(data.filter(({ values }) => values.length > 0)).toHaveLength(4);
    expect(data.length).toBeLessThan(10_000);
  });

  it('reads one large answer at a time, and does not take waiting for the time of the server', async () => {
    const head =
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"';
    const large = Array(60)
      .fill(`${'b'.repeat(100_000)}"},"values":[[1,"2"]]}`)
      .join(',{"metric":{"a":"');
    let finishFirst = () => {};
    const isFirstRead = new Promise<void>(resolve => {
      server.answer((_, response) => {
        response.write(head + large.slice(0, -10));
        if (server.requests.length > 1) {
          response.end(`${large.slice(-10)}]}}`);
        } else {
          finishFirst = () => response.end(`${large.slice(-10)}]}}`);
          resolve();
        }
      });
    });
    const first = clientOf().queryRange(query);
    await isFirstRead;
    await setTimeout(300);
    let isSecondRead = false;
    const second = clientOf({ timeout: '1s' })
      .queryRange(query)
      .finally(() => {
        isSecondRead = true;
      });
    await setTimeout(1_200);
    expect(isSecondRead).toBe(false);
    finishFirst();
    const [{ data }, other] = await Promise.all([first, second]);
    expect(data).toHaveLength(60);
    expect(other.data).toHaveLength(60);
  });

  describe('warnings', () => {
    const answered = async (more: JsonObject) => {
      server.answer(json(matrix([], more)));
      return (await clientOf().queryRange(query)).warnings;
    };
    it.each<[string, JsonObject]>([
      [
        'of a name without _total, as Prometheus 2.47 to 2.54 send it',
        {
          warnings: [
            'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "x" (1:20)',
          ],
        },
      ],
      [
        'of a quantile',
        {
          warnings: [
            'PromQL warning: quantile value should be between 0 and 1, got 2 (1:20)',
          ],
        },
      ],
      [
        'of histograms beside floats, with some left out',
        {
          warnings: [
            'PromQL warning: encountered a mix of histograms and floats for metric name "m" (1:5)',
            '3 more warning annotations omitted',
          ],
        },
      ],
      [
        'in the list for them, as Prometheus 3 sends it',
        {
          infos: [
            'PromQL info: input to histogram_quantile needed to be fixed for monotonicity',
          ],
        },
      ],
      ['that there is nothing to say', { warnings: null, isPartial: false }],
    ])('are none: a notice %s', async (_, more) => {
      await expect(answered(more)).resolves.toEqual([]);
    });

    it.each<[string, JsonObject, string]>([
      [
        'of Thanos',
        { warnings: ['No StoreAPIs matched for this query'] },
        'No StoreAPIs matched for this query',
      ],
      [
        'of a store beside a notice',
        {
          warnings: [
            'PromQL info: metric might not be a counter',
            'fetch series for {cluster="eu"}: rpc error: code = Unavailable',
          ],
        },
        'fetch series for {cluster="eu"}: rpc error: code = Unavailable',
      ],
      [
        'of remote reading',
        { warnings: ['remote_read: PromQL info: connection refused'] },
        'remote_read: PromQL info: connection refused',
      ],
      [
        'of VictoriaMetrics',
        { isPartial: true },
        'the server marks the answer as partial (isPartial)',
      ],
    ])('are of a partial answer: %s', async (_, more, warning) => {
      await expect(answered(more)).resolves.toEqual([
        `Datasource 'main': ${warning}`,
      ]);
    });
  });

  describe('behind a proxy that refuses POST', () => {
    const getOnly =
      (status: number, words: string): Script =>
      (request, response) =>
        request.method === 'POST'
          ? text(words, status)(request, response)
          : json(matrix([{ metric: {}, values: [[1, '2']] }]))(
              request,
              response,
            );

    it.each([
      [405, ''],
      [403, 'User "portal" cannot create resource "prometheuses/api"'],
      [501, 'Not Implemented'],
    ])('asks by GET after HTTP %d, then at once', async (status, words) => {
      server.answer(getOnly(status, words));
      const client = clientOf();
      await expect(client.queryRange(query)).resolves.toMatchObject({
        data: [{ values: [[1, '2']] }],
      });
      await client.queryRange(query);
      expect(server.requests.map(({ method }) => method)).toEqual([
        'POST',
        'GET',
        'GET',
      ]);
      const [first, second, third] = server.requests.map(({ parameters }) =>
        Object.fromEntries(parameters),
      );
      expect(second).toEqual(first);
      expect(third).toEqual(first);
    });

    it('finds a question that does not fit into a URL too much', async () => {
      server.answer(getOnly(405, ''));
      const client = clientOf();
      const names = Array.from(
        { length: 500 },
        (_, n) => `service-with-a-long-name-${n}`,
      );
      const long = {
        ...query,
        expression: vector('m', [
          { label: 'service', operator: 'in' as const, values: names },
        ]),
      };
      await expect(client.queryRange(long)).rejects.toMatchObject({
        failure: 'too-much',
        message: expect.stringContaining('too long for GET'),
      });
    });

    it('does not take refused credentials for refused POST', async () => {
      const isAllowed = [false, false, true];
      server.answer((request, response) =>
        isAllowed.shift()
          ? json(matrix([]))(request, response)
          : text('no', 403)(request, response),
      );
      const client = clientOf();
      await expect(client.queryRange(query)).rejects.toThrow('HTTP 403');
      await client.queryRange(query);
      expect(server.requests.at(-1)?.method).toBe('POST');
    });
  });

  describe('limits told with HTTP 400', () => {
    it.each([
      [
        'the query time range exceeds the limit (query length: 744h0m0s, limit: 168h0m0s)',
        'range-too-long',
      ],
      [
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
        'range-too-long',
      ],
      ['query too long: max-query-length is 7d', 'range-too-long'],
      [
        'the query exceeded the maximum number of series (limit: 500)',
        'too-much',
      ],
      ['too long query; got 20000 bytes; at most 16384', 'too-much'],
      [
        'invalid parameter "query": 1:3: parse error: too many (',
        'unsupported',
      ],
      ['unknown label of tenant', 'unsupported'],
    ])('takes %p for %s', async (error, failure) => {
      server.answer(json({ ...promError(error), errorType: 'bad_data' }, 400));
      await expect(clientOf().queryRange(query)).rejects.toMatchObject({
        failure,
      });
      expect(server.requests).toHaveLength(1);
    });

    const upTo =
      (days: number, answer: Script): Script =>
      (request, response) => {
        const { start, end } = Object.fromEntries(request.parameters);
        const isTooLong = Number(end) - Number(start) > days * 86_400;
        return isTooLong
          ? json(promError('the query time range exceeds the limit'), 400)(
              request,
              response,
            )
          : answer(request, response);
      };

    it('asks a server at most once more for a range that it refuses', async () => {
      server.answer(upTo(7, json(matrix([]))));
      const client = clientOf();
      const long = { ...query, end: new Date('2023-09-21T09:00:00Z') };
      await expect(client.queryRange(long)).rejects.toThrow(
        'exceeds the limit',
      );
      await expect(client.queryRange(long)).rejects.toThrow(
        'exceeds the limit',
      );
      await client.queryRange(query);
      expect(server.requests).toHaveLength(2);
    });

    it('asks for labels of a long range in halves', async () => {
      server.answer(
        upTo(7, (request, response) =>
          json({
            status: 'success',
            data: ['always', request.parameters.get('start') ?? ''],
          })(request, response),
        ),
      );
      const { data } = await clientOf().labelNames({
        selector: vector('m'),
        start: new Date('2023-08-01T00:00:00Z'),
        end: new Date('2023-08-21T00:00:00Z'),
        subject: 'labels',
      });
      expect(data).toEqual([
        'always',
        ...['01', '06', '11', '16'].map(day =>
          String(Date.parse(`2023-08-${day}T00:00:00Z`) / 1000),
        ),
      ]);
      expect(server.requests).toHaveLength(6);
    });
  });

  it('trusts a server that signed its own certificate only if the datasource has the certificate', async () => {
    const pem = execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '-'],
        ...[
          '-subj',
          '/CN=prometheus',
          '-addext',
          'subjectAltName=IP:127.0.0.1',
        ],
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const tls = createServer({ key: pem, cert: pem }, (_, response) => {
      response.end(JSON.stringify(matrix([])));
    }).listen(0, '127.0.0.1');
    await once(tls, 'listening');
    const address = tls.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const url = `https://127.0.0.1:${port}`;
    try {
      await expect(clientOf({ url }).queryRange(query)).rejects.toThrow(
        'the connection failed (DEPTH_ZERO_SELF_SIGNED_CERT)',
      );
      await clientOf({ url, ca: pem }).queryRange(query);
    } finally {
      tls.closeAllConnections();
      tls.close();
    }
  });

  it('sends the parameters of the datasource in the URL', async () => {
    server.answer((request, response) =>
      json(
        promError(`no namespace ${request.parameters.get('namespace')}`),
        400,
      )(request, response),
    );
    const client = clientOf({
      params: { namespace: 'shop', extra_label: ['a=b', 'c=d'] },
    });
    await expect(client.queryRange(query)).rejects.toThrow(
      'no namespace [redacted]',
    );
    const [{ parameters }] = server.requests;
    expect([...parameters].slice(0, 3)).toEqual([
      ['namespace', 'shop'],
      ['extra_label', 'a=b'],
      ['extra_label', 'c=d'],
    ]);
  });

  it.each([
    ['in Base64', 'got ZWxsYTpzM2NyZXQ6cEBzcw==.'],
    ['decoded', 'got ella:s3cret:p@ss.'],
    ['without the user', 'got s3cret:p@ss.'],
    ['in a URL', 'got ella%3As3cret%3Ap%40ss.'],
  ])(
    'repeats no credentials of Basic that a server echoes %s',
    async (_, echo) => {
      server.answer(json(promError(echo), 401));
      const credentials = Buffer.from('ella:s3cret:p@ss').toString('base64');
      await expect(
        clientOf({
          headers: { Authorization: `Basic ${credentials}` },
        }).queryRange(query),
      ).rejects.toThrow('got [redacted].');
    },
  );

  it('repeats neither secrets nor the URL, and not much of what a server says', async () => {
    server.answer((request, response) =>
      json(
        {
          status: 'error',
          error: `${request.headers.authorization} of\n${
            request.headers['x-scope-orgid']
          } at hunter2 ${'long '.repeat(1000)}`,
        },
        403,
      )(request, response),
    );
    const error: unknown = await clientOf({
      headers: { Authorization: 'Bearer hunter2' },
      tenant: 'team-a',
    })
      .queryRange(query)
      .catch(reason => reason);
    const message = String(error);
    expect(message).toContain('[redacted] of [redacted] at [redacted] long');
    expect(message.length).toBeLessThan(600);
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain(server.url);
  });
});
