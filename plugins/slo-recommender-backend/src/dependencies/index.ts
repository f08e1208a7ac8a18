import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type DatasourceStatus,
  operations,
} from 'backstage-plugin-slo-recommender-common';
import type { DependencySource } from 'backstage-plugin-slo-recommender-node';
import type { Feature, Kernel } from '../kernel/Feature';
import { defineRoute } from '../kernel/http/route';
import { retentionTask } from '../kernel/tasks/retentionTask';
import type { EntityStore, OtherEntities, Visibility } from '../catalog';
import type { DatasourceStatusStore, TelemetrySources } from '../telemetry';
import { AliasCandidates } from './AliasCandidates';
import { dependencySteps } from './analysisSteps';
import { danglingReferences, undeclaredServices } from './catalogGaps';
import { Cycles } from './Cycles';
import { CyclesService } from './CyclesService';
import { DependenciesService } from './DependenciesService';
import { DependencyReports } from './DependencyReports';
import { DependencySources } from './DependencySources';
import { fleetDivergence, observedDependencies } from './divergence';
import { Graph, type GraphOptions } from './graph/Graph';
import { GraphView } from './GraphView';
import { CycleStore } from './store/CycleStore';
import type { DependencyStore } from './store/DependencyStore';

export { withSeenNames } from './identity/withSeenNames';
export { DependencyStore, telemetryOrigin } from './store/DependencyStore';
export { readGraphVersion } from './store/graphVersion';

export interface DependenciesFeature extends Feature {
  /** Returns how each dependency source answered when it was last asked. */
  listSourceStatuses(): Promise<DatasourceStatus[]>;
}

export interface DependenciesFeatureOptions extends Kernel {
  dependencies: DependencyStore;
  dependencySources: readonly DependencySource[];
  entities: EntityStore;
  others: OtherEntities;
  readFigures: GraphOptions['readFigures'];
  sources: TelemetrySources;
  statuses: DatasourceStatusStore;
  visibility: Visibility;
}

/** The dependency graph: what is declared, observed and reported, and where these differ. */
export function createDependenciesFeature(
  options: DependenciesFeatureOptions,
): DependenciesFeature {
  const { config, database, dependencies, entities, visibility, now } = options;
  const graph = new Graph({
    database,
    settings: config.dependencies,
    readFigures: options.readFigures,
  });
  const history = new Cycles({ graph, store: new CycleStore(database), now });
  const reports = new DependencyReports({
    database,
    dependencies,
    cycles: history,
    now,
  });
  const dependencySources = new DependencySources({
    ...options,
    sources: options.dependencySources,
    reports,
  });
  const viewFor = async (credentials: BackstageCredentials) =>
    new GraphView(
      await graph.current(),
      (await visibility.all(credentials))?.entityRefs,
    );
  const services = new DependenciesService(graph, visibility);
  const cycles = new CyclesService({ cycles: history, viewFor, now });
  const aliasCandidates = new AliasCandidates();
  return {
    routes: [
      defineRoute(operations.reportDependencies, ({ body }) =>
        reports.take(body),
      ),
      defineRoute(
        operations.getDependencies,
        ({ service, query, credentials }) =>
          services.get(service.entityRef, query, credentials),
      ),
      defineRoute(operations.getDivergence, ({ service, credentials }) =>
        services.getDivergence(service.entityRef, credentials),
      ),
      defineRoute(
        operations.getFleetDivergence,
        async ({ query, credentials }) =>
          fleetDivergence(await viewFor(credentials), query),
      ),
      defineRoute(
        operations.getUndeclaredServices,
        async ({ query, credentials }) =>
          undeclaredServices(await viewFor(credentials), query),
      ),
      defineRoute(
        operations.getAliasCandidates,
        async ({ query, credentials }) =>
          aliasCandidates.list(await viewFor(credentials), query),
      ),
      defineRoute(
        operations.getDanglingReferences,
        async ({ query, credentials }) =>
          danglingReferences(
            await entities.listDanglingReferences(),
            (await visibility.all(credentials))?.entityRefs,
            query,
          ),
      ),
      defineRoute(operations.getObservedDependencies, async ({ credentials }) =>
        observedDependencies(await viewFor(credentials)),
      ),
      defineRoute(operations.getCycles, ({ query, credentials }) =>
        cycles.list(query, credentials),
      ),
      defineRoute(operations.getCycle, ({ id, credentials }) =>
        cycles.get(id, credentials),
      ),
      defineRoute(
        operations.acknowledgeCycle,
        ({ id, body, credentials, caller }) =>
          cycles.acknowledge(id, body, { credentials, caller }),
      ),
    ],
    analysisSteps: dependencySteps({
      ...options,
      cycles: history,
      dependencySources,
    }),
    tasks: [
      retentionTask(
        'calls',
        startedAt => {
          // what can still be asked for as stale is kept, however short the retention
          const keptMs = Math.max(
            config.historyRetentionMs,
            config.dependencies.staleAfterMs,
          );
          return database.transaction(tx =>
            dependencies.deleteUnseenSince(
              new Date(startedAt.getTime() - keptMs),
              tx,
            ),
          );
        },
        options,
      ),
    ],
    figures: {
      graph: async metrics => {
        const { latest } = graph;
        if (!latest) return;
        metrics.setGraph({
          nodes: latest.nodes.length,
          edges: latest.edges.length,
        });
      },
    },
    listSourceStatuses: () => dependencySources.list(),
  };
}
