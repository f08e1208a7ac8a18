import {
  errorBudgetResponseSchema,
  recommendationsResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type {
  HourlyLatenciesAnswer,
  HourRange,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { aComponent } from '../__testUtils__/entities';
import { FakeTelemetrySource } from '../__testUtils__/FakeTelemetrySource';
import { AS_OF, CHECKOUT, describeOnDatabases } from '../__testUtils__/shop';
import { HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(120_000);

/** 1 request of 1,000 fails, 100 take longer than 100 ms, 10 longer than 300 ms. */
class TimedSource extends FakeTelemetrySource {
  async fetchHourlyLatencies(
    services: TelemetryService[],
    range: HourRange,
  ): Promise<HourlyLatenciesAnswer> {
    const hours = (range.to.getTime() - range.from.getTime()) / HOUR_MS;
    return {
      latencies: new Map(
        services.map(({ entityRef }) => [
          entityRef,
          {
            boundsSeconds: Float64Array.of(0.1, 0.3),
            counts: [900, 90, 10].map(n => new Float64Array(hours).fill(n)),
            evidence: 'fake-histogram',
          },
        ]),
      ),
      warnings: [],
    };
  }
}

const promising = (latency: string) =>
  aComponent('checkout', {
    annotations: { 'slo-recommender.io/latency-objective': latency },
  });

describeOnDatabases('SLOs by name and environment', ({ start }) => {
  async function startTimed(latency = '85% < 100ms') {
    const backend = await start({
      sources: [new TimedSource()],
      entities: [promising(latency)],
    });
    const { get } = backend;
    return {
      ...backend,
      recommended: async (query: string) => {
        const { body } = await get(
          `${CHECKOUT}/slo-recommendations${query}`,
        ).expect(200);
        return recommendationsResponseSchema
          .parse(body)
          .recommendations.map(({ slo, environment }) => [slo, environment]);
      },
      budget: async (query: string) => {
        const { body } = await get(
          `${CHECKOUT}/error-budget-breakdown${query}`,
        ).expect(200);
        return errorBudgetResponseSchema.parse(body);
      },
    };
  }

  it('are what recommendations can be asked for', async () => {
    const { analyse, recommended, get, knex } = await startTimed();
    const availability = ['availability', 'all'];
    await analyse({ asOf: AS_OF });
    const all = await recommended('');
    expect(all).toEqual([
      availability,
      [expect.stringMatching(/^latency-(100|300)ms$/), 'all'],
    ]);
    const [, latency] = all;
    for (const [query, expected] of [
      ['?sliType=availability', [availability]],
      ['?slo=availability', [availability]],
      ['?slo=availability&environment=all', [availability]],
      ['?slo=availability&environment=production', []],
      ['?sliType=latency', [latency]],
      [`?slo=${latency[0]}`, [latency]],
      [`?sliType=availability&slo=${latency[0]}`, []],
      ['?slo=checkout-api', []],
      ['?environment=all', all],
    ] as const) {
      await expect(recommended(query)).resolves.toEqual(expected);
    }
    await get(`${CHECKOUT}/slo-recommendations?slo=a%20b`).expect(400);

    // as if it were not analysed yet
    await knex('snapshots').delete();
    await knex('analysis_results').delete();
    await expect(recommended('')).resolves.toEqual([availability]);
    await expect(recommended('?slo=latency-300ms')).resolves.toEqual([]);
  });

  it('share their reasons, which a service names once', async () => {
    const source = new TimedSource();
    const bias = {
      code: 'sampling_bias',
      severity: 'error' as const,
      message: 'Spans are sampled by their outcome.',
      fix: null,
      snippet: null,
      gain: null,
    };
    source.findings = new Map([['component:default/checkout', [bias]]]);
    const { analyse, get } = await start({ sources: [source] });
    await analyse({ asOf: AS_OF });
    const { body: recommended } = await get(
      `${CHECKOUT}/slo-recommendations`,
    ).expect(200);
    const reasons = [{ code: bias.code, message: bias.message }];
    expect(recommended.recommendations).toMatchObject([
      { reasons },
      { reasons },
    ]);
    const { body: listed } = await get('/services?text=checkout').expect(200);
    expect(listed.items).toEqual([expect.objectContaining({ reasons })]);
    const { body: service } = await get(CHECKOUT).expect(200);
    expect(service.reasons).toEqual(reasons);
  });

  it('have error budgets of their own', async () => {
    const { analyse, budget } = await startTimed();
    await analyse({ asOf: AS_OF });
    const requests = 7 * 24 * 1_000;
    for (const query of ['', '?sliType=availability', '?slo=availability']) {
      await expect(budget(query)).resolves.toMatchObject({
        slo: 'availability',
        environment: 'all',
        totalRequests: requests,
        badRequests: requests / 1_000,
      });
    }
    for (const query of ['slo=latency-100ms', 'slo=latency-0.1s']) {
      await expect(budget(`?${query}`)).resolves.toMatchObject({
        slo: 'latency-100ms',
        verdict: 'ok',
        objective: 0.85,
        objectiveSource: 'promised',
        badRequests: requests / 10,
        spent: expect.closeTo(0.1 / 0.15),
      });
    }
    await expect(
      budget('?slo=latency-300ms&objective=0.98&environment=all'),
    ).resolves.toMatchObject({
      objectiveSource: 'requested',
      badRequests: requests / 100,
      remaining: expect.closeTo(0.5),
    });
    await expect(
      budget(`?slo=latency-300ms&objective=0.98&asOf=${AS_OF}`),
    ).resolves.toMatchObject({ verdict: 'ok', badRequests: requests / 100 });
  });

  it('of latency are the recommended one if no threshold is asked for, else the promised one', async () => {
    const { analyse, budget, recommended, knex } = await startTimed();
    await analyse({ asOf: AS_OF });
    const [[slo]] = await recommended('?sliType=latency');
    await expect(budget('?sliType=latency')).resolves.toMatchObject({ slo });

    await knex('analysis_results').delete();
    await expect(budget('?sliType=latency')).resolves.toMatchObject({
      slo: 'latency-100ms',
      objective: 0.85,
      verdict: 'insufficient',
    });
  });

  it('that are promised and not measured have no figures', async () => {
    const { analyse, budget } = await startTimed('99% < 250ms');
    await analyse({ asOf: AS_OF });
    await expect(budget('?slo=latency-250ms')).resolves.toMatchObject({
      objective: 0.99,
      verdict: 'insufficient',
      totalRequests: null,
    });
  });

  it('that do not exist are not found, with what to ask for', async () => {
    const { analyse, get } = await startTimed();
    await analyse({ asOf: AS_OF });
    for (const [query, message] of [
      ['slo=latency-200ms', /'latency-200ms'.*No bucket .* ends at/],
      ['slo=checkout-api', /'checkout-api'.*Ask for 'availability'/],
      ['environment=production', /'availability'.*leave 'environment' out/],
    ] as const) {
      const { body } = await get(
        `${CHECKOUT}/error-budget-breakdown?${query}`,
      ).expect(404);
      expect(body.error.message).toMatch(message);
    }
  });
});
