import { type DependencyStore, telemetryOrigin } from './store/DependencyStore';
import { bumpGraphVersion } from './store/graphVersion';
import type { OtherEntities } from '../catalog';
import type { AnalysisStep } from '../kernel/tasks/analysis';
import { fetchedTelemetry, type TelemetrySources } from '../telemetry';
import type { Cycles } from './Cycles';
import type { DependencySources } from './DependencySources';
import { observedEdges } from './observedEdges';

/** What the graph takes from an analysis. One of some services says nothing of it. */
export function dependencySteps(options: {
  cycles: Cycles;
  dependencies: DependencyStore;
  dependencySources: DependencySources;
  others: OtherEntities;
  sources: TelemetrySources;
  now: () => Date;
}): AnalysisStep[] {
  const { cycles, dependencies, dependencySources, others, sources, now } =
    options;
  return [
    {
      stage: 'prepare',
      name: 'Asking dependency sources',
      share: 0,
      async run({ asOf, entityRefs, signal }, report) {
        if (entityRefs) return;
        await report(0);
        await dependencySources.askAll(asOf, signal);
      },
    },
    {
      stage: 'conclude',
      name: 'Searching the catalog for names',
      share: 0,
      async run(context) {
        if (context.entityRefs) return;
        const { outcomes } = fetchedTelemetry.get(context);
        await others.refresh(
          outcomes.flatMap(({ dependencies: seen }) =>
            (seen?.observed ?? []).flatMap(({ client, server }) => [
              client,
              server,
            ]),
          ),
        );
      },
    },
    {
      stage: 'publish',
      name: 'Publishing calls',
      async run(context, tx) {
        await bumpGraphVersion(tx, now());
        // datasources that are not configured any more are forgotten
        await dependencies.deleteDatasourcesExcept(
          sources.list().map(({ id }) => id),
          tx,
        );
        if (context.entityRefs) return;
        const { outcomes, range, served } = fetchedTelemetry.get(context);
        for (const {
          datasourceId,
          dependencies: seen,
          entityRefs,
        } of outcomes) {
          // a graph does not vanish as a whole
          if (!seen?.observed.length) continue;
          await dependencies.applyReport(
            {
              origin: telemetryOrigin(datasourceId),
              claim: 'observed',
              reportedAt: range.to,
              nodes: entityRefs.flatMap(name => {
                const counted = served.get(name);
                return counted
                  ? { name, title: null, type: null, aliases: [], ...counted }
                  : [];
              }),
              edges: observedEdges(seen.observed, seen.seconds),
              mode: 'merge',
            },
            tx,
          );
        }
      },
    },
    { stage: 'finish', name: 'Noting cycles', run: () => cycles.note() },
  ];
}
