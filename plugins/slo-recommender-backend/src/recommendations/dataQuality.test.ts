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
});
