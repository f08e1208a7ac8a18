import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSloRecommenderConfig } from './readSloRecommenderConfig';

const DAY_MS = 86_400_000;
const read = (sloRecommender?: JsonObject) =>
  readSloRecommenderConfig(
    new ConfigReader(sloRecommender ? { sloRecommender } : {}),
  );

describe('readSloRecommenderConfig', () => {
  it('has defaults for everything', () => {
    expect(read()).toEqual({
      objectiveWindowMs: 28 * DAY_MS,
      lookbackMs: 90 * DAY_MS,
      optIn: 'annotated',
      datasources: [],
      historyRetentionMs: 400 * DAY_MS,
    });
  });

  it.each([['7d'], ['P7D'], ['168h'], [{ days: 7 }], [{ weeks: 1 }]])(
    'takes durations in any form Backstage reads: %j',
    objectiveWindow => {
      expect(read({ objectiveWindow }).objectiveWindowMs).toBe(7 * DAY_MS);
    },
  );

  it('looks back over one window at the least', () => {
    expect(read({ objectiveWindow: '30d', lookback: '7d' }).lookbackMs).toBe(
      30 * DAY_MS,
    );
  });

  it.each([
    [
      { objectiveWindow: 'a month' },
      'sloRecommender.objectiveWindow is not a duration',
    ],
    [
      { objectiveWindow: '91d' },
      'sloRecommender.objectiveWindow is 91 days. Write whole days from 1 to 90',
    ],
    [{ objectiveWindow: '36h' }, 'sloRecommender.objectiveWindow is 1.5 days'],
    [{ lookback: '0d' }, 'sloRecommender.lookback'],
    [{ optIn: 'some' }, `sloRecommender.optIn is "some". Write 'annotated'`],
    [
      { datasources: [{ type: 'prometheus' }] },
      'sloRecommender.datasources[0].id must be a name',
    ],
    [
      { datasources: [{ id: 'a b', type: 'prometheus' }] },
      'sloRecommender.datasources[0].id must be a name',
    ],
    [
      { datasources: [{ id: 'a' }] },
      "sloRecommender.datasources[0].type (datasource 'a') must name",
    ],
    [
      {
        datasources: [
          { id: 'a', type: 'x' },
          { id: 'a', type: 'y' },
        ],
      },
      "two entries with id 'a'",
    ],
  ])('says what is wrong with %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });
});
