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
import { PrometheusHttp } from './http';

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

  const clientOf = (entry: JsonObject = {}, maxAnswerBytes?: number) => {
    const config = readPrometheusConfig(
      'main',
      new ConfigReader({ url: server.url, ...entry }),
    );
    return new PrometheusClient(config, {
      http: new PrometheusHttp(config, maxAnswerBytes),
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
    ['a wrong tenant', text('no', 403), 'HTTP 403; check the rights'],
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
        setTimeout(() => response.socket?.destroy(), 20);
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
    server.answer(text('x'.repeat(100_000)));
    await expect(clientOf({}, 50_000).queryRange(query)).rejects.toThrow(
      'the answer is larger than 50000 bytes; ask for a shorter range',
    );
  });

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
