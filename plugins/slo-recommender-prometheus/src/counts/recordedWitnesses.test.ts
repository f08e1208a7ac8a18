import {
  HOUR_MS,
  type HourRange,
  type TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import {
  describeWith,
  type RecordedServer,
  SERVERS,
} from '../__testUtils__/recordedServers';
import { createSource } from '../testing/createSource';
import {
  hoursBetween,
  RANGE,
  WITNESS_RECORDING,
} from './__testUtils__/witnessRecording';

const sum = (values: ArrayLike<number>) =>
  Array.from(values).reduce((all, value) => all + value, 0);

describeWith(SERVERS, 'witnesses in a real %s', kind => {
  let server: RecordedServer;
  let source: TelemetrySource;

  beforeAll(async () => {
    server = await kind.start(WITNESS_RECORDING);
    source = createSource(server.url);
    await source.learn?.(RANGE);
  }, 60_000);

  afterAll(() => server?.stop());

  async function told(name: string, range: HourRange = RANGE) {
    const entityRef = `component:default/${name}`;
    const answer = await source.fetchHourlyCounts(
      [{ entityRef, telemetryNames: [name] }],
      range,
    );
    const { total = [], bad = [] } = answer.counts.get(entityRef) ?? {};
    const known = Array.from(total).filter(count => !Number.isNaN(count));
    return {
      total: Array.from(total),
      bad: Array.from(bad),
      completeness: known.length / total.length,
      requests: sum(known),
      failures: sum(Array.from(bad).filter(count => !Number.isNaN(count))),
      codes: (answer.findings.get(entityRef) ?? []).map(({ code }) => code),
    };
  }
  const inHours = (values: number[], hours: number[]) =>
    hours.map(hour => values[hour]);

  describe('silence of a living target', () => {
    it.each([
      ['night-shop', 0.95],
      ['nightly-export', 0.98],
      ['office-hours', 0.95],
      ['weekly-batch', 0.4],
      ['seldom', 0.95],
      ['restarted-at-night', 0.95],
      ['pushed-at-day', 0.95],
    ])('is an hour without requests of %s', async (name, completeness) => {
      const shop = await told(name);
      expect(shop.completeness).toBeGreaterThan(completeness);
      expect(shop.codes).toEqual(['idle_hours']);
      expect(shop.requests).toBeGreaterThan(0);
      expect(shop.failures).toBe(0);
    });

    it('gives what series give that stay', async () => {
      const [shop, flat] = await Promise.all(
        ['night-shop', 'flat-night-shop'].map(name => told(name)),
      );
      expect(shop.total.map(count => count > 0)).toEqual(
        flat.total.map(count => count > 0),
      );
      expect(flat.codes).toEqual([]);
    });

    it('is known of the newest hours alone', async () => {
      const lastNight = {
        from: new Date(RANGE.to.getTime() - 3 * HOUR_MS),
        to: RANGE.to,
      };
      await expect(told('night-shop', lastNight)).resolves.toMatchObject({
        total: [0, 0, 0],
        bad: [0, 0, 0],
        codes: ['idle_hours'],
      });
    });

    it.each([
      ['crashed', hoursBetween('20T10:00', '20T15:00')],
      ['long-crashed', hoursBetween('20T10:00', '21T16:00')],
    ])(
      'is unknown if %s is busy at such hours, and said',
      async (name, outage) => {
        const { total, bad, codes } = await told(name);
        const unknown = outage.map(() => NaN);
        expect(inHours(total, outage)).toEqual(unknown);
        expect(inHours(bad, outage)).toEqual(unknown);
        expect(codes).toEqual(['unexplained_silence']);
      },
    );
  });

  it.each(['orphan', 'stopped-at-night'])(
    'silence of %s, whose target is gone, is unknown',
    async name => {
      const { total, completeness } = await told(name);
      expect(total).not.toContain(0);
      expect(completeness).toBeLessThan(0.7);
    },
  );

  describe('calls that never arrived', () => {
    it.each([
      ['mesh-2h', hoursBetween('22T10:00', '22T12:00')],
      ['mesh-5h', hoursBetween('22T10:00', '22T15:00')],
      ['mesh-unknown', hoursBetween('22T10:00', '22T12:00')],
      ['http-2h', hoursBetween('22T10:00', '22T12:00')],
      ['http-5h', hoursBetween('22T10:00', '22T15:00')],
      ['spans-5h', hoursBetween('22T10:00', '22T15:00')],
    ])('count in the outage of %s', async (name, outage) => {
      const { total, bad, codes, completeness, failures } = await told(name);
      const calls = outage.map(() => 600);
      expect(inHours(total, outage)).toEqual(calls);
      expect(inHours(bad, outage)).toEqual(calls);
      // and in the ten minutes of the hour before
      expect(failures).toBe(600 * outage.length + 100);
      expect(completeness).toBe(1);
      expect(codes).toContain('failures_at_callers');
      expect(codes).not.toContain('unexplained_silence');
    });

    it.each(['mesh-refused', 'http-refused'])(
      'are added to those that arrived at %s',
      async name => {
        const { total, bad, codes } = await told(name);
        expect(new Set(total)).toEqual(new Set([660]));
        expect(new Set(bad)).toEqual(new Set([60]));
        expect(codes).toContain('failures_at_callers');
      },
    );

    it('count in an outage of the newest hour', async () => {
      const [hour] = hoursBetween('22T11:00', '22T12:00');
      const from = new Date(RANGE.from.getTime() + hour * HOUR_MS);
      const to = new Date(from.getTime() + HOUR_MS);
      for (const name of ['mesh-5h', 'http-5h', 'spans-5h']) {
        await expect(told(name, { from, to })).resolves.toMatchObject({
          total: [600],
          bad: [600],
        });
      }
    });

    it('weigh too little if callers see few of them, which is said', async () => {
      const { total, bad, codes } = await told('sampled-graph');
      const hours = hoursBetween('22T10:00', '22T15:00');
      expect(inHours(total, hours)).toEqual(hours.map(() => 60));
      expect(inHours(bad, hours)).toEqual(hours.map(() => 60));
      expect(codes).toContain('outage_undercounted');
      const whole = await told('spans-5h');
      expect(whole.codes).not.toContain('outage_undercounted');
    });

    it.each([
      ['mesh-failing', 960, 60],
      ['http-mistaken', 600, 0],
      ['sampled', 60, 0],
    ])('are none of %s', async (name, total, bad) => {
      const counts = await told(name);
      expect(new Set(counts.total)).toEqual(new Set([total]));
      expect(new Set(counts.bad)).toEqual(new Set([bad]));
      expect(counts.codes).not.toContain('failures_at_callers');
    });
  });

  describe('names in several namespaces', () => {
    it.each(['moved', 'moved-twice', 'mesh-moved'])(
      'are one service if they follow one another, as those of %s',
      async name => {
        const { completeness, requests, codes } = await told(name);
        expect(completeness).toBe(1);
        expect(requests).toBeGreaterThan(600 * 16 * 24 - 700);
        expect(codes).toEqual(['moved_name']);
      },
    );

    it('have the latencies of one service if they follow one another', async () => {
      const entityRef = 'component:default/moved';
      const answer = await source.fetchHourlyLatencies?.(
        [{ entityRef, telemetryNames: ['moved'] }],
        RANGE,
      );
      const [below = []] = answer?.latencies.get(entityRef)?.counts ?? [];
      const [gone, come] = ['19', '22'].map(
        day => hoursBetween(`${day}T00:00`, `${day}T01:00`)[0],
      );
      expect([below[gone], below[come]]).toEqual([600, 600]);
    });

    it('are one service in hours in which only one of them is there', async () => {
      const lastHours = {
        from: new Date(RANGE.to.getTime() - 2 * HOUR_MS),
        to: RANGE.to,
      };
      await expect(told('moved', lastHours)).resolves.toMatchObject({
        total: [600, 600],
      });
    });

    it('are not guessed if they live at the same time', async () => {
      await expect(told('twins')).resolves.toMatchObject({
        total: [],
        codes: ['ambiguous_name'],
      });
    });
  });

  describe('two forms of one kind of metric', () => {
    it('add up if they are of different instances', async () => {
      const { total, bad, codes } = await told('rolling');
      const together = hoursBetween('20T07:00', '25T06:00');
      expect(new Set(inHours(total, together))).toEqual(new Set([1_200]));
      expect(new Set(inHours(bad, together))).toEqual(new Set([18]));
      const alone = hoursBetween('14T00:00', '20T06:00');
      expect(new Set(inHours(total, alone))).toEqual(new Set([600]));
      expect(new Set(inHours(bad, alone))).toEqual(new Set([12]));
      expect(codes).toEqual(['two_forms', 'mixed_evidence']);
    });

    it.each([
      ['two-collectors', 600, ['two_forms']],
      ['two-ways', 600, ['two_forms']],
      ['written-twice', 600, []],
      ['one-collector', 300, []],
    ])('count each instance of %s once', async (name, perHour, expected) => {
      const { total, codes } = await told(name);
      expect(new Set(total)).toEqual(new Set([perHour]));
      expect(codes).toEqual(expected);
    });

    it('add up in the newest hour', async () => {
      const [hour] = hoursBetween('22T11:00', '22T12:00');
      const from = new Date(RANGE.from.getTime() + hour * HOUR_MS);
      const to = new Date(from.getTime() + HOUR_MS);
      await expect(told('rolling', { from, to })).resolves.toMatchObject({
        total: [1_200],
        bad: [18],
        codes: ['two_forms'],
      });
    });
  });
});
