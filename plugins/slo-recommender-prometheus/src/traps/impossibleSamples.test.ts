import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { createSource } from '../testing/createSource';
import { labels, matrix, reply } from '../__testUtils__/prometheusReplies';
import {
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scriptedServer';

const from = new Date('2026-03-01T00:00:00Z');
const to = new Date(from.getTime() + 3 * HOUR_MS);
const endOfHour = (hour: number) =>
  (from.getTime() + (hour + 1) * HOUR_MS) / 1000;

describe('trap 10: samples that cannot be', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.stop());

  /** Requests and failures of three hours from what a server says of requests without and with an error. */
  async function read(
    good: [time: number, value: string][],
    failed: [time: number, value: string][] = [],
  ) {
    reply(
      server,
      metric =>
        labels(metric === 'traces_span_metrics_calls_total' ? ['cart'] : []),
      () =>
        matrix([
          {
            metric: {
              service_name: 'cart',
              status_code: 'STATUS_CODE_UNSET',
            },
            values: good,
          },
          {
            metric: {
              service_name: 'cart',
              status_code: 'STATUS_CODE_ERROR',
            },
            values: failed,
          },
        ]),
    );
    const source = createSource(server.url);
    const { counts } = await source.fetchHourlyCounts(
      [{ entityRef: 'component:default/cart', telemetryNames: ['cart'] }],
      { from, to },
    );
    const found = counts.get('component:default/cart');
    return { total: [...(found?.total ?? [])], bad: [...(found?.bad ?? [])] };
  }

  const hours = (...values: string[]): [number, string][] =>
    values.map((value, hour) => [endOfHour(hour), value]);

  it('green: what is there is counted', async () => {
    await expect(
      read(hours('9', '9', '9'), hours('1', '0', '1')),
    ).resolves.toEqual({ total: [10, 9, 10], bad: [1, 0, 1] });
  });

  it('green: no series of failures is no failure', async () => {
    await expect(read(hours('9', '9', '9'))).resolves.toEqual({
      total: [9, 9, 9],
      bad: [0, 0, 0],
    });
  });

  it('red: NaN and infinite values make the hour unknown', async () => {
    await expect(read(hours('NaN', '+Inf', '9'))).resolves.toEqual({
      total: [NaN, NaN, 9],
      bad: [NaN, NaN, 0],
    });
  });

  it('red: a gap is unknown and not 0', async () => {
    await expect(
      read([
        [endOfHour(0), '9'],
        [endOfHour(2), '9'],
      ]),
    ).resolves.toEqual({ total: [9, NaN, 9], bad: [0, NaN, 0] });
  });

  it('red: samples out of order are put where they belong', async () => {
    await expect(read(hours('1', '2', '3').reverse())).resolves.toMatchObject({
      total: [1, 2, 3],
    });
  });

  it('red: duplicates count once, and contradictions make the hour unknown', async () => {
    await expect(
      read([...hours('5', '5', '5'), [endOfHour(0), '5'], [endOfHour(1), '6']]),
    ).resolves.toMatchObject({ total: [5, NaN, 5] });
  });

  it('red: samples of 1970 and 2106 are left out', async () => {
    await expect(
      read([[0, '99'], ...hours('1', '1', '1'), [4_294_967_295, '99']]),
    ).resolves.toMatchObject({ total: [1, 1, 1] });
  });

  it('red: negative counts and those beyond 2^53 reach the judgement as they are', async () => {
    await expect(
      read(hours('-3', '9007199254740994', '1')),
    ).resolves.toMatchObject({ total: [-3, 2 ** 53 + 2, 1] });
  });
});
