import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import { aService } from '../__testUtils__/entities';
import { observedDependencies } from './observedDependencies';

const call = (
  client: string,
  server: string,
  overrides: Partial<ObservedDependency> = {},
): ObservedDependency => ({
  client,
  server,
  connectionType: 'request',
  calls: 100,
  failedCalls: 1,
  firstSeenAt: new Date('2026-03-01T00:00:00Z'),
  lastSeenAt: new Date('2026-03-02T00:00:00Z'),
  ...overrides,
});

const services = [
  aService('shop'),
  aService('payment', { telemetryNames: ['payment-v1', 'payment-v2'] }),
];

describe('observedDependencies', () => {
  it('joins the names of one service, and marks what no service claims', () => {
    expect(
      observedDependencies(
        [
          call('shop', 'payment-v1'),
          call('shop', 'payment-v2', {
            lastSeenAt: new Date('2026-03-03T00:00:00Z'),
          }),
          call('shop', 'mystery', { connectionType: 'messaging' }),
        ],
        3_600,
        services,
      ),
    ).toEqual([
      {
        sourceId: 'component:default/shop',
        targetId: 'component:default/payment',
        kind: 'hard',
        calls: 200,
        failedCalls: 2,
        seconds: 3_600,
        firstSeenAt: '2026-03-01T00:00:00.000Z',
        lastSeenAt: '2026-03-03T00:00:00.000Z',
      },
      expect.objectContaining({
        sourceId: 'component:default/shop',
        targetId: 'undeclared:mystery',
        kind: 'async',
      }),
    ]);
  });

  it('does not take the outside world for a service', () => {
    expect(
      observedDependencies(
        [call('user', 'shop', { connectionType: 'virtual' })],
        3_600,
        services,
      ),
    ).toEqual([]);
  });
});
