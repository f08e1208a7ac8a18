import { ConfigReader } from '@backstage/config';
import {
  createSource,
  type Script,
  type ScriptedServer,
  serveFleet,
  startScriptedServer,
  SyntheticFleet,
} from 'backstage-plugin-slo-recommender-prometheus/testing';
import type { ServerResponse } from 'node:http';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { HOUR_MS } from '../kernel/time/hours';
import { FleetFetch } from './__testUtils__/FleetFetch';
import { isPlausibleCount } from './history/countsCodec';

jest.setTimeout(60_000);

const END_MS = Date.parse('2026-03-10T12:00:00Z');
const dayUntil = (endMs: number) => ({
  from: new Date(endMs - 24 * HOUR_MS),
  to: new Date(endMs),
});

const databases = createTestDatabases();

type Fault = (fleet: SyntheticFleet) => Script;

const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  () =>
  (_, response) => {
    response.writeHead(code, headers).end('{"status":"error","error":"no"}');
  };

/** Changes what a server in order would send. */
const spoiled =
  (send: (body: string, response: ServerResponse) => void): Fault =>
  fleet => {
    const serve = serveFleet({ fleet, delayMs: 0 });
    return (request, response) => {
      const end = response.end.bind(response);
      response.end = body => {
        response.end = end;
        send(String(body), response);
        return response;
      };
      return serve(request, response);
    };
  };

/** Counts that cannot be, in half of the hours. */
class HalfImpossibleFleet extends SyntheticFleet {
  constructor(
    size: number,
    readonly spoil: (counts: { total: number; bad: number }) => {
      total: number;
      bad: number;
    },
  ) {
    super(size);
  }

  override countsOf(name: string, hourMs: number) {
    const counts = super.countsOf(name, hourMs);
    const isSpoiled = (hourMs / HOUR_MS + Number(name.slice(-1))) % 2 === 1;
    return counts && isSpoiled ? this.spoil(counts) : counts;
  }
}
const halfImpossible =
  (spoil: HalfImpossibleFleet['spoil']): Fault =>
  ({ size }) =>
    serveFleet({ fleet: new HalfImpossibleFleet(size, spoil), delayMs: 0 });

const FAULTS: [string, Fault][] = [
  ['no answer in time', () => () => {}],
  [
    'a reset',
    () => (_, response) => {
      response.socket?.destroy();
    },
  ],
  [
    'a reset in the body',
    spoiled((body, response) => {
      response.write(body.slice(0, body.length / 2), () =>
        response.socket?.destroy(),
      );
    }),
  ],
  ['HTTP 429', status(429)],
  [
    'HTTP 429 for a second, and again',
    fleet => {
      const seconds = ['1', '1'];
      return (request, response) =>
        status(429, { 'retry-after': seconds.shift() ?? '3600' })(fleet)(
          request,
          response,
        );
    },
  ],
  ['HTTP 429 for an hour', status(429, { 'retry-after': '3600' })],
  ['HTTP 500', status(500)],
  ['HTTP 502', status(502)],
  ['HTTP 503', status(503)],
  ['HTTP 504', status(504)],
  ['garbage', spoiled((_, response) => response.end('\u0000\u0001garbage'))],
  ['a web page', spoiled((_, response) => response.end('<!doctype html>'))],
  [
    'a truncated answer',
    spoiled((body, response) => response.end(body.slice(0, -20))),
  ],
  [
    'a partial answer',
    spoiled((body, response) =>
      response.end(`${body.slice(0, -1)},"warnings":["store 3 is down"]}`),
    ),
  ],
  [
    'a partial answer of VictoriaMetrics',
    spoiled((body, response) =>
      response.end(`${body.slice(0, -1)},"isPartial":true}`),
    ),
  ],
  [
    'half of the hours negative',
    halfImpossible(({ total }) => ({ total: -total, bad: 0 })),
  ],
  [
    'more failures than requests in half of the hours',
    halfImpossible(({ total }) => ({ total, bad: 3 * total })),
  ],
  [
    'half of the hours infinite',
    halfImpossible(() => ({ total: Infinity, bad: 0 })),
  ],
];

describe.each([1, 500])('a datasource of %d services that recovers', size => {
  const fleet = new SyntheticFleet(size);
  const healthy = serveFleet({ fleet, delayMs: 0 });
  let server: ScriptedServer;
  let fetch: FleetFetch;
  let clockMs = END_MS + HOUR_MS / 10;

  // one process goes through all faults
  beforeAll(async () => {
    server = await startScriptedServer();
    server.answer(healthy);
    const { url } = server;
    fetch = new FleetFetch({
      fleet,
      knex: await openTestDatabase(databases, 'SQLITE_3'),
      entry: { url },
      now: () => new Date(clockMs),
      factory: {
        type: 'prometheus',
        create: ({ config }) =>
          createSource(url, {
            timeout: '1s',
            headers: config.getOptional('headers') ?? {},
          }),
      },
    });
    await fetchNext();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    jest
      .spyOn(Date, 'now')
      .mockImplementation(() => clockMs + Math.floor(performance.now()));
  });
  afterEach(() => jest.restoreAllMocks());

  const state = async () => (await fetch.statuses.list()).get('main')?.state;

  /** Fetches all hours that have ended; true if everything is fresh. */
  async function fetchNext(): Promise<boolean> {
    const range = dayUntil(Math.floor(clockMs / HOUR_MS) * HOUR_MS);
    const { failed } = await fetch.run(range);
    if ((await fetch.countWrong(range, isPlausibleCount)) > 0) {
      throw new Error('Counts are believed that are false');
    }
    return (
      failed === undefined &&
      (await state()) === 'ok' &&
      (await fetch.countWrong(range)) === 0
    );
  }

  /** Lets the fault last until two hours have ended. Returns how many hours later everything is fresh again. */
  async function intervalsToRecovery(
    recover: () => void | Promise<void>,
  ): Promise<number> {
    clockMs += 2 * HOUR_MS;
    if (await fetchNext()) throw new Error('The fault has no effect');
    await recover();
    for (let interval = 1; interval <= 3; interval++) {
      clockMs += HOUR_MS;
      if (await fetchNext()) return interval;
    }
    return Infinity;
  }

  it.each(FAULTS)('after %s', async (_, fault) => {
    server.answer(fault(fleet));
    const intervals = await intervalsToRecovery(() => server.answer(healthy));
    expect(intervals).toBeLessThanOrEqual(2);
  });

  it('after a refused connection', async () => {
    await server.stop();
    const intervals = await intervalsToRecovery(async () => {
      server = await startScriptedServer(Number(new URL(server.url).port));
      server.answer(healthy);
    });
    expect(intervals).toBeLessThanOrEqual(2);
  });

  it('after HTTP 401, with new credentials', async () => {
    server.answer((request, response) =>
      request.headers.authorization === 'Bearer new'
        ? healthy(request, response)
        : status(401)(fleet)(request, response),
    );
    const intervals = await intervalsToRecovery(() =>
      fetch.sources.update([
        {
          id: 'main',
          type: 'prometheus',
          config: new ConfigReader({
            url: server.url,
            headers: { Authorization: 'Bearer new' },
          }),
        },
      ]),
    );
    expect(intervals).toBeLessThanOrEqual(2);
  });
});
