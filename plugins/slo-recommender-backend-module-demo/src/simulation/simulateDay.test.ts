import { type Company, webShop } from '../company';
import { simulateDay } from './simulateDay';

const MONDAY = 1;

/** Two services without troubles of their own but one bad hour at the callee. */
function companyWith(options: {
  propagation: number;
  backedBy?: string;
}): Company {
  const calm = { instrumented: true, errorRatio: 0 };
  const badNoon = { startHour: 12, hours: 1, errorRatio: 0.5 };
  return {
    services: [
      { name: 'caller', ...calm },
      { name: 'callee', ...calm },
      { name: 'other', ...calm },
    ],
    dependencies: [
      {
        client: 'user',
        server: 'caller',
        connectionType: 'virtual',
        calls: 10_000,
        propagation: 0,
      },
      {
        client: 'caller',
        server: 'callee',
        connectionType: 'request',
        calls: 1,
        ...options,
      },
      {
        client: 'caller',
        server: 'other',
        connectionType: 'request',
        calls: 1,
        propagation: 0,
      },
    ],
    incidents: [{ service: 'callee', ...badNoon }],
    regressions: [],
  };
}

function failureRatioAtNoon(company: Company, service: string): number {
  const counts = simulateDay(company, 1, 0, MONDAY).services.get(service);
  return counts ? counts.failed[12] / counts.calls[12] : NaN;
}

describe('simulateDay', () => {
  it.each([
    ['a hard dependency takes the caller down with it', 1, undefined, 0.4],
    ['a fallback lets little through', 0.02, undefined, 0.005],
    ['an asynchronous dependency lets nothing through', 0, undefined, 0],
    ['a working second provider lets nothing through', 1, 'other', 0],
  ])('%s', (_, propagation, backedBy, atLeast) => {
    const company = companyWith({ propagation, backedBy });
    expect(failureRatioAtNoon(company, 'callee')).toBeGreaterThan(0.45);
    const ratio = failureRatioAtNoon(company, 'caller');
    expect(ratio).toBeGreaterThanOrEqual(atLeast);
    expect(ratio).toBeLessThanOrEqual(atLeast * 3);
  });

  it('lets two redundant providers that fail together take the caller down', () => {
    const company = companyWith({ propagation: 1, backedBy: 'other' });
    company.incidents.push({ ...company.incidents[0], service: 'other' });
    expect(failureRatioAtNoon(company, 'caller')).toBeCloseTo(0.25, 1);
  });

  it('counts at a service what its callers see', () => {
    const { services, dependencies } = simulateDay(webShop, 1, -9, MONDAY);
    for (const [name, { calls, failed }] of services) {
      const incoming = dependencies.filter(
        (_, i) => webShop.dependencies[i].server === name,
      );
      for (let hour = 0; hour < 24; hour++) {
        const sum = (pick: 'calls' | 'failed') =>
          incoming.reduce((total, edge) => total + edge[pick][hour], 0);
        expect([name, hour, sum('calls'), sum('failed')]).toEqual([
          name,
          hour,
          calls[hour],
          failed[hour],
        ]);
      }
    }
  });

  it('gives integers with 0 ≤ failed ≤ calls for a whole quarter', () => {
    for (let day = -90; day < 0; day++) {
      const { services, dependencies } = simulateDay(webShop, 1, day, MONDAY);
      for (const { calls, failed } of [...services.values(), ...dependencies]) {
        expect(
          calls.every(
            (count, hour) =>
              Number.isSafeInteger(count) &&
              Number.isSafeInteger(failed[hour]) &&
              failed[hour] >= 0 &&
              failed[hour] <= count,
          ),
        ).toBe(true);
      }
    }
  });
});

describe('webShop', () => {
  it('lists callers before what they call, except where a cycle is closed', () => {
    const position = new Map(webShop.services.map((s, i) => [s.name, i]));
    const backwards = webShop.dependencies
      .filter(({ client }) => client !== 'user')
      .filter(
        ({ client, server }) =>
          (position.get(client) ?? NaN) > (position.get(server) ?? NaN),
      );
    expect(backwards).toEqual(
      webShop.dependencies.filter(({ closesCycle }) => closesCycle),
    );
  });

  it('names only its own services', () => {
    const known = new Set(['user', ...webShop.services.map(s => s.name)]);
    const named = [
      ...webShop.dependencies.flatMap(
        ({ client, server, backedBy = server }) => [client, server, backedBy],
      ),
      ...[...webShop.incidents, ...webShop.regressions].map(s => s.service),
    ];
    expect(named.filter(name => !known.has(name))).toEqual([]);
  });
});
