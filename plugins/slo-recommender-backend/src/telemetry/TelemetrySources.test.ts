import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { TelemetrySourceFactory } from 'backstage-plugin-slo-recommender-node';
import { FakeTelemetrySource } from '../__testUtils__/FakeTelemetrySource';
import { TelemetrySources } from './TelemetrySources';

const factory: TelemetrySourceFactory = {
  type: 'fake',
  create: ({ id, config }) => {
    if (config.has('broken')) throw new Error(`url of '${id}' is missing`);
    return new FakeTelemetrySource(id);
  },
};

function create(...entries: { id: string; type: string; broken?: boolean }[]) {
  const logger = mockServices.logger.mock();
  const sources = new TelemetrySources({
    factories: [factory],
    logger,
    datasources: entries.map(entry => ({
      ...entry,
      config: new ConfigReader(entry),
    })),
  });
  return { sources, logger };
}

describe('TelemetrySources', () => {
  it('serves a service from the datasource it names, else from the first one', () => {
    const { sources } = create(
      { id: 'eu', type: 'fake' },
      { id: 'us', type: 'fake' },
    );
    expect(sources.forService({ datasourceId: null })?.id).toBe('eu');
    expect(sources.forService({ datasourceId: 'us' })?.id).toBe('us');
    expect(sources.forService({ datasourceId: 'asia' })).toBeUndefined();
  });

  it.each([
    [{ id: 'bad', type: 'fake', broken: true }, "url of 'bad' is missing"],
    [
      { id: 'bad', type: 'statsd' },
      "type 'statsd' is not known. Known are 'fake'",
    ],
  ])('keeps the others when an entry is wrong: %j', (entry, message) => {
    const { sources, logger } = create(entry, { id: 'good', type: 'fake' });
    expect(sources.list()).toEqual([
      expect.objectContaining({
        id: 'bad',
        error: expect.objectContaining({
          message: expect.stringContaining(message),
        }),
      }),
      expect.objectContaining({ id: 'good', source: expect.anything() }),
    ]);
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining(message));
  });
});
