import { aService } from '../__testUtils__/entities';
import { inputsKey } from './inputsKey';
import { DAY_MS } from '../kernel/time/hours';

const settings = {
  datasourceId: 'prometheus',
  objectiveWindowMs: 28 * DAY_MS,
  lookbackMs: 90 * DAY_MS,
  exclusions: { cap: 0.1 },
  fingerprint: undefined,
};

describe('inputsKey', () => {
  it('is the same for what a result does not rest on', () => {
    expect(
      inputsKey(aService('a', { title: 'Other', owner: null }), settings),
    ).toBe(inputsKey(aService('a'), settings));
  });

  it.each([
    ['datasource', {}, { datasourceId: null }],
    ['configured window', {}, { objectiveWindowMs: 7 * DAY_MS }],
    ['window by annotation', { windowMs: 7 * DAY_MS }, {}],
    ['lookback', {}, { lookbackMs: 30 * DAY_MS }],
    ['names', { telemetryNames: ['b'] }, {}],
    [
      'selection',
      { matchers: [{ label: 'env', operator: '=' as const, value: 'prod' }] },
      {},
    ],
    [
      'service of the same name',
      {},
      { sharedNames: [{ name: 'a', services: 2, isOfAnother: false }] },
    ],
    ['promise', { promisedObjective: 0.999 }, {}],
    [
      'promised latency',
      { promisedLatency: { objective: 0.99, thresholdSeconds: 0.3 } },
      {},
    ],
    ['cap of exclusions', {}, { exclusions: { cap: 0.2 } }],
    ['events and exclusions', {}, { fingerprint: '1' }],
  ])('is another one for another %s', (_, service, other) => {
    expect(
      inputsKey(aService('a', service), { ...settings, ...other }),
    ).not.toBe(inputsKey(aService('a'), settings));
  });

  it('is another one for another version of engine, results or calibrations', () => {
    const key = (versions: Parameters<typeof inputsKey>[2]) =>
      inputsKey(aService('a'), settings, versions);
    const keys = [
      key({ engine: '1.0.0', result: 1, calibration: 1 }),
      key({ engine: '1.0.1', result: 1, calibration: 1 }),
      key({ engine: '1.0.0', result: 2, calibration: 1 }),
      key({ engine: '1.0.0', result: 1, calibration: 2 }),
      key(undefined),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
