import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogProcessorResult } from '@backstage/plugin-catalog-node';
import type { JsonValue } from '@backstage/types';
import { MAX_AGE_MS, type ObservedCallees } from './ObservedDependencies';
import { SloRecommenderProcessor } from './SloRecommenderProcessor';

const LOCATION = { type: 'file', target: 'catalog-info.yaml' };
const HOUR_MS = 3_600_000;

const shop = (
  annotations: Record<string, string> = {},
  spec: Entity['spec'] = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', namespace: 'web', annotations },
  spec,
});

/** The catalog's cache of one entity and its processing, again and again. */
function setUp(options: { observes?: boolean } = {}) {
  const logger = mockServices.logger.mock();
  const kept = new Map<string, JsonValue>();
  const set = jest.fn(async (key: string, value: JsonValue) => {
    kept.set(key, value);
  });
  const get = jest.fn();
  get.mockImplementation(async (key: string) => kept.get(key));
  let nowMs = 1_000_000;
  let callees: ObservedCallees | undefined;
  const newProcessor = () =>
    new SloRecommenderProcessor({
      logger,
      now: () => new Date(nowMs),
      observed: options.observes ? { calleesOf: () => callees } : undefined,
    });
  async function process(entity: Entity, processor = newProcessor()) {
    const emitted: CatalogProcessorResult[] = [];
    const processed = await processor.postProcessEntity(
      entity,
      LOCATION,
      result => emitted.push(result),
      { get, set },
    );
    const relations = emitted.map(result =>
      result.type === 'relation'
        ? `${result.relation.source.name} ${result.relation.type} ${result.relation.target.name}`
        : result.type,
    );
    return { processed, relations };
  }
  return {
    logger,
    process,
    writes: set,
    pass: (ms: number) => {
      nowMs += ms;
    },
    observe: (...entityRefs: string[]) => {
      callees = { entityRefs, asOf: nowMs };
    },
    forget: () => {
      callees = undefined;
    },
  };
}

const messages = (logger: ReturnType<typeof mockServices.logger.mock>) =>
  logger.warn.mock.calls.map(([message]) => message);

describe('SloRecommenderProcessor', () => {
  describe('validates annotations', () => {
    const malformed = shop({
      'slo-recommender.io/criticality': 'urgent',
      'slo-recommender.io/windo': '28d',
    });

    it('leaves what is well formed, or not ours, as it is', async () => {
      const { process, logger, writes } = setUp();
      const entity = shop({
        'slo-recommender.io/window': '28d',
        'backstage.io/techdocs-ref': 'dir:.',
      });
      await expect(process(entity)).resolves.toEqual({
        processed: entity,
        relations: [],
      });
      expect(logger.warn).not.toHaveBeenCalled();
      expect(writes).not.toHaveBeenCalled();
    });

    it('warns in the status of the entity, and emits nothing that would fail the processing', async () => {
      const { process } = setUp();
      const { processed, relations } = await process(malformed);
      expect(relations).toEqual([]);
      expect(processed).toEqual({
        ...malformed,
        status: {
          items: [
            {
              type: 'slo-recommender.io/annotations',
              level: 'warning',
              message: expect.stringContaining("Write 'critical'"),
            },
            {
              type: 'slo-recommender.io/annotations',
              level: 'warning',
              message: expect.stringContaining('check the spelling'),
            },
          ],
        },
      });
    });

    it('logs each finding once, also after a restart, and anew when it comes back', async () => {
      const { process, logger } = setUp();
      await process(malformed);
      await process(malformed);
      expect(messages(logger)).toEqual([
        expect.stringMatching(/^component:web\/shop: .*criticality/),
        expect.stringMatching(/^component:web\/shop: .*windo/),
      ]);
      await process(shop());
      await process(shop({ 'slo-recommender.io/windo': '28d' }));
      expect(messages(logger)).toHaveLength(3);
    });
  });

  describe('with relations for observed dependencies', () => {
    it('emits both directions, and lists the callees in an annotation', async () => {
      const { process, observe } = setUp({ observes: true });
      observe('component:web/cart', 'resource:default/db');
      const { processed, relations } = await process(shop());
      expect(relations).toEqual([
        'shop dependsOn cart',
        'cart dependencyOf shop',
        'shop dependsOn db',
        'db dependencyOf shop',
      ]);
      expect(processed.metadata.annotations).toEqual({
        'slo-recommender.io/observed-dependencies':
          'component:web/cart,resource:default/db',
      });
    });

    it('leaves to the entity what it declares itself', async () => {
      const { process, observe } = setUp({ observes: true });
      observe('component:web/cart', 'resource:default/db');
      const { processed, relations } = await process(
        shop({}, { dependsOn: ['Component:Cart', 'no reference', 7] }),
      );
      expect(relations).toEqual(['shop dependsOn db', 'db dependencyOf shop']);
      expect(processed.metadata.annotations).toEqual({
        'slo-recommender.io/observed-dependencies': 'resource:default/db',
      });
    });

    it('overwrites an annotation that somebody wrote by hand', async () => {
      const { process, observe } = setUp({ observes: true });
      observe();
      const { processed } = await process(
        shop({ 'slo-recommender.io/observed-dependencies': 'a:b/c' }),
      );
      expect(processed.metadata.annotations).toEqual({});
    });

    it('keeps the last ones for a day while there is no answer', async () => {
      const { process, observe, forget, pass } = setUp({ observes: true });
      observe('component:web/cart');
      await process(shop());
      forget();
      pass(MAX_AGE_MS);
      const relations = ['shop dependsOn cart', 'cart dependencyOf shop'];
      await expect(process(shop())).resolves.toMatchObject({ relations });
      pass(1);
      await expect(process(shop())).resolves.toMatchObject({ relations: [] });
    });

    it('writes to the cache when something changed, and once an hour', async () => {
      const { process, observe, pass, writes } = setUp({ observes: true });
      observe();
      await process(shop());
      expect(writes).not.toHaveBeenCalled();
      observe('component:web/cart');
      await process(shop());
      pass(HOUR_MS / 2);
      observe('component:web/cart');
      await process(shop());
      expect(writes).toHaveBeenCalledTimes(1);
      pass(HOUR_MS / 2);
      observe('component:web/cart');
      await process(shop());
      expect(writes).toHaveBeenCalledTimes(2);
      observe();
      await expect(process(shop())).resolves.toMatchObject({ relations: [] });
      expect(writes).toHaveBeenCalledTimes(3);
    });

    it('returns the entity as it was where anything fails', async () => {
      const { process, observe, logger } = setUp({ observes: true });
      observe(':::');
      await expect(process(shop())).resolves.toEqual({
        processed: shop(),
        relations: [],
      });
      expect(logger.error).toHaveBeenCalledTimes(1);
    });
  });
});
