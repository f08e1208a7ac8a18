import { InputError } from '@backstage/errors';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aService } from '../__testUtils__/entities';
import { AnalysisStore } from './AnalysisStore';
import { EntityStore } from '../catalog';
import { AnalysisQueue } from './AnalysisQueue';

jest.setTimeout(60_000);

const NOW = new Date('2026-03-10T12:30:00Z');
const CART = 'component:default/cart';
const CHECKOUT = 'component:default/checkout';
const ORDER = { trigger: 'request', requestedBy: 'user:default/ada' } as const;

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'AnalysisQueue on %s',
  databaseId => {
    async function createQueue() {
      const knex = await openTestDatabase(databases, databaseId);
      const analyses = new AnalysisStore(knex);
      const entities = new EntityStore(knex);
      await entities.replaceAll([aService('cart'), aService('checkout')], knex);
      const clock = { now: NOW };
      const wake = jest.fn();
      const queue = new AnalysisQueue({
        analyses,
        entities,
        now: () => clock.now,
        wake,
      });
      return { queue, analyses, clock, database: knex, wake };
    }

    it('joins an order of the newest state to one for the same services that waits', async () => {
      const { queue, wake } = await createQueue();
      const whole = await queue.add(ORDER);
      await expect(queue.add(ORDER)).resolves.toBe(whole);
      const some = await queue.add({
        ...ORDER,
        entityRefs: [CHECKOUT, CART],
      });
      expect(some).not.toBe(whole);
      await expect(
        queue.add({ ...ORDER, entityRefs: [CART, CHECKOUT, CART] }),
      ).resolves.toBe(some);
      expect(wake).toHaveBeenCalledTimes(2);
    });

    it.each([
      ['other services', { entityRefs: [CART] }],
      ['another instant', { asOf: new Date('2026-03-01T00:00:00Z') }],
    ])('joins an order for %s to none', async (_, order) => {
      const { queue } = await createQueue();
      const whole = await queue.add(ORDER);
      const other = await queue.add({ ...ORDER, ...order });
      expect(other).not.toBe(whole);
    });

    it('joins an order to none that runs already, nor to one of an earlier hour', async () => {
      const { queue, analyses, clock } = await createQueue();
      const running = await queue.add(ORDER);
      await analyses.start(running, NOW);
      const waiting = await queue.add(ORDER);
      expect(waiting).not.toBe(running);
      clock.now = new Date(NOW.getTime() + 3_600_000);
      const later = await queue.add(ORDER);
      expect(later).not.toBe(waiting);
    });

    it('refuses services that it does not know', async () => {
      const { queue } = await createQueue();
      await expect(
        queue.add({
          ...ORDER,
          entityRefs: [CART, 'component:default/unknown'],
        }),
      ).rejects.toThrow(InputError);
    });

    it('joins an order for the same instant, and for the one that is newest by itself', async () => {
      const { queue } = await createQueue();
      const asOf = new Date('2026-03-10T12:00:00Z');
      const given = await queue.add({ ...ORDER, asOf });
      await expect(queue.add({ ...ORDER, asOf })).resolves.toBe(given);
      await expect(queue.add(ORDER)).resolves.toBe(given);
    });

    it('takes ten orders of one caller and fifty of all, also of those that come at once', async () => {
      const { queue, analyses, clock } = await createQueue();
      let hours = 0;
      const orderAll = (callers: string[]) =>
        Promise.allSettled(
          callers.map(requestedBy =>
            queue.add({
              trigger: 'request',
              requestedBy,
              asOf: new Date(clock.now.getTime() - ++hours * 3_600_000),
            }),
          ),
        );
      const refused = (results: PromiseSettledResult<string>[]) =>
        results.flatMap(one => (one.status === 'rejected' ? [one.reason] : []));
      const ofOne = refused(
        await orderAll(Array(300).fill('user:default/ada')),
      );
      expect(ofOne).toHaveLength(290);
      expect(ofOne[0]).toMatchObject({
        statusCode: 429,
        retryAfterSeconds: 60,
        message: expect.stringContaining('that you asked for wait already'),
      });
      const ofOthers = refused(
        await orderAll(
          Array.from({ length: 60 }, (_, i) => `user:default/u${i}`),
        ),
      );
      expect(ofOthers).toHaveLength(20);
      expect(ofOthers[0].message).toContain('50 analyses wait already');
      await expect(analyses.countActive()).resolves.toMatchObject({
        queued: 50,
      });
      // what is due is always taken
      await queue.add({ trigger: 'schedule' });
      await expect(analyses.countActive()).resolves.toMatchObject({
        queued: 51,
      });
    });

    it('runs what is due before what was asked for, and what was asked for in turn', async () => {
      const { queue, analyses, clock, database } = await createQueue();
      const order = (day: number) => ({
        ...ORDER,
        asOf: new Date(`2026-03-0${day}T00:00:00Z`),
      });
      const first = await queue.add(order(1));
      clock.now = new Date(NOW.getTime() + 1_000);
      const second = await queue.add(order(2));
      clock.now = new Date(NOW.getTime() + 2_000);
      const changed = await queue.add({
        trigger: 'catalog',
        entityRefs: [CART],
      });
      clock.now = new Date(NOW.getTime() + 3_000);
      const hourly = await queue.add({ trigger: 'schedule' });
      const ids: (string | undefined)[] = [];
      for (let i = 0; i < 4; i++) {
        const next = await analyses.nextActive();
        ids.push(next?.id);
        await analyses.start(next?.id ?? '', NOW);
        await expect(analyses.nextActive()).resolves.toMatchObject({
          id: next?.id,
        });
        await analyses.fail(next?.id ?? '', 'done', NOW, database);
      }
      expect(ids).toEqual([hourly, changed, first, second]);
    });

    it('lets an order run as what is due if the same is due', async () => {
      const { queue, analyses } = await createQueue();
      const id = await queue.add(ORDER);
      await expect(queue.add({ trigger: 'schedule' })).resolves.toBe(id);
      await expect(queue.add(ORDER)).resolves.toBe(id);
      await expect(analyses.get(id)).resolves.toMatchObject({
        trigger: 'schedule',
      });
    });
  },
);
