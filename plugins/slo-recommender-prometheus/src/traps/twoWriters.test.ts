import type { RecordedSeries } from '../__testUtils__/openMetrics';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  lastDayOf,
  type RecordedSource,
  startRecordedSource,
} from './__testUtils__/recordedSource';
import { LAST_DAY } from './__testUtils__/trapRecording';

const HOUR_MS = 3_600_000;
const START = LAST_DAY.from.getTime() - 24 * HOUR_MS;
const END = LAST_DAY.to.getTime();

function sampled(
  everySeconds: number,
  valueAt: (sample: number, hours: number) => number,
): RecordedSeries['samples'] {
  const samples: RecordedSeries['samples'] = [];
  for (let time = START; time <= END; time += everySeconds * 1000) {
    samples.push([
      time,
      Math.floor(valueAt(samples.length, (time - START) / HOUR_MS)),
    ]);
  }
  return samples;
}

/** Two processes that write one series in an order, each from where it is. */
const shared = (
  everySeconds: number,
  isSecond: (sample: number) => boolean,
  [first, second]: [level: number, perHour: number][],
) =>
  sampled(everySeconds, (sample, hours) => {
    const [level, perHour] = isSecond(sample) ? second : first;
    return level + perHour * hours;
  });

const inTurn = (sample: number) => sample % 2 === 1;
/** No order at all, and the same one in each run. */
const atRandom = (sample: number) =>
  ((sample * 2_654_435_761) >>> 13) % 2 === 1;

const http = (
  job: string,
  samples: RecordedSeries['samples'],
): RecordedSeries => ({
  metric: 'http_server_request_duration_seconds_count',
  labels: {
    job,
    instance: `${job}:8080`,
    http_response_status_code: '200',
  },
  samples,
});

const spans = (
  service: string,
  samples: RecordedSeries['samples'],
): RecordedSeries => ({
  metric: 'traces_spanmetrics_calls_total',
  labels: {
    job: 'tempo',
    instance: 'tempo:3200',
    service,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: 'STATUS_CODE_UNSET',
  },
  samples,
});

const STEADY = 100;

const RECORDING: RecordedSeries[] = [
  http(
    'in-turn',
    shared(300, inTurn, [
      [900_000, STEADY],
      [500_000, STEADY],
    ]),
  ),
  http(
    'at-random',
    shared(60, atRandom, [
      [40_000, STEADY],
      [9_000, STEADY],
    ]),
  ),
  http(
    'standby',
    shared(300, inTurn, [
      [70_000, STEADY],
      [60_000, 0],
    ]),
  ),
  spans(
    'span-writers',
    shared(15, inTurn, [
      [5_000, STEADY],
      [80_000, STEADY],
    ]),
  ),
  http(
    'steady',
    sampled(300, (_, hours) => 1_000 + STEADY * hours),
  ),
  // begins anew about every 20 minutes
  http(
    'crash-loop',
    sampled(
      60,
      (sample, hours) =>
        (sample % (17 + (Math.floor(hours) % 7))) * (STEADY / 60),
    ),
  ),
  http(
    'deployed',
    sampled(300, (_, hours) => STEADY * (hours % 8)),
  ),
];

describeWith(SERVERS, 'trap 14: a counter with two writers in %s', kind => {
  let recorded: RecordedSource;
  beforeAll(async () => {
    recorded = await startRecordedSource(RECORDING, kind);
  });
  afterAll(() => recorded?.stop());

  it.each(['in-turn', 'at-random', 'standby', 'span-writers'])(
    'red: %s is broken, and not restarting',
    async name => {
      const { findings } = await lastDayOf(recorded.source, name);
      expect(findings).toContainEqual(
        expect.objectContaining({
          code: 'counter_goes_down',
          severity: 'error',
          message: expect.stringMatching(/went down [\d,]+ times/),
        }),
      );
    },
  );

  it('red: hours with more falls than restarts can be are unknown', async () => {
    const { counts } = await lastDayOf(recorded.source, 'span-writers');
    expect(counts).toBeUndefined();
  });

  it.each(['steady', 'crash-loop', 'deployed'])(
    'green: %s is counted',
    async name => {
      const { codes, total } = await lastDayOf(recorded.source, name);
      expect(codes).not.toContain('counter_goes_down');
      expect(total).toBeGreaterThan(0.8 * 24 * STEADY);
      expect(total).toBeLessThan(1.2 * 24 * STEADY);
    },
  );
});
