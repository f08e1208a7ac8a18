import { parse } from 'yaml';
import { dependencyLines, entityLines } from './catalogLines';

describe('dependencyLines', () => {
  it.each([
    [
      ['component:default/a', 'resource:shop/db.main'],
      { dependsOn: ['component:default/a', 'resource:shop/db.main'] },
    ],
    [['api:default/orders'], { consumesApis: ['api:default/orders'] }],
    [
      ['component:default/a', 'api:default/b'],
      { dependsOn: ['component:default/a'], consumesApis: ['api:default/b'] },
    ],
    [
      ['component:default/a #b', 'component:default/"c"'],
      { dependsOn: ['component:default/a #b', 'component:default/"c"'] },
    ],
  ])('are YAML that declares %j', (refs, spec) => {
    expect(parse(dependencyLines(refs) ?? '')).toEqual({ spec });
  });

  it('are absent where nothing is missing', () => {
    expect(dependencyLines([])).toBeNull();
  });
});

describe('entityLines', () => {
  it.each([
    ['checkout', null, 'Component', 'checkout'],
    [
      'PetSearch_AWS::ECS::Fargate',
      'service',
      'Component',
      'PetSearch_AWS-ECS-Fargate',
    ],
    ['db:5432/orders', 'database', 'Resource', 'db-5432-orders'],
    ['true', null, 'Component', 'true'],
    ['"\\: #\n{}', 'a: b', 'Component', 'unnamed'],
    ['123', null, 'Component', '123'],
  ])('describe %j of type %j', (name, type, kind, entityName) => {
    expect(parse(entityLines({ name, type }))).toMatchObject({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        name: entityName,
        annotations: { 'slo-recommender.io/telemetry-name': name },
      },
      spec: { type: type ?? 'service', owner: 'unknown' },
    });
  });

  it('leave a name with a comma out of the annotation, which is a list', () => {
    expect(parse(entityLines({ name: 'a,b', type: null })).metadata).toEqual({
      name: 'a-b',
    });
  });
});
