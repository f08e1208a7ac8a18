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
        catalogSync: { run: async () => entities.listServices() },
        now: () => clock.now,
        wake,
      });
      return { queue, analyses, clock, wake };
    }

    it('joins an order of the newest state to one for the same services that waits', async () => {
      const { queue, wake } = await createQueue();
      const whole = await queue.add({ trigger: 'request' });
      await expect(queue.add({ trigger: 'request' })).resolves.toBe(whole);
      const some = await queue.add({
        trigger: 'request',
        entityRefs: [CHECKOUT, CART],
      });
      expect(some).not.toBe(whole);
      await expect(
        queue.add({ trigger: 'request', entityRefs: [CART, CHECKOUT, CART] }),
      ).resolves.toBe(some);
      expect(wake).toHaveBeenCalledTimes(2);
    });

    it.each([
      ['other services', { entityRefs: [CART] }],
      ['an instant that is given', { asOf: new Date('2026-03-01T00:00:00Z') }],
    ])('joins an order for %s to none', async (_, order) => {
      const { queue } = await createQueue();
      const whole = await queue.add({ trigger: 'request' });
      const other = await queue.add({ trigger: 'request', ...order });
      expect(other).not.toBe(whole);
    });

    it('joins an order to none that runs already, nor to one of an earlier hour', async () => {
      const { queue, analyses, clock } = await createQueue();
      const running = await queue.add({ trigger: 'request' });
      await analyses.start(running, NOW);
      const waiting = await queue.add({ trigger: 'request' });
      expect(waiting).not.toBe(running);
      clock.now = new Date(NOW.getTime() + 3_600_000);
      const later = await queue.add({ trigger: 'request' });
      expect(later).not.toBe(waiting);
    });

    it('refuses services that it does not know', async () => {
      const { queue } = await createQueue();
      await expect(
        queue.add({
          trigger: 'request',
          entityRefs: [CART, 'component:default/unknown'],
        }),
      ).rejects.toThrow(InputError);
    });
  },
);
