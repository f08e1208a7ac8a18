import { createHash } from 'crypto';
import type { SliType } from 'backstage-plugin-slo-recommender-common';
import type {
  HourlyLatenciesAnswer,
  HourRange,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { aComponent } from '../__testUtils__/entities';
import { FakeTelemetrySource } from '../__testUtils__/FakeTelemetrySource';
import { describeOnDatabases } from '../__testUtils__/shop';
import { EventStore } from '../events';
import { ExclusionStore } from '../exclusions';
import { DAY_MS, HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(120_000);

const AS_OF = '2023-06-30T12:00:00.000Z';
const FROM_MS = Date.parse(AS_OF) - 60 * DAY_MS;

/** A number in [0, 1) that follows from what it is given, the same everywhere (FNV-1a). */
function chance(...of: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of of.join(' ')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** Days on which one request in fifty fails. */
const isBadDay = (name: string, hourMs: number) =>
  chance(name, Math.floor(hourMs / DAY_MS)) < 0.1;

/** Services that differ, with incidents of a day. `new` is ten days old; `worse` fails ten times as often lately. */
class FleetSource extends FakeTelemetrySource {
  constructor() {
    super();
    this.counts = (name, hourMs) => {
      if (hourMs < FROM_MS) return undefined;
      if (name === 'new' && hourMs < Date.parse(AS_OF) - 10 * DAY_MS) {
        return undefined;
      }
      const isLate = hourMs >= Date.parse('2023-06-10T00:00:00Z');
      const usual = name === 'worse' && isLate ? 0.01 : 0.001;
      const share = isBadDay(name, hourMs) ? 0.02 : usual;
      const total = 1_000 + Math.floor(500 * chance(name, hourMs, 'total'));
      return { total, bad: Math.floor(total * share + chance(name, hourMs)) };
    };
  }

  async fetchHourlyLatencies(
    services: TelemetryService[],
    range: HourRange,
  ): Promise<HourlyLatenciesAnswer> {
    const hours = (range.to.getTime() - range.from.getTime()) / HOUR_MS;
    const latencies: HourlyLatenciesAnswer['latencies'] = new Map();
    for (const { entityRef, telemetryNames } of services) {
      const counts = Array.from({ length: 4 }, () =>
        new Float64Array(hours).fill(NaN),
      );
      for (let hour = 0; hour < hours; hour++) {
        const hourMs = range.from.getTime() + hour * HOUR_MS;
        const counted = this.counts(telemetryNames[0], hourMs);
        if (!counted) continue;
        const slow = Math.floor(counted.total * 0.02);
        const slower = Math.floor(counted.total * 0.002);
        counts[3][hour] = 0;
        counts[2][hour] = slower;
        counts[1][hour] = slow;
        counts[0][hour] = counted.total - slow - slower;
      }
      latencies.set(entityRef, {
        boundsSeconds: Float64Array.of(0.1, 0.25, 1),
        counts,
        evidence: 'fake-histogram',
      });
    }
    return { latencies, warnings: [] };
  }
}

const names = [
  'worse',
  'new',
  ...Array.from({ length: 22 }, (_, i) => `service-${i}`),
];
const entities = names.map(name =>
  aComponent(name, {
    annotations: { 'slo-recommender.io/latency-objective': '99% < 250ms' },
  }),
);

/** Hash of what was said on the first database. */
let firstAnswer: string | undefined;

describeOnDatabases('the fleet', ({ start }) => {
  const started = () =>
    start({
      entities,
      sources: [new FleetSource()],
      config: { lookback: '60d' },
    });

  it('corrects probabilities by past windows, and gives the same bytes on every database', async () => {
    const { analyse, client, knex } = await started();
    await analyse({ asOf: AS_OF });
    const rows: { entity_ref: string; recommendations: string }[] =
      await knex('analysis_results');
    // databases sort text differently
    const byName = rows.sort((a, b) => (a.entity_ref < b.entity_ref ? -1 : 1));
    const answer = createHash('sha256')
      .update(byName.map(row => row.recommendations).join())
      .digest('hex');
    firstAnswer ??= answer;
    expect(answer).toBe(firstAnswer);

    const said = async (name: string, sliType: SliType) => {
      const { recommendations } = await client().getRecommendations(
        `component:default/${name}`,
      );
      const found = recommendations.find(one => one.sliType === sliType);
      if (!found) throw new Error(`nothing said of ${name}`);
      return found;
    };
    const usual = await said('service-3', 'availability');
    expect(usual).toMatchObject({
      verdict: 'ok',
      calibration: { state: 'calibrated', services: expect.any(Number) },
      borrowed: null,
      exclusions: null,
    });
    expect(usual.tiers.balanced?.attainmentInterval).not.toBeNull();
    expect(usual.backtest?.windows).toHaveLength(12);
    expect(usual.explanation[0]).toContain('Promise ');
    expect(usual.provenance?.inputsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(['inference', 'validated']).toContain(usual.level);

    const latency = await said('service-3', 'latency');
    expect(latency.thresholdSeconds).toBe(0.25);
    expect(latency.promised).toMatchObject({
      objective: 0.99,
      thresholdSeconds: 0.25,
    });
    expect(latency.promised?.attainment).toBeGreaterThan(0.9);
    expect(latency.achieved).toBeCloseTo(0.998, 2);
    expect(latency.history.length).toBeGreaterThan(50);
    expect(
      latency.latency?.frontier.filter(({ recommended }) => recommended),
    ).toHaveLength(1);

    const worse = await said('worse', 'availability');
    expect(worse.regime).toMatchObject({
      applied: true,
      changePoints: [{ direction: 'worse', event: null }],
    });
    expect(worse.regime?.changePoints[0].at).toMatch(/^2023-06-(09|10|11)/);
    expect(worse.regime?.presentObjective).toBeLessThanOrEqual(
      worse.regime?.wholeHistoryObjective ?? 0,
    );

    const fleet = await client().getFleetCalibration();
    expect(fleet).toMatchObject({ state: 'calibrated', asOf: AS_OF });
    expect(fleet.coverage[0].levels.map(({ nominal }) => nominal)).toEqual([
      0.75, 0.9, 0.99,
    ]);
    expect(fleet.monthly.length).toBeGreaterThan(0);
    const [sum] = [fleet.pitHistogram.reduce((a, b) => a + b)];
    expect(sum).toBeCloseTo(1, 9);
  });

  it('takes events for hints and leaves excluded hours out, with both numbers', async () => {
    const { analyse, client, knex } = await started();
    const ref = 'component:default/worse';
    // told when it happened
    await new EventStore(knex).record(
      ref,
      {
        id: 'v2',
        type: 'deploy',
        at: '2023-06-10T09:00:00.000Z',
        title: 'Version 2',
        version: null,
        url: null,
        toldBy: 'external:ci',
      },
      new Date('2023-06-10T09:00:00.000Z'),
    );
    const badDayMs = Array.from(
      { length: 6 },
      (_, day) => Date.parse(AS_OF) - 12 * HOUR_MS - day * DAY_MS,
    ).find(dayMs => isBadDay('service-7', dayMs));
    const excludedMs = badDayMs ?? Date.parse('2023-06-29T00:00:00Z');
    await new ExclusionStore(knex).add(
      'component:default/service-7',
      {
        id: '1',
        from: new Date(excludedMs).toISOString(),
        to: new Date(excludedMs + 10 * HOUR_MS).toISOString(),
        reason: 'Planned migration',
        owner: 'user:default/guest',
        createdAt: AS_OF,
      },
      () => {},
    );
    await analyse({ asOf: AS_OF });

    const { recommendations } = await client().getRecommendations(ref);
    expect(recommendations[0].regime?.changePoints[0].event).toBe('Version 2');
    const excluded = await client().getRecommendations(
      'component:default/service-7',
    );
    expect(excluded.recommendations[0]).toMatchObject({
      verdict: 'ok',
      exclusions: {
        excludedShare: 10 / (7 * 24),
        cap: 0.1,
        hoursOverCap: 0,
        achievedWithExclusions: expect.any(Number),
        achievedWithoutExclusions: expect.any(Number),
      },
    });
  });

  it('lends a service that is too young what its peers show, also where it is analysed alone', async () => {
    const source = new FleetSource();
    const { counts } = source;
    source.counts = (name, hourMs) =>
      name === 'new' && hourMs < Date.parse(AS_OF) - 2 * DAY_MS
        ? undefined
        : counts(name, hourMs);
    const { analyse, client } = await start({
      entities,
      sources: [source],
      config: { lookback: '60d' },
    });
    await analyse({ asOf: AS_OF });
    const saidOfNew = async () =>
      (await client().getRecommendations('component:default/new'))
        .recommendations[0];
    const inFleet = await saidOfNew();
    expect(inFleet).toMatchObject({
      verdict: 'insufficient',
      level: 'conjecture',
      borrowed: { peers: expect.any(Number) },
    });
    expect(inFleet.borrowed?.ownWeight).toBeLessThan(1);
    expect(inFleet.borrowed?.sufficientAt).not.toBeNull();
    expect(inFleet.tiers.balanced).not.toBeNull();

    await analyse({ asOf: AS_OF, entityRefs: ['component:default/new'] });
    const alone = await saidOfNew();
    expect(alone.borrowed).toEqual(inFleet.borrowed);
    expect(alone.tiers).toEqual(inFleet.tiers);
  });
});
