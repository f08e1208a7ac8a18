import type { Entity } from '@backstage/catalog-model';
import {
  divergenceResponseSchema,
  recommendationsResponseSchema,
  undeclaredServicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import { aComponent } from '../__testUtils__/entities';
import {
  AS_OF,
  aSource,
  checkout,
  CHECKOUT,
  describeOnDatabases,
} from '../__testUtils__/shop';

jest.setTimeout(120_000);

const inNamespace = (
  namespace: string,
  name: string,
  annotations: Record<string, string> = {},
): Entity => {
  const entity = aComponent(name, { annotations });
  return { ...entity, metadata: { ...entity.metadata, namespace } };
};

const named = (name: string) => ({ 'slo-recommender.io/telemetry-name': name });

describeOnDatabases('services that share a name in telemetry', ({ start }) => {
  async function analysed(
    entities: Entity[],
    findings: ReturnType<typeof aSource>['findings'] = new Map(),
  ) {
    const source = aSource();
    source.findings = findings;
    source.observed = [
      {
        client: 'checkout',
        server: 'api-x',
        connectionType: 'request',
        calls: 100,
        failedCalls: 0,
        latency: null,
        firstSeenAt: new Date('2023-06-23T12:00:00Z'),
        lastSeenAt: new Date('2023-06-30T00:00:00Z'),
      },
    ];
    const backend = await start({
      sources: [source],
      entities: [checkout, ...entities],
    });
    await backend.analyse({ asOf: AS_OF });
    const recommend = async (namespace: string, name: string) => {
      const { body } = await backend.get(
        `/services/component/${namespace}/${name}/slo-recommendations`,
      );
      const [one] = recommendationsResponseSchema.parse(body).recommendations;
      return {
        verdict: one.verdict,
        reasons: one.reasons.map(({ code }) => code),
        findings: one.dataQuality?.findings.map(({ code }) => code),
        message: one.dataQuality?.findings[0]?.message,
      };
    };
    return { ...backend, recommend };
  }

  const degraded = {
    verdict: 'degraded',
    reasons: ['shared_name'],
    findings: ['shared_name'],
  };
  const fine = { verdict: 'ok', reasons: [], findings: [] };

  it('in two namespaces are degraded, and the graph says whose name it is', async () => {
    const { get, recommend } = await analysed([
      inNamespace('blue', 'api-x'),
      inNamespace('green', 'api-x'),
    ]);
    for (const namespace of ['blue', 'green']) {
      const found = await recommend(namespace, 'api-x');
      expect(found).toMatchObject(degraded);
      expect(found.message).toBe(
        "'api-x' is the name of 2 services of the catalog in this datasource. The requests that are shown here may be those of another one, or of all of them.",
      );
    }
    await expect(recommend('default', 'checkout')).resolves.toMatchObject(fine);

    const divergence = divergenceResponseSchema.parse(
      (await get(`${CHECKOUT}/divergence`)).body,
    );
    expect(divergence.undeclared).toEqual([
      expect.objectContaining({
        target: 'undeclared:api-x',
        advice: expect.stringContaining(
          'That is the name of component:blue/api-x and component:green/api-x, and nothing says which is meant.',
        ),
      }),
    ]);
    const { items } = undeclaredServicesResponseSchema.parse(
      (await get('/fleet/undeclared-services')).body,
    );
    expect(items).toEqual([
      expect.objectContaining({
        name: 'api-x',
        claimants: ['component:blue/api-x', 'component:green/api-x'],
      }),
    ]);
  });

  it('by annotation are degraded too; one whose annotation goes first is not', async () => {
    const two = await analysed([
      inNamespace('default', 'a', named('api-x')),
      inNamespace('default', 'b', named('api-x')),
    ]);
    await expect(two.recommend('default', 'a')).resolves.toMatchObject(
      degraded,
    );
    await expect(two.recommend('default', 'b')).resolves.toMatchObject(
      degraded,
    );

    const one = await analysed([
      inNamespace('default', 'a', named('api-x')),
      inNamespace('default', 'api-x'),
    ]);
    await expect(one.recommend('default', 'a')).resolves.toMatchObject(fine);
    await expect(one.recommend('default', 'api-x')).resolves.toMatchObject(
      degraded,
    );
  });

  it('are told apart by a datasource that has their namespaces', async () => {
    const byNamespace = {
      code: 'name_by_namespace',
      severity: 'info' as const,
      message: '',
      fix: null,
      snippet: null,
      gain: null,
    };
    const { recommend } = await analysed(
      [inNamespace('blue', 'api-x'), inNamespace('green', 'api-x')],
      new Map([['component:blue/api-x', [byNamespace]]]),
    );
    await expect(recommend('blue', 'api-x')).resolves.toMatchObject({
      verdict: 'ok',
      findings: ['name_by_namespace'],
    });
    await expect(recommend('green', 'api-x')).resolves.toMatchObject(degraded);
  });

  it('are asked for without what others are annotated with', async () => {
    const source = aSource();
    const fetched = jest.spyOn(source, 'fetchHourlyCounts');
    const { analyse } = await start({
      sources: [source],
      entities: [
        inNamespace('default', 'twin'),
        inNamespace('default', 'a', named('team-a/twin')),
      ],
    });
    await analyse({ asOf: AS_OF });
    expect(fetched.mock.calls.flatMap(([services]) => services)).toEqual([
      {
        entityRef: 'component:default/a',
        telemetryNames: ['team-a/twin'],
      },
      {
        entityRef: 'component:default/twin',
        telemetryNames: ['twin'],
        namesOfOthers: ['team-a/twin'],
      },
    ]);
  });

  it('are degraded as soon as another one comes', async () => {
    const blue = inNamespace('blue', 'api-x');
    const before = await start({ entities: [checkout, blue] });
    await before.analyse({ asOf: AS_OF });
    const verdict = async (get: typeof before.get) =>
      (await get('/services/component/blue/api-x/slo-recommendations')).body
        .recommendations[0].verdict;
    expect(await verdict(before.get)).toBe('ok');

    const { analyse, get } = await start(
      { entities: [checkout, blue, inNamespace('green', 'api-x')] },
      before.knex,
    );
    await analyse({ asOf: AS_OF });
    expect(await verdict(get)).toBe('degraded');
  });
});
