import type { SimulatedDependency } from './types';

function fromUser(
  server: string,
  requestsPerHour: number,
): SimulatedDependency {
  return {
    client: 'user',
    server,
    connectionType: 'virtual',
    calls: requestsPerHour,
    propagation: 0,
  };
}

function call(
  client: string,
  server: string,
  calls: number,
  propagation: number,
  more: Partial<SimulatedDependency> = {},
): SimulatedDependency {
  return {
    client,
    server,
    calls,
    propagation,
    connectionType: 'request',
    ...more,
  };
}

const database = { connectionType: 'database' } as const;
const messaging = { connectionType: 'messaging' } as const;
const outside = { connectionType: 'virtual' } as const;

export const dependencies: SimulatedDependency[] = [
  fromUser('api-gateway', 90_000),
  fromUser('media', 40_000),
  fromUser('gift-cards', 30 / 24),
  fromUser('store-locator', 0),

  call('api-gateway', 'auth', 0.6, 1),
  call('api-gateway', 'product-catalog', 0.8, 0.95),
  call('api-gateway', 'search', 0.25, 0.95),
  call('api-gateway', 'cart', 0.2, 1),
  call('api-gateway', 'checkout', 0.03, 1),
  call('api-gateway', 'profile-service', 0.1, 0.95),
  call('api-gateway', 'recommendation', 0.3, 0.02),
  call('api-gateway', 'reviews', 0.15, 0.05),
  call('api-gateway', 'loyalty', 0.02, 0.1),

  call('auth', 'user-db', 1.2, 0.98, database),
  call('profile-service', 'user-db', 1, 0.98, database),

  call('product-catalog', 'product-db', 1.1, 0.9, database),
  call('product-catalog', 'pricing', 0.7, 0.9),
  call('pricing', 'promotions', 0.5, 0.3),
  call('promotions', 'pricing', 0.2, 0, { closesCycle: true }),

  // Both indices are asked at once and the first answer wins, so a search fails only where both do: counted on the
  // first of the two.
  call('search', 'search-index-a', 1, 1, {
    ...database,
    backedBy: 'search-index-b',
  }),
  call('search', 'search-index-b', 1, 0, database),
  call('recommendation', 'product-catalog', 0.5, 0.9),
  call('reviews', 'profile-service', 0.3, 0.5),
  call('loyalty', 'profile-service', 0.5, 0.9),

  call('cart', 'cart-cache', 2, 0.9, database),
  call('cart', 'pricing', 0.5, 0.9),
  call('checkout', 'cart', 1.2, 0.95),
  call('checkout', 'payment-service', 1, 1),
  call('checkout', 'inventory', 1.5, 0.95),
  call('checkout', 'order', 0.95, 1),
  call('checkout', 'shipping', 1, 0.05),
  call('payment-service', 'external-payment-api', 1.1, 0.9, outside),
  call('payment-service', 'fraud-detection', 1, 0.15),
  call('inventory', 'inventory-db', 2, 0.95, database),

  call('order', 'order-db', 2, 0.98, database),
  call('order', 'order-events', 1, 0.98, messaging),
  call('order', 'notification', 1, 0, messaging),
  call('notification', 'order-events', 1, 0.2, messaging),
  call('notification', 'smtp-relay', 1, 0.8, outside),
];
