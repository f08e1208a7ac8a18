import { NotFoundError } from '@backstage/errors';
import type {
  ServiceItem,
  ServicesQuery,
  ServicesResponse,
  ServiceSummary,
} from 'backstage-plugin-slo-recommender-common';
import type {
  CatalogEntity,
  EntityStore,
  FleetItem,
  FleetStore,
  ResultStore,
} from '../store';
import type { TelemetrySources } from '../telemetry';
import type { DatasourceStatuses } from './DatasourceStatuses';
import { notAnalysedReason } from './notAnalysed';

/** Message for a service that is not there, or that the reader may not see. */
export function serviceNotFound(entityRef: string): NotFoundError {
  return new NotFoundError(
    `No service '${entityRef}' here. Either the catalog does not have the entity, or it lacks the annotation slo-recommender.io/enabled: 'true', or the catalog was not read since it was added.`,
  );
}

export interface ServicesReaderOptions {
  entities: EntityStore;
  results: ResultStore;
  fleet: FleetStore;
  sources: TelemetrySources;
  statuses: DatasourceStatuses;
}

/** Services as the fleet page and the overview card show them. */
export class ServicesReader {
  readonly #options: ServicesReaderOptions;

  constructor(options: ServicesReaderOptions) {
    this.#options = options;
  }

  /** @param visible - entity references that the reader may see; undefined is all. */
  async list(
    query: ServicesQuery,
    visible: string[] | undefined,
  ): Promise<ServicesResponse> {
    const page = await this.#options.fleet.list(query, visible);
    return { ...page, items: page.items.map(item => this.#toItem(item)) };
  }

  /** @throws NotFoundError where the entity is not a service. */
  async get(entityRef: string): Promise<ServiceSummary> {
    const entity = await this.require(entityRef);
    const current = await this.#options.results.getCurrent(entityRef);
    const datasource = await this.#options.statuses.forService(entity);
    const dangling = await this.#options.entities.listDanglingReferences({
      entityRef,
    });
    const reasons = current
      ? current.result.recommendations.flatMap(one => one.reasons)
      : [notAnalysedReason(datasource)];
    return {
      ...this.#toItem({
        entity,
        result: current ? { ...current.result, reasons } : null,
      }),
      reasons,
      telemetryNames: entity.telemetryNames,
      annotationIssues: entity.annotationIssues,
      danglingReferences: dangling.map(({ targetRef, relation }) => ({
        targetRef,
        relation,
      })),
      datasource,
    };
  }

  /** @throws NotFoundError where the entity is not a service. */
  async require(entityRef: string): Promise<CatalogEntity> {
    const entity = await this.#options.entities.getService(entityRef);
    if (!entity) throw serviceNotFound(entityRef);
    return entity;
  }

  #toItem({ entity, result }: FleetItem): ServiceItem {
    const datasource = this.#options.sources.forService(entity);
    return {
      entityRef: entity.entityRef,
      title: entity.title,
      owner: entity.owner,
      system: entity.system,
      criticality: entity.criticality,
      verdict: result?.verdict ?? 'insufficient',
      reasons: result?.reasons ?? [notAnalysedReason(null)],
      achieved: result?.achieved ?? null,
      requests: result?.requests ?? null,
      promisedObjective: entity.promisedObjective,
      recommendedObjective: result?.recommendedObjective ?? null,
      budgetRemaining: result?.budgetRemaining ?? null,
      asOf: result?.asOf ?? null,
      simulated:
        result?.simulated ??
        (datasource ? this.#options.sources.isSimulated(datasource.id) : false),
    };
  }
}
