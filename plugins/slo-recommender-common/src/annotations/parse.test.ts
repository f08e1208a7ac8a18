import type { Entity } from '@backstage/catalog-model';
import { isOptedIn, parseServiceAnnotations } from './parse';

const entity = (
  annotations: Record<string, unknown>,
  kind = 'Component',
): Entity =>
  JSON.parse(
    JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        name: 'checkout',
        namespace: 'shop',
        annotations: Object.fromEntries(
          Object.entries(annotations).map(([name, value]) => [
            name.includes('/') ? name : `slo-recommender.io/${name}`,
            value,
          ]),
        ),
      },
    }),
  );

const parse = (annotations: Record<string, unknown>) =>
  parseServiceAnnotations(entity(annotations));

describe('parseServiceAnnotations', () => {
  it('has a default for everything', () => {
    const plain: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'checkout' },
    };
    expect(parseServiceAnnotations(plain)).toEqual({
      enabled: undefined,
      telemetryNames: ['checkout'],
      softDependencies: [],
      asyncDependencies: [],
      redundancy: [],
      issues: [],
    });
  });

  it.each([
    ['enabled', 'true', { enabled: true }],
    ['enabled', 'false', { enabled: false }],
    ['telemetry-name', 'a, b ,a,', { telemetryNames: ['a', 'b'] }],
    ['telemetry-name', 'Pet"Site\\{}', { telemetryNames: ['Pet"Site\\{}'] }],
    ['datasource', 'mimir-eu', { datasource: 'mimir-eu' }],
    [
      'matchers',
      'env="prod"',
      { matchers: [{ label: 'env', operator: '=', value: 'prod' }] },
    ],
    ['criticality', 'high', { criticality: 'high' }],
    ['availability-objective', '99.9', { availabilityObjective: 0.999 }],
    ['availability-objective', '99.95 %', { availabilityObjective: 0.9995 }],
    ['availability-objective', '99.999', { availabilityObjective: 0.99999 }],
    [
      'latency-objective',
      '99% < 300ms',
      { latencyObjective: { objective: 0.99, thresholdSeconds: 0.3 } },
    ],
    [
      'latency-objective',
      '95%<1.5s',
      { latencyObjective: { objective: 0.95, thresholdSeconds: 1.5 } },
    ],
    ['window', '28d', { windowMs: 28 * 86_400_000 }],
    ['window', 'P1W', { windowMs: 7 * 86_400_000 }],
    [
      'soft-dependencies',
      'ads, resource:default/cache',
      { softDependencies: ['component:shop/ads', 'resource:default/cache'] },
    ],
    [
      'async-dependencies',
      'component:mail',
      { asyncDependencies: ['component:shop/mail'] },
    ],
    [
      'redundancy',
      '1 of resource:a, resource:b; 2 of c,d,e',
      {
        redundancy: [
          { required: 1, members: ['resource:shop/a', 'resource:shop/b'] },
          {
            required: 2,
            members: [
              'component:shop/c',
              'component:shop/d',
              'component:shop/e',
            ],
          },
        ],
      },
    ],
    ['published-sla', '99.95', { publishedSla: 0.9995 }],
    ['journey', 'Buy a book', { journey: 'Buy a book' }],
  ])('reads %s: %s', (name, value, expected) => {
    expect(parse({ [name]: value })).toMatchObject({ ...expected, issues: [] });
  });

  it.each([
    ['enabled', 'yes', "'true' or 'false'"],
    ['enabled', true, 'put the value in quotes'],
    ['telemetry-name', ' , ', 'one or more names'],
    ['datasource', 'http://10.0.0.1:9090', 'the id of a datasource'],
    ['criticality', 'urgent', "'critical'"],
    ['availability-objective', '99,9', "for example '99.9'"],
    ['availability-objective', '100', 'below 100'],
    ['latency-objective', '99% < 0.0001ms', 'a threshold'],
    ['latency-objective', '99% < 86401s', 'at most a day'],
    ['availability-objective', '0', 'above 0'],
    ['availability-objective', '-1', 'above 0'],
    ['availability-objective', '1e2', 'above 0'],
    ['availability-objective', 'NaN', 'above 0'],
    ['availability-objective', '9'.repeat(5_000), 'above 0'],
    ['latency-objective', '99% < 300', "'99% < 300ms'"],
    ['latency-objective', '99% < 0ms', "'99% < 300ms'"],
    ['latency-objective', `99% < ${'9'.repeat(400)}s`, "'99% < 300ms'"],
    ['window', '91d', 'from 1 to 90'],
    ['window', '36h', 'whole days'],
    ['window', '0d', 'from 1 to 90'],
    ['matchers', 'production', 'for example \'deployment_environment="pro'],
    ['matchers', 'env=~"(a+)+"', "patterns with '|', '.', '.*' and '.+' only"],
    ['soft-dependencies', ':::', 'entity references'],
    ['redundancy', '2 of a, b', '1 of resource:db-a'],
    ['redundancy', '0 of a, b', '1 of resource:db-a'],
    ['redundancy', 'one of a, b', '1 of resource:db-a'],
    ['published-sla', '', "for example '99.95'"],
    ['journey', '', "'true' or a title"],
  ])('names %s: %j, and the remedy', (name, value, remedy) => {
    const { issues } = parse({ [name]: value });
    expect(issues).toEqual([
      {
        annotation: `slo-recommender.io/${name}`,
        message: expect.stringContaining(remedy),
      },
    ]);
    expect(issues[0].message.length).toBeLessThan(500);
  });

  it('uses the rest where one annotation is malformed', () => {
    expect(
      parse({
        enabled: 'true',
        'availability-objective': 'high',
        criticality: 'low',
      }),
    ).toMatchObject({
      enabled: true,
      criticality: 'low',
      issues: [{ annotation: 'slo-recommender.io/availability-objective' }],
    });
  });

  it('points out misspelt annotations of ours and leaves those of others alone', () => {
    expect(
      parse({ enable: 'true', 'backstage.io/techdocs-ref': 'dir:.' }).issues,
    ).toEqual([
      {
        annotation: 'slo-recommender.io/enable',
        message: expect.stringContaining('check the spelling'),
      },
    ]);
  });
});

describe('isOptedIn', () => {
  it.each([
    ['Component', { enabled: 'true' }, true, true],
    ['Component', {}, false, true],
    ['Component', { enabled: 'false' }, false, false],
    ['Component', { enabled: 'yes' }, false, true],
    ['Resource', {}, false, false],
    ['Resource', { enabled: 'true' }, true, true],
  ])(
    '%s with %j: annotated %s, all %s',
    (kind, annotations, annotated, all) => {
      expect(isOptedIn(entity(annotations, kind), 'annotated')).toBe(annotated);
      expect(isOptedIn(entity(annotations, kind), 'all')).toBe(all);
    },
  );
});
