import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  HOUR_MS,
  sloRecommenderTelemetryExtensionPoint,
  type TelemetrySource,
  type TelemetrySourceFactory,
} from 'backstage-plugin-slo-recommender-node';
import demo from './index';

/** Starts a backend whose plugin only makes the configured sources. */
async function startSources(datasource: { id: string; type: string }) {
  const factories = new Map<string, TelemetrySourceFactory>();
  const sources: TelemetrySource[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'slo-recommender',
    register(env) {
      env.registerExtensionPoint(sloRecommenderTelemetryExtensionPoint, {
        addTelemetrySourceFactory: factory =>
          factories.set(factory.type, factory),
      });
      env.registerInit({
        deps: { config: coreServices.rootConfig, logger: coreServices.logger },
        async init({ config, logger }) {
          for (const entry of config.getConfigArray(
            'sloRecommender.datasources',
          )) {
            const id = entry.getString('id');
            const factory = factories.get(entry.getString('type'));
            if (factory) {
              sources.push(factory.create({ id, config: entry, logger }));
            }
          }
        },
      });
    },
  });
  await startTestBackend({
    features: [
      plugin,
      demo,
      mockServices.rootConfig.factory({
        data: { sloRecommender: { datasources: [datasource] } },
      }),
    ],
  });
  return sources;
}

describe('the demo module', () => {
  it('answers for a datasource of type simulated, up to the last full hour', async () => {
    const [source] = await startSources({ id: 'company', type: 'simulated' });
    expect(source).toMatchObject({
      id: 'company',
      type: 'simulated',
      simulated: true,
    });
    const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
    const { counts } = await source.fetchHourlyCounts(
      [
        {
          entityRef: 'component:default/checkout',
          telemetryNames: ['checkout'],
        },
      ],
      {
        from: new Date(thisHour - 2 * HOUR_MS),
        to: new Date(thisHour + 2 * HOUR_MS),
      },
    );
    const total = counts.get('component:default/checkout')?.total;
    expect(Array.from(total ?? []).map(Number.isInteger)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('stays away where no datasource has its type', async () => {
    await expect(
      startSources({ id: 'metrics', type: 'prometheus' }),
    ).resolves.toEqual([]);
  });
});
