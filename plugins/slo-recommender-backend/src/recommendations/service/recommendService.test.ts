import { aService } from '../../__testUtils__/entities';
import { recommendService } from './recommendService';
import type { ServiceEvidence } from './studyService';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 60 * 24;
const asOf = new Date('2026-03-10T12:00:00Z');

const seriesOf = (badOf: (hour: number) => number) => ({
  startMs: asOf.getTime() - HOURS * HOUR_MS,
  total: new Float64Array(HOURS).fill(1_000),
  bad: Float64Array.from({ length: HOURS }, (_, hour) => badOf(hour)),
});

const evidence: ServiceEvidence = {
  service: aService('cart', {
    promisedObjective: 0.995,
    promisedLatency: { objective: 0.9, thresholdSeconds: 0.25 },
  }),
  series: seriesOf(hour => (hour % 7 === 0 ? 4 : 1)),
  latencies: {
    startMs: asOf.getTime() - HOURS * HOUR_MS,
    boundsSeconds: Float64Array.of(0.1, 0.25, 1),
    counts: [900, 80, 15, 5].map(count => new Float64Array(HOURS).fill(count)),
  },
  evidence: 'fake-metric',
  latencyEvidence: 'fake-histogram',
  asOf,
  dataUntil: asOf,
  windowMs: 7 * DAY_MS,
  datasourceId: 'fake',
  simulated: false,
  inputsKey: 'inputs',
  failureDefinition: null,
  findings: [],
  notices: [],
  latencyNotices: [],
  exclusions: [],
  exclusionCap: 0.1,
  events: [],
};
const fleet = {
  availability: undefined,
  latency: undefined,
  callees: new Map<string, number>(),
  lookbackMs: HOURS * HOUR_MS,
};

const recommend = (overrides?: Parameters<typeof recommendService>[2]) => {
  const result = recommendService(evidence, fleet, overrides);
  const [availability, latency] = result.recommendations;
  return { result, availability, latency };
};

describe('recommendService', () => {
  it('recommends for both types of SLI, the same whenever it is asked', () => {
    const before = structuredClone(evidence);
    const { result, availability, latency } = recommend();
    expect(availability).toMatchObject({
      sliType: 'availability',
      verdict: 'ok',
      promised: { objective: 0.995 },
    });
    expect(availability.tiers.balanced?.objective).toBe(0.998);
    expect(latency).toMatchObject({
      sliType: 'latency',
      promised: { objective: 0.9, thresholdSeconds: 0.25 },
    });
    expect(recommend().result).toEqual(result);
    expect(evidence).toEqual(before);
  });

  it('judges other objectives than the promised ones', () => {
    const { availability, latency } = recommend({
      promisedObjective: 0.9999,
      promisedLatency: null,
    });
    expect(availability.promised?.objective).toBe(0.9999);
    expect(availability.promised?.attainment).toBeLessThan(0.1);
    expect(availability.tiers).toEqual(recommend().availability.tiers);
    expect(latency.promised).toBeNull();
    expect(recommend({ promisedObjective: null }).availability.promised).toBe(
      null,
    );
  });

  it('judges another window', () => {
    const { result, availability } = recommend({ windowMs: 14 * DAY_MS });
    expect(result.windowMs).toBe(14 * DAY_MS);
    expect(availability.requests).toBe(14 * 24 * 1_000);
  });

  it('judges a changed history', () => {
    const { availability, latency } = recommend({
      series: seriesOf(() => 0),
      latencies: null,
    });
    expect(availability.achieved).toBe(1);
    expect(latency).toBeUndefined();
    expect(availability.provenance?.inputsHash).not.toBe(
      recommend().availability.provenance?.inputsHash,
    );
  });
});
