import {
  AnalysisFailure,
  type AnalysisStep,
  AnalysisValue,
} from '../kernel/tasks/analysis';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { CatalogSync } from './CatalogSync';

/** Every service, and those of the analysis. */
export const analysedServices = new AnalysisValue<{
  all: CatalogEntity[];
  scope: CatalogEntity[];
}>('services');

/** Reads which services there are, and chooses those of the analysis. */
export function readServices(
  catalogSync: Pick<CatalogSync, 'runUntilSettled'>,
): AnalysisStep {
  return {
    stage: 'prepare',
    name: 'Reading the catalog',
    share: 0,
    async run(context) {
      const all = await catalogSync.runUntilSettled(context.signal);
      const wanted = context.entityRefs && new Set(context.entityRefs);
      const scope = wanted
        ? all.filter(({ entityRef }) => wanted.has(entityRef))
        : all;
      if (scope.length === 0) {
        throw new AnalysisFailure(
          all.length === 0
            ? 'The catalog has no opted-in service, or is still being read. What was published before stays.'
            : 'None of the services asked for is opted in any more.',
        );
      }
      context.services = scope.length;
      analysedServices.set(context, { all, scope });
    },
  };
}
