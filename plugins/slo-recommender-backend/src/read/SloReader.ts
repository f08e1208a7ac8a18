import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AnalysisResponse,
  DependenciesQuery,
  DependenciesResponse,
  DivergenceResponse,
  ErrorBudgetQuery,
  ErrorBudgetResponse,
  RecommendationsResponse,
  ServicesQuery,
  ServicesResponse,
  ServiceSummary,
  SliType,
  StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { EntityStore } from '../store';
import type { DependenciesReader } from './DependenciesReader';
import type { ErrorBudgetReader } from './ErrorBudgetReader';
import type { RecommendationsReader } from './RecommendationsReader';
import { serviceNotFound, type ServicesReader } from './ServicesReader';
import type { StatusReader } from './StatusReader';
import type { Visibility } from './Visibility';

/** The readers behind one door that shows each caller only the entities that caller may read. */
export class SloReader {
  readonly #readers: {
    services: ServicesReader;
    recommendations: RecommendationsReader;
    errorBudgets: ErrorBudgetReader;
    dependencies: DependenciesReader;
    status: StatusReader;
  };
  readonly #entities: EntityStore;
  readonly #visibility: Visibility;

  constructor(options: {
    services: ServicesReader;
    recommendations: RecommendationsReader;
    errorBudgets: ErrorBudgetReader;
    dependencies: DependenciesReader;
    status: StatusReader;
    entities: EntityStore;
    visibility: Visibility;
  }) {
    this.#readers = options;
    this.#entities = options.entities;
    this.#visibility = options.visibility;
  }

  async listServices(
    query: ServicesQuery,
    credentials: BackstageCredentials,
  ): Promise<ServicesResponse> {
    const readable = await this.#visibility.readable(
      async () =>
        (await this.#entities.listServices()).map(({ entityRef }) => entityRef),
      credentials,
    );
    return this.#readers.services.list(query, readable && [...readable]);
  }

  /** The readable ones among the entity references; undefined where the caller may read every entity. */
  async readable(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string> | undefined> {
    return this.#visibility.readable(async () => entityRefs, credentials);
  }

  async getService(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ServiceSummary> {
    await this.#requireReadable(entityRef, credentials);
    return this.#readers.services.get(entityRef);
  }

  async getRecommendations(
    entityRef: string,
    sliType: SliType | undefined,
    credentials: BackstageCredentials,
  ): Promise<RecommendationsResponse> {
    await this.#requireReadable(entityRef, credentials);
    const service = await this.#readers.services.require(entityRef);
    return this.#readers.recommendations.get(service, sliType);
  }

  async getErrorBudget(
    entityRef: string,
    query: ErrorBudgetQuery,
    credentials: BackstageCredentials,
  ): Promise<ErrorBudgetResponse> {
    await this.#requireReadable(entityRef, credentials);
    const service = await this.#readers.services.require(entityRef);
    return this.#readers.errorBudgets.get(service, query);
  }

  async getDependencies(
    entityRef: string,
    query: DependenciesQuery,
    credentials: BackstageCredentials,
  ): Promise<DependenciesResponse> {
    await this.#requireReadable(entityRef, credentials);
    await this.#readers.services.require(entityRef);
    return this.#readers.dependencies.get(entityRef, query, refs =>
      this.#visibility.readable(async () => refs, credentials),
    );
  }

  async getDivergence(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<DivergenceResponse> {
    await this.#requireReadable(entityRef, credentials);
    await this.#readers.services.require(entityRef);
    return this.#readers.dependencies.getDivergence(entityRef, refs =>
      this.#visibility.readable(async () => refs, credentials),
    );
  }

  async getStatus(): Promise<StatusResponse> {
    return this.#readers.status.getStatus();
  }

  async getAnalysis(id: string): Promise<AnalysisResponse> {
    return this.#readers.status.getAnalysis(id);
  }

  /** An entity that may not be read answers like one that is not there. */
  async #requireReadable(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const readable = await this.#visibility.readable(
      async () => [entityRef],
      credentials,
    );
    if (readable && !readable.has(entityRef)) throw serviceNotFound(entityRef);
  }
}
