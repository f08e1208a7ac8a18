import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  operations,
  type ServiceItem,
  type ServicesQuery,
  type ServicesResponse,
  type ServiceSummary,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import packageJson from '../../package.json';
import { readGraphVersion } from '../dependencies';
import { type ReadyAnswer, ReadyAnswers } from '../kernel/http/answers';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { EntityStore, Visibility } from '../catalog';
import type { FleetItem, FleetStore } from './FleetStore';
import {
  notAnalysedReason,
  reasonsOf,
  type ResultStore,
} from '../recommendations';
import type { DatasourceStatuses, TelemetrySources } from '../telemetry';

/** Room for the pages that people look at, 17 kB for 50 services. */
const MAX_LISTS_BYTES = 16 * 2 ** 20;

export interface ServicesServiceOptions {
  database: Knex;
  entities: EntityStore;
  results: ResultStore;
  fleet: FleetStore;
  sources: TelemetrySources;
  statuses: DatasourceStatuses;
  visibility: Visibility;
}

/** Services as the fleet page and the overview card show them. */
export class ServicesService {
  readonly #options: ServicesServiceOptions;
  readonly #lists = new ReadyAnswers(operations.getServices, MAX_LISTS_BYTES);

  constructor(options: ServicesServiceOptions) {
    this.#options = options;
  }

  /** Returns the services that the caller may read, page by page; made once for all callers who may read the same. */
  async list(
    query: ServicesQuery,
    credentials: BackstageCredentials,
  ): Promise<ReadyAnswer> {
    const { database, results, sources, visibility } = this.#options;
    const visible = await visibility.all(credentials);
    const [analysisId, { version }] = await Promise.all([
      results.getCurrentAnalysisId(),
      // grows with every change of the entities
      readGraphVersion(database),
    ]);
    return this.#lists.answer(
      [
        packageJson.version,
        sources.list().map(({ id }) => [id, sources.isSimulated(id)]),
        analysisId ?? null,
        version,
        visible?.id ?? null,
        query,
      ],
      () => this.#readList(query, visible?.id, version),
    );
  }

  async #readList(
    query: ServicesQuery,
    visibleSetId: string | undefined,
    entitiesVersion: number,
  ): Promise<ServicesResponse> {
    const page = await this.#options.fleet.list(
      query,
      visibleSetId,
      entitiesVersion,
    );
    return { ...page, items: page.items.map(item => this.#toItem(item)) };
  }

  async get(entity: CatalogEntity): Promise<ServiceSummary> {
    const { entityRef } = entity;
    const current = await this.#options.results.getCurrent(entityRef);
    const datasource = await this.#options.statuses.forService(entity);
    const dangling = await this.#options.entities.listDanglingReferences({
      entityRef,
    });
    const reasons = current
      ? reasonsOf(current.result)
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
