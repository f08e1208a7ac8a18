import { aService } from '../__testUtils__/entities';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import { findNamesOfOthers, findSharedNames } from './sharedNames';

const service = (
  entityRef: string,
  more: Partial<CatalogEntity> = {},
): CatalogEntity =>
  aService('x', {
    entityRef,
    telemetryNames: [entityRef.slice(entityRef.indexOf('/') + 1)],
    ...more,
  });

const inEnvironment = (value: string) => [
  { label: 'env', operator: '=' as const, value },
];

const shared = (...services: CatalogEntity[]) =>
  Object.fromEntries(
    [...findSharedNames(services, one => one.datasourceId ?? 'main')].map(
      ([ref, names]) => [
        ref,
        names.map(({ name, isOfAnother }) => [name, isOfAnother]),
      ],
    ),
  );

describe('findSharedNames', () => {
  it.each<[string, CatalogEntity[], Record<string, unknown>]>([
    [
      'of two namespaces',
      [
        service('component:blue/api-x', { datasourceId: 'main' }),
        service('component:green/api-x'),
      ],
      {
        'component:blue/api-x': [['api-x', false]],
        'component:green/api-x': [['api-x', false]],
      },
    ],
    [
      'of two annotations',
      [
        service('component:default/a', { telemetryNames: ['a', 'shop'] }),
        service('component:default/b', { telemetryNames: ['shop', 'shop'] }),
      ],
      {
        'component:default/a': [['shop', false]],
        'component:default/b': [['shop', false]],
      },
    ],
    [
      'of an entity and the annotation of another, which goes first',
      [
        service('component:default/front', { telemetryNames: ['web'] }),
        service('component:default/web'),
      ],
      { 'component:default/web': [['web', true]] },
    ],
    [
      'of a database and the service that uses it, which goes first',
      [service('component:default/orders'), service('resource:default/orders')],
      { 'resource:default/orders': [['orders', true]] },
    ],
    [
      'of one that selects all series and one that selects some',
      [
        service('component:blue/api-x', { matchers: inEnvironment('prod') }),
        service('component:green/api-x'),
      ],
      { 'component:green/api-x': [['api-x', false]] },
    ],
    [
      'of two that select the same series',
      [
        service('component:blue/api-x', { matchers: inEnvironment('prod') }),
        service('component:green/api-x', { matchers: inEnvironment('prod') }),
      ],
      {
        'component:blue/api-x': [['api-x', false]],
        'component:green/api-x': [['api-x', false]],
      },
    ],
  ])('finds names %s', (_, services, expected) => {
    expect(shared(...services)).toEqual(expected);
    expect(shared(...services.toReversed())).toEqual(expected);
  });

  it.each<[string, CatalogEntity[]]>([
    [
      'datasources',
      [
        service('component:blue/api-x', { datasourceId: 'eu' }),
        service('component:green/api-x', { datasourceId: 'us' }),
        service('component:red/api-x'),
      ],
    ],
    [
      'environments',
      [
        service('component:blue/api-x', { matchers: inEnvironment('prod') }),
        service('component:green/api-x', { matchers: inEnvironment('test') }),
      ],
    ],
    [
      'names by annotation',
      [
        service('component:blue/api-x', { telemetryNames: ['blue/api-x'] }),
        service('component:green/api-x', { telemetryNames: ['green/api-x'] }),
      ],
    ],
  ])('keeps services of different %s apart', (_, services) => {
    expect(shared(...services)).toEqual({});
  });
});

describe('findNamesOfOthers', () => {
  it('finds annotations with the namespace of a name, in the same datasource', () => {
    const found = findNamesOfOthers(
      [
        service('component:default/twin'),
        service('component:default/a', { telemetryNames: ['team-a/twin'] }),
        service('component:default/b', {
          telemetryNames: ['twin', 'team-b/twin'],
        }),
        service('component:default/c', {
          telemetryNames: ['team-c/twin'],
          datasourceId: 'other',
        }),
        service('component:default/other'),
      ],
      one => one.datasourceId ?? 'main',
    );
    expect(Object.fromEntries(found)).toEqual({
      'component:default/twin': ['team-a/twin', 'team-b/twin'],
      'component:default/b': ['team-a/twin'],
    });
  });
});
