import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import { aService } from '../../__testUtils__/entities';
import { withSeenNames } from './withSeenNames';

const seen = (client: string, server: string): ObservedDependency => ({
  client,
  server,
  connectionType: 'request',
  calls: 1,
  failedCalls: 0,
  latency: null,
  firstSeenAt: new Date('2026-03-01T00:00:00Z'),
  lastSeenAt: new Date('2026-03-01T00:00:00Z'),
});

describe('withSeenNames', () => {
  it.each([
    [
      'a name that differs in case and port',
      aService('shop'),
      seen('Shop:8080', 'x'),
      ['shop', 'Shop:8080'],
    ],
    [
      'a name by rule',
      aService('shop'),
      seen('x', 'shop-v2'),
      ['shop', 'shop-v2'],
    ],
    [
      'nothing where its own name is seen',
      aService('shop'),
      seen('shop', 'shop-v2'),
      ['shop'],
    ],
    [
      'nothing where an annotation names it',
      aService('shop', { telemetryNames: ['store'] }),
      seen('Shop', 'STORE'),
      ['store'],
    ],
    [
      'nothing where no name is like it',
      aService('shop'),
      seen('x', 'y'),
      ['shop'],
    ],
  ])('adds %s', async (_, service, call, names) => {
    const rules = [
      {
        position: 0,
        rewrite: (name: string) => /^(.+)-v\d+$/u.exec(name)?.[1],
      },
    ];
    const [named] = await withSeenNames([service], [call], [service], rules);
    expect(named.telemetryNames).toEqual(names);
  });
});
