import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
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

interface Entry extends JsonObject {
  id: string;
  type: string;
}

const configOf = (entries: Entry[]) =>
  entries.map(entry => ({ ...entry, config: new ConfigReader(entry) }));

function create(...entries: Entry[]) {
  const logger = mockServices.logger.mock();
  const sources = new TelemetrySources({
    factories: [factory],
    logger,
    datasources: configOf(entries),
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

  it('makes sources anew whose entries have changed, and no others', () => {
    const eu = { id: 'eu', type: 'fake' };
    const us = { id: 'us', type: 'fake', token: 'old' };
    const { sources, logger } = create(eu, us);
    const before = sources.list();
    sources.update(configOf([eu, us]));
    expect(sources.list()).toEqual(before);
    expect(logger.info).not.toHaveBeenCalled();

    sources.update(configOf([{ ...us, token: 'new' }, eu]));
    const [first, second] = sources.list();
    expect([first.id, second.id]).toEqual(['us', 'eu']);
    expect(second).toBe(before[0]);
    expect(first).not.toBe(before[1]);
    expect(logger.info.mock.calls).toEqual([
      ["Datasource 'us' is used as configured now"],
    ]);
  });

  it('uses a corrected entry, a new one, and no longer a removed one', () => {
    const { sources } = create(
      { id: 'bad', type: 'fake', broken: true },
      { id: 'gone', type: 'fake' },
    );
    expect(sources.canRecover('bad')).toBe(false);
    sources.update(
      configOf([
        { id: 'bad', type: 'fake' },
        { id: 'more', type: 'fake' },
      ]),
    );
    expect(sources.canRecover('bad')).toBe(true);
    expect(sources.list().map(({ id }) => id)).toEqual(['bad', 'more']);
  });
});
