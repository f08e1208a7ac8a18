import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  isOptedIn,
  parseServiceAnnotations,
} from 'backstage-plugin-slo-recommender-common';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { webShop } from './company';

const FOLDER = join(__dirname, '../../../examples');

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const validators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];

const files = readdirSync(FOLDER).filter(file => file.endsWith('.yaml'));
const entities: Entity[] = files.flatMap(file =>
  parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map(document =>
    document.toJS(),
  ),
);
const byRef = new Map(entities.map(e => [stringifyEntityRef(e), e]));
const optedIn = entities.filter(entity => isOptedIn(entity, 'annotated'));

const resolve = (ref: string, defaultKind: string) =>
  stringifyEntityRef(
    parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' }),
  );

/** References in one field of an entity's spec, in full. */
function references(entity: Entity, field: string, kind: string): string[] {
  const value = entity.spec?.[field];
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap(ref =>
    typeof ref === 'string' ? [resolve(ref, kind)] : [],
  );
}

/** What an entity says that it calls, itself or through the APIs that it consumes. */
function declaredDependencies(entity: Entity): string[] {
  const consumed = references(entity, 'consumesApis', 'api');
  return [
    ...references(entity, 'dependsOn', 'component'),
    ...entities
      .filter(other =>
        references(other, 'providesApis', 'api').some(api =>
          consumed.includes(api),
        ),
      )
      .map(stringifyEntityRef),
  ];
}

describe('the example catalog', () => {
  it('is listed in full in all.yaml', () => {
    const all = byRef.get('location:default/simulated-company');
    expect(all?.spec?.targets).toEqual(
      expect.arrayContaining(
        files.filter(file => file !== 'all.yaml').map(file => `./${file}`),
      ),
    );
  });

  it('has no two entities of one name', () => {
    expect(byRef.size).toBe(entities.length);
  });

  it.each([...byRef])('%s is a valid entity', async (_, entity) => {
    await expect(policy.enforce(entity)).resolves.toBeDefined();
    const accepted = await Promise.all(validators.map(v => v.check(entity)));
    expect(accepted).toContain(true);
  });

  it.each([...byRef])('%s refers to entities that exist', (_, entity) => {
    const { softDependencies, asyncDependencies, redundancy } =
      parseServiceAnnotations(entity);
    for (const ref of [
      ...references(entity, 'owner', 'group'),
      ...references(entity, 'memberOf', 'group'),
      ...references(entity, 'parent', 'group'),
      ...references(entity, 'children', 'group'),
      ...references(entity, 'domain', 'domain'),
      ...references(entity, 'system', 'system'),
      ...references(entity, 'providesApis', 'api'),
      ...references(entity, 'consumesApis', 'api'),
      ...references(entity, 'dependsOn', 'component'),
      ...softDependencies,
      ...asyncDependencies,
      ...redundancy.flatMap(({ members }) => members),
    ]) {
      expect([...byRef.keys()]).toContain(ref);
    }
  });

  it('has malformed annotations on reviews and nowhere else', () => {
    const issues = entities.flatMap(entity =>
      parseServiceAnnotations(entity).issues.map(({ annotation }) => [
        stringifyEntityRef(entity),
        annotation,
      ]),
    );
    expect(issues).toEqual([
      ['component:default/reviews', 'slo-recommender.io/criticality'],
      [
        'component:default/reviews',
        'slo-recommender.io/availability-objective',
      ],
    ]);
  });

  it('opts in between 20 and 25 services', () => {
    const services = optedIn.filter(({ kind }) => kind === 'Component');
    expect(services.length).toBeGreaterThanOrEqual(20);
    expect(services.length).toBeLessThanOrEqual(25);
  });

  it('leaves some components out', () => {
    expect(
      entities
        .filter(({ kind }) => kind === 'Component')
        .filter(entity => !optedIn.includes(entity))
        .map(({ metadata }) => metadata.name),
    ).toEqual(['web-frontend', 'sitemap-generator']);
  });

  it('gives the guest a team with services of its own', () => {
    const [team] = references(
      byRef.get('user:default/guest') ?? entities[0],
      'memberOf',
      'group',
    );
    expect(
      optedIn.filter(e => references(e, 'owner', 'group').includes(team))
        .length,
    ).toBeGreaterThan(3);
  });

  it('and the telemetry are about the same services', () => {
    const catalogNames = new Set(
      optedIn.flatMap(entity => parseServiceAnnotations(entity).telemetryNames),
    );
    const telemetryNames = new Set(webShop.services.map(({ name }) => name));
    expect([...catalogNames].filter(name => !telemetryNames.has(name))).toEqual(
      ['legacy-erp'],
    );
    expect([...telemetryNames].filter(name => !catalogNames.has(name))).toEqual(
      ['smtp-relay'],
    );
  });

  it('and the telemetry agree on who calls whom, with three exceptions', () => {
    const refByName = new Map(
      optedIn.flatMap(entity =>
        parseServiceAnnotations(entity).telemetryNames.map(name => [
          name,
          stringifyEntityRef(entity),
        ]),
      ),
    );
    const declared = optedIn.flatMap(entity =>
      declaredDependencies(entity).map(
        target => `${stringifyEntityRef(entity)} → ${target}`,
      ),
    );
    const observed = webShop.dependencies
      .filter(({ client }) => client !== 'user')
      .map(({ client, server }) =>
        [client, server].map(name => refByName.get(name) ?? name).join(' → '),
      );
    expect(observed.filter(edge => !declared.includes(edge))).toEqual([
      'component:default/payment → component:default/fraud-detection',
      'component:default/notification → smtp-relay',
    ]);
    expect(declared.filter(edge => !observed.includes(edge))).toEqual([
      'component:default/inventory → resource:default/legacy-erp',
    ]);
  });
});
