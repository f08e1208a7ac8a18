import { operations } from 'backstage-plugin-slo-recommender-common';
import type { DependencyReports } from './DependencyReports';
import { defineRoute } from '../kernel/http/route';
import type { DependenciesReader } from './DependenciesReader';
import type { GraphReader } from './GraphReader';

export const dependenciesRoutes = (options: {
  dependencies: DependenciesReader;
  graph: GraphReader;
  reports: DependencyReports;
}) => {
  const { dependencies, graph, reports } = options;
  return [
    defineRoute(operations.reportDependencies, ({ body }) =>
      reports.take(body),
    ),
    defineRoute(operations.getDependencies, ({ service, query, credentials }) =>
      dependencies.get(service.entityRef, query, credentials),
    ),
    defineRoute(operations.getDivergence, ({ service, credentials }) =>
      dependencies.getDivergence(service.entityRef, credentials),
    ),
    defineRoute(operations.getFleetDivergence, ({ query, credentials }) =>
      graph.listDivergence(query, credentials),
    ),
    defineRoute(operations.getUndeclaredServices, ({ query, credentials }) =>
      graph.listUndeclaredServices(query, credentials),
    ),
    defineRoute(operations.getAliasCandidates, ({ query, credentials }) =>
      graph.listAliasCandidates(query, credentials),
    ),
    defineRoute(operations.getDanglingReferences, ({ query, credentials }) =>
      graph.listDanglingReferences(query, credentials),
    ),
    defineRoute(operations.getObservedDependencies, ({ credentials }) =>
      graph.listObservedDependencies(credentials),
    ),
    defineRoute(operations.getCycles, ({ query, credentials }) =>
      graph.listCycles(query, credentials),
    ),
    defineRoute(operations.getCycle, ({ id, credentials }) =>
      graph.getCycle(id, credentials),
    ),
    defineRoute(
      operations.acknowledgeCycle,
      ({ id, body, credentials, caller }) =>
        graph.acknowledgeCycle(id, body, { credentials, caller }),
    ),
  ];
};
