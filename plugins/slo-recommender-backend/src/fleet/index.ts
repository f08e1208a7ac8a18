import { operations } from 'backstage-plugin-slo-recommender-common';
import type { Feature, Kernel } from '../kernel/Feature';
import { defineRoute } from '../kernel/http/route';
import { FleetStore } from './FleetStore';
import {
  ServicesService,
  type ServicesServiceOptions,
} from './ServicesService';

/** Services with their latest results, as lists and cards show them. */
export function createFleet(
  { database }: Kernel,
  options: Omit<ServicesServiceOptions, 'database' | 'fleet'>,
): Feature {
  const services = new ServicesService({
    ...options,
    database,
    fleet: new FleetStore(database),
  });
  return {
    routes: [
      defineRoute(operations.getServices, ({ query, credentials }) =>
        services.list(query, credentials),
      ),
      defineRoute(operations.getService, ({ service }) =>
        services.get(service),
      ),
    ],
  };
}
