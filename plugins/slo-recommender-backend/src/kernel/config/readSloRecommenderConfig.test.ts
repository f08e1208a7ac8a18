import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSloRecommenderConfig } from './readSloRecommenderConfig';
import { DAY_MS } from '../time/hours';

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
      dependencies: { staleAfterMs: 14 * DAY_MS, aliasRules: [] },
      metrics: { access: 'service' },
      exclusions: { cap: 0.1 },
      rateLimits: { analyze: 30, reportDependencies: 60 },
      issues: [],
    });
  });

  it.each([['7d'], ['P7D'], ['168h'], [{ days: 7 }], [{ weeks: 1 }]])(
    'takes durations in any form Backstage reads: %j',
    objectiveWindow => {
      expect(read({ objectiveWindow }).objectiveWindowMs).toBe(7 * DAY_MS);
    },
  );

  it.each([[0], [0.5], ['0.25']])(
    'reads the share of a window that may be left out: %j',
    cap => {
      expect(read({ exclusions: { cap } })).toMatchObject({
        exclusions: { cap: Number(cap) },
        issues: [],
      });
    },
  );

  it('reads limits of calls, and says what may be written', () => {
    expect(read({ rateLimits: { analyze: '5' } })).toMatchObject({
      rateLimits: { analyze: 5, reportDependencies: 60 },
      issues: [],
    });
    for (const analyze of [0, 1.5, 'many', 1e6]) {
      const { rateLimits, issues } = read({ rateLimits: { analyze } });
      expect(rateLimits.analyze).toBe(30);
      expect(issues).toEqual([
        expect.stringContaining(
          `sloRecommender.rateLimits.analyze is ${JSON.stringify(analyze)}. Write`,
        ),
      ]);
    }
  });

  it('reads rules for aliases', () => {
    const { dependencies, issues } = read({
      dependencies: {
        staleAfter: '30d',
        aliasRules: [{ pattern: '^(.+)-v\\d+$', replacement: '$1' }],
      },
    });
    expect(issues).toEqual([]);
    expect(dependencies.staleAfterMs).toBe(30 * DAY_MS);
    const [{ position, rewrite }] = dependencies.aliasRules;
    expect(position).toBe(0);
    expect(rewrite('checkout-v2')).toBe('checkout');
    expect(rewrite('checkout')).toBeUndefined();
  });

  it('uses the rules that can be used, and names each of the others', () => {
    const { dependencies, issues } = read({
      dependencies: {
        aliasRules: [
          { pattern: '(?=a)', replacement: 'b' },
          { pattern: 'a', replacement: '$1' },
          { pattern: 'a', replacement: 'b' },
        ],
      },
    });
    expect(dependencies.aliasRules.map(({ position }) => position)).toEqual([
      2,
    ]);
    expect(issues).toEqual([
      expect.stringContaining('aliasRules[0].pattern is "(?=a)"'),
      expect.stringContaining('aliasRules[1].pattern is "a"'),
    ]);
  });

  it('goes on with every default if the section is none', () => {
    const { issues, ...config } = readSloRecommenderConfig(
      new ConfigReader({ sloRecommender: 'x' }),
    );
    expect(issues).toEqual([
      'sloRecommender must be a section with keys such as datasources.',
    ]);
    expect({ ...config, issues: [] }).toEqual(read());
  });

  it('names every slip once, and goes on with what is right', () => {
    const { issues, ...config } = read({
      objectiveWindow: '7d',
      lookback: 'long',
      optIn: 'some',
      dependencies: { staleAfter: '1h', aliasRules: [{}] },
    });
    expect(issues).toHaveLength(4);
    expect({ ...config, issues: [] }).toEqual(read({ objectiveWindow: '7d' }));
  });

  it('keeps the other keys of a section with an unknown one', () => {
    const { dependencies, objectiveWindowMs, issues } = read({
      objectivWindow: '14d',
      objectiveWindow: '7d',
      dependencies: { staleafter: '3d', staleAfter: '30d' },
    });
    expect(issues).toHaveLength(2);
    expect(objectiveWindowMs).toBe(7 * DAY_MS);
    expect(dependencies.staleAfterMs).toBe(30 * DAY_MS);
  });

  it('takes no longer for a name that is made to be slow', () => {
    const { dependencies } = read({
      dependencies: { aliasRules: [{ pattern: '^(a+)+$', replacement: 'b' }] },
    });
    expect(
      dependencies.aliasRules[0].rewrite(`${'a'.repeat(2_000)}!`),
    ).toBeUndefined();
  });

  it('looks back over one window at the least', () => {
    expect(read({ objectiveWindow: '30d', lookback: '7d' }).lookbackMs).toBe(
      30 * DAY_MS,
    );
  });

  it.each([
    [
      { metrics: { access: 'everybody' } },
      'sloRecommender.metrics.access is "everybody". Write \'service\'',
    ],
    [
      { objectiveWindow: 'a month' },
      'sloRecommender.objectiveWindow is "a month", which is not a duration',
    ],
    [
      { objectiveWindow: '91d' },
      'sloRecommender.objectiveWindow is 91 days. Write whole days from 1 to 90',
    ],
    [{ objectiveWindow: '36h' }, 'sloRecommender.objectiveWindow is 1.5 days'],
    [{ lookback: '0d' }, 'sloRecommender.lookback is 0 days'],
    [{ optIn: 'some' }, `sloRecommender.optIn is "some". Write 'annotated'`],
    [
      { exclusions: { cap: 10 } },
      'sloRecommender.exclusions.cap is 10. Write the share',
    ],
    [{ exclusions: { cap: -0.1 } }, 'sloRecommender.exclusions.cap is -0.1'],
    [{ exclusions: { cap: '' } }, 'sloRecommender.exclusions.cap is ""'],
    [{ exclusions: { cap: '10' } }, 'sloRecommender.exclusions.cap is "10"'],
    [{ exclusions: { cap: 'ten' } }, 'sloRecommender.exclusions.cap is "ten"'],
    [{ exclusions: 0.1 }, "Invalid type in config for key 'exclusions'"],
    [
      { dependencies: [] },
      "Invalid type in config for key 'dependencies' in 'sloRecommender', got array, wanted object",
    ],
    [{ datasources: { a: 'b' } }, 'sloRecommender.datasources must be a list'],
    [
      { lookBack: '7d' },
      'sloRecommender.lookBack is not a known key. Write objectiveWindow, lookback, ',
    ],
    [
      { dependencies: { staleafter: '3d', x: 1 } },
      'sloRecommender.dependencies.staleafter, sloRecommender.dependencies.x are no known keys. Write staleAfter, aliasRules.',
    ],

    [
      { dependencies: { staleAfter: '1h' } },
      'sloRecommender.dependencies.staleAfter is 0.041666666666666664 days. Write whole days from 1 to 400, for example staleAfter: 14d.',
    ],
    [
      { dependencies: { aliasRules: 'a=b' } },
      'sloRecommender.dependencies.aliasRules must be a list',
    ],
    [
      { dependencies: { aliasRules: [{ pattern: 'a' }] } },
      'sloRecommender.dependencies.aliasRules[0] must have a pattern and a replacement',
    ],
    [
      { dependencies: { aliasRules: [{ pattern: '(', replacement: 'a' }] } },
      'sloRecommender.dependencies.aliasRules[0].pattern is "(", which is not a regular expression',
    ],
  ])(
    'names what is wrong with %j, and goes on with the default',
    (slip, message) => {
      const { issues, ...config } = read(slip);
      expect(issues).toEqual([expect.stringContaining(message)]);
      expect({ ...config, issues: [] }).toEqual(read());
    },
  );

  it('keeps the usable datasources where others are malformed', () => {
    const { datasources, issues } = read({
      datasources: [
        { type: 'prometheus' },
        null,
        { id: 'a b', type: 'prometheus' },
        { id: 'no-type' },
        { id: 'good', type: 'prometheus' },
        { id: 'good', type: 'other' },
      ],
    });
    expect(datasources.map(one => [one.id, 'error' in one])).toEqual([
      ['datasources[0]', true],
      ['datasources[1]', true],
      ['datasources[2]', true],
      ['no-type', true],
      ['good', false],
      ['datasources[5]', true],
    ]);
    expect(issues).toEqual([]);
    expect(
      datasources.flatMap(one => ('error' in one ? one.error.message : [])),
    ).toEqual([
      expect.stringContaining('sloRecommender.datasources[0].id must be'),
      expect.stringContaining('sloRecommender.datasources[1] is null'),
      expect.stringContaining('sloRecommender.datasources[2].id must be'),
      expect.stringContaining("(datasource 'no-type') must name"),
      expect.stringContaining("sloRecommender.datasources[5].id is 'good'"),
    ]);
  });

  it('takes the topmost of layered files, whatever form each has', () => {
    const layered = ConfigReader.fromConfigs([
      { context: 'below', data: { sloRecommender: { lookback: '90d' } } },
      {
        context: 'above',
        data: { sloRecommender: { lookback: { days: 30 } } },
      },
    ]);
    expect(readSloRecommenderConfig(layered)).toMatchObject({
      lookbackMs: 30 * DAY_MS,
      issues: [],
    });
  });
});
