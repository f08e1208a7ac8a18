import {
  recommendationsResponseSchema,
  servicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import { aComponent } from '../__testUtils__/entities';
import {
  AS_OF,
  CHECKOUT,
  aSource,
  describeOnDatabases,
} from '../__testUtils__/shop';

jest.setTimeout(120_000);

describeOnDatabases('data quality', ({ start }) => {
  it('degrades a service whose matchers cannot be read', async () => {
    const withMatchers = (name: string, matchers: string) =>
      aComponent(name, {
        annotations: { 'slo-recommender.io/matchers': matchers },
      });
    const { analyse, get } = await start({
      entities: [
        withMatchers('right', 'env="prod"'),
        withMatchers('malformed', 'env=prod'),
      ],
    });
    await analyse({ asOf: AS_OF });
    const { items } = servicesResponseSchema.parse(
      (await get('/services').expect(200)).body,
    );
    expect(items).toEqual([
      expect.objectContaining({
        title: 'malformed',
        verdict: 'degraded',
        reasons: [
          {
            code: 'matchers_not_used',
            message: expect.stringContaining(
              '"env=prod", which cannot be used',
            ),
          },
        ],
      }),
      expect.objectContaining({ title: 'right', verdict: 'ok' }),
    ]);
  });

  it('shows what was found, refuses what cannot be believed, and forgets what was mended', async () => {
    const source = aSource();
    const bias = {
      code: 'sampling_bias',
      severity: 'error' as const,
      message: 'Spans are sampled by their outcome.',
      fix: 'Count before sampling.',
      snippet: { title: 'Collector', language: 'yaml', text: 'a: b\n' },
      gain: null,
    };
    source.findings = new Map([['component:default/checkout', [bias]]]);
    const { analyse, get } = await start({ sources: [source] });
    const recommend = async () =>
      recommendationsResponseSchema.parse(
        (await get(`${CHECKOUT}/slo-recommendations`).expect(200)).body,
      ).recommendations[0];

    await analyse({ asOf: AS_OF });
    await expect(recommend()).resolves.toMatchObject({
      verdict: 'invalid',
      reasons: [{ code: 'sampling_bias' }],
      achieved: null,
      curve: [],
      dataQuality: {
        failureDefinition: 'requests that a test says failed',
        findings: [bias],
      },
    });

    source.findings = new Map();
    await analyse({ asOf: '2023-06-30T14:00:00Z' });
    await expect(recommend()).resolves.toMatchObject({
      verdict: 'ok',
      dataQuality: { findings: [] },
    });
  });

  it.each(['ambiguous_name', 'name_in_other_case', 'template_without_label'])(
    'says %s of a service without telemetry, and nothing that contradicts it',
    async code => {
      const source = aSource();
      const why = {
        code,
        severity: 'warning' as const,
        message: 'It is called otherwise.',
        fix: 'Annotate its name.',
        snippet: null,
        gain: null,
      };
      source.findings = new Map([
        ['component:default/silent', [why]],
        ['component:default/checkout', [why]],
      ]);
      const { analyse, get } = await start({ sources: [source] });
      await analyse({ asOf: AS_OF });
      const recommend = async (path: string) =>
        recommendationsResponseSchema.parse(
          (await get(`${path}/slo-recommendations`).expect(200)).body,
        ).recommendations[0];
      await expect(
        recommend(CHECKOUT.replace('checkout', 'silent')),
      ).resolves.toMatchObject({
        verdict: 'insufficient',
        reasons: [
          { code, message: 'It is called otherwise. Annotate its name.' },
        ],
      });
      await expect(recommend(CHECKOUT)).resolves.toMatchObject({
        verdict: 'ok',
        reasons: [],
      });
    },
  );

  it('says of a service that was never counted that its datasource fails', async () => {
    const us = aSource('us');
    us.failure = new Error('connection refused');
    const { analyse, get } = await start({
      sources: [aSource(), us],
      entities: [
        aComponent('served', {
          annotations: { 'slo-recommender.io/datasource': 'fake' },
        }),
        aComponent('unheard', {
          annotations: { 'slo-recommender.io/datasource': 'us' },
        }),
      ],
    });
    await analyse({ asOf: AS_OF });
    const { items } = servicesResponseSchema.parse(
      (await get('/services').expect(200)).body,
    );
    expect(items.find(({ title }) => title === 'unheard')?.reasons).toEqual([
      {
        code: 'telemetry_unavailable',
        message: expect.stringContaining('connection refused'),
      },
    ]);
  });
});
