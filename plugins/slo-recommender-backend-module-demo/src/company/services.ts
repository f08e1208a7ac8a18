import { latencies } from './latencies';
import type { SimulatedLatency, SimulatedService } from './types';

function service(
  name: string,
  errorRatio: number,
  latency: SimulatedLatency,
  firstDay?: number,
): SimulatedService {
  return { name, errorRatio, latency, instrumented: true, firstDay };
}

function backing(name: string, errorRatio: number): SimulatedService {
  return { name, errorRatio, instrumented: false };
}

/** Callers come before what they call; the simulation lets traffic flow down and failures up this list. */
export const services: SimulatedService[] = [
  service('api-gateway', 2e-5, latencies.page),
  service('media', 1, latencies.delivery),
  service('gift-cards', 3e-3, latencies.transaction),
  service('store-locator', 1e-4, latencies.lookup),
  service('auth', 3e-5, latencies.lookup),
  service('search', 2e-4, latencies.query),
  service('recommendation', 1.2e-3, latencies.model),
  service('loyalty', 6e-4, latencies.lookup, -3),
  service('reviews', 5e-4, latencies.query),
  service('checkout', 2e-4, latencies.transaction),
  service('shipping', 1.5e-4, latencies.query),
  service('payment-service', 1e-4, latencies.payment),
  service('fraud-detection', 8e-4, latencies.serverless),
  service('inventory', 1e-4, latencies.coarse),
  service('cart', 8e-5, latencies.lookup),
  service('product-catalog', 6e-5, latencies.query),
  service('pricing', 5e-5, latencies.lookup),
  service('promotions', 2e-4, latencies.lookup),
  service('order', 1e-4, latencies.transaction),
  service('notification', 1.5e-3, latencies.worker),
  service('profile-service', 1.2e-4, latencies.lookup),
  backing('user-db', 2e-5),
  backing('product-db', 1.5e-5),
  backing('inventory-db', 3e-5),
  backing('order-db', 2e-5),
  backing('cart-cache', 1e-5),
  backing('search-index-a', 3e-4),
  backing('search-index-b', 4e-4),
  backing('order-events', 1e-5),
  backing('external-payment-api', 4e-4),
  backing('smtp-relay', 8e-4),
];
