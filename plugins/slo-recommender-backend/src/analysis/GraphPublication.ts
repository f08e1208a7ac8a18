import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import type { Knex } from 'knex';
import { type DependencyStore, telemetryOrigin, type ToldNode } from '../store';
import type { DatasourceOutcome, TelemetrySources } from '../telemetry';
import { observedDependencies } from './observedDependencies';
import { HOUR_MS } from '../kernel/time/hours';

/** What the datasources show of calls between services, and what the services served meanwhile, ready to be published. */
export class GraphPublication {
  readonly #outcomes: DatasourceOutcome[];
  readonly #asOf: Date;
  /** By entity reference. */
  readonly #served = new Map<string, ToldNode>();

  /** @param asOf - end of the time in which the calls were counted. */
  constructor(outcomes: DatasourceOutcome[], asOf: Date) {
    this.#outcomes = outcomes;
    this.#asOf = asOf;
  }

  /** Notes how many requests a service served in the time in which its datasource counted calls. */
  addService(
    entityRef: string,
    datasourceId: string | undefined,
    series: CountSeries,
  ): void {
    const seconds = this.#outcomes.find(
      outcome => outcome.datasourceId === datasourceId,
    )?.dependencies?.seconds;
    if (seconds === undefined) return;
    const end = Math.round((this.#asOf.getTime() - series.startMs) / HOUR_MS);
    const begin = Math.max(0, end - Math.ceil((seconds * 1_000) / HOUR_MS));
    const known = series.total
      .subarray(begin, end)
      .filter(total => total >= 0 && Number.isFinite(total));
    if (known.length === 0) return;
    this.#served.set(entityRef, {
      name: entityRef,
      title: null,
      type: null,
      aliases: [],
      requests: known.reduce((sum, total) => sum + total, 0),
      seconds: (known.length * HOUR_MS) / 1_000,
    });
  }

  /** Writes it, for readers to see with the commit. Datasources that are not configured any more are forgotten. */
  async write(
    dependencies: DependencyStore,
    sources: TelemetrySources,
    tx: Knex,
  ): Promise<void> {
    await dependencies.forgetDatasourcesExcept(
      sources.list().map(({ id }) => id),
      tx,
    );
    for (const { datasourceId, dependencies: seen, entityRefs } of this
      .#outcomes) {
      // a graph does not vanish as a whole
      if (!seen?.observed.length) continue;
      await dependencies.tell(
        {
          origin: telemetryOrigin(datasourceId),
          claim: 'observed',
          toldAt: this.#asOf,
          nodes: entityRefs.flatMap(ref => this.#served.get(ref) ?? []),
          edges: observedDependencies(seen.observed, seen.seconds),
          mode: 'merge',
        },
        tx,
      );
    }
  }
}
