import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type {
  AnalysisResponse,
  DependenciesQuery,
  DependenciesResponse,
  DivergenceResponse,
  ErrorBudgetQuery,
  ErrorBudgetResponse,
  Exclusion,
  exclusionInputSchema,
  ExclusionsResponse,
  FleetCalibrationResponse,
  RecommendationsQuery,
  RecommendationsResponse,
  ServiceEvent,
  serviceEventInputSchema,
  ServiceEventsResponse,
  ServicesQuery,
  ServicesResponse,
  ServiceSummary,
  SliType,
  StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { z } from 'zod';
import type { CatalogEntity, EntityStore } from '../store';
import { callerName } from './callerName';
import type { DependenciesReader } from './DependenciesReader';
import type { ErrorBudgetReader } from './ErrorBudgetReader';
import type { EventsReader } from './EventsReader';
import type { ExclusionsReader } from './ExclusionsReader';
import type { FleetCalibrationReader } from './FleetCalibrationReader';
import type { RecommendationsReader } from './RecommendationsReader';
import { serviceNotFound, type ServicesReader } from './ServicesReader';
import type { StatusReader } from './StatusReader';
import type { Visibility } from './Visibility';

export interface SloReaderOptions {
  services: ServicesReader;
  recommendations: RecommendationsReader;
  errorBudgets: ErrorBudgetReader;
  dependencies: DependenciesReader;
  events: EventsReader;
  exclusions: ExclusionsReader;
  calibrations: FleetCalibrationReader;
  status: StatusReader;
  auth: AuthService;
  entities: EntityStore;
  visibility: Visibility;
}

/** The readers behind one door that shows each caller only the entities that caller may read. */
export class SloReader {
  readonly #readers: SloReaderOptions;
  readonly #auth: AuthService;
  readonly #entities: EntityStore;
  readonly #visibility: Visibility;

  constructor(options: SloReaderOptions) {
    this.#readers = options;
    this.#auth = options.auth;
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
    query: RecommendationsQuery,
    credentials: BackstageCredentials,
  ): Promise<RecommendationsResponse> {
    const service = await this.#requireService(entityRef, credentials);
    return this.#readers.recommendations.get(service, query);
  }

  async getErrorBudget(
    entityRef: string,
    query: ErrorBudgetQuery,
    credentials: BackstageCredentials,
  ): Promise<ErrorBudgetResponse> {
    const service = await this.#requireService(entityRef, credentials);
    return this.#readers.errorBudgets.get(service, query);
  }

  async getDependencies(
    entityRef: string,
    query: DependenciesQuery,
    credentials: BackstageCredentials,
  ): Promise<DependenciesResponse> {
    await this.#requireService(entityRef, credentials);
    return this.#readers.dependencies.get(entityRef, query, refs =>
      this.#visibility.readable(async () => refs, credentials),
    );
  }

  async getDivergence(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<DivergenceResponse> {
    await this.#requireService(entityRef, credentials);
    return this.#readers.dependencies.getDivergence(entityRef, refs =>
      this.#visibility.readable(async () => refs, credentials),
    );
  }

  async getEvents(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ServiceEventsResponse> {
    await this.#requireService(entityRef, credentials);
    return this.#readers.events.list(entityRef);
  }

  /** Keeps what the caller tells of the service. */
  async reportEvent(
    entityRef: string,
    event: z.output<typeof serviceEventInputSchema>,
    credentials: BackstageCredentials,
  ): Promise<ServiceEvent> {
    await this.#requireService(entityRef, credentials);
    const toldBy = callerName(this.#auth, credentials);
    return this.#readers.events.record(entityRef, event, toldBy);
  }

  async getExclusions(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ExclusionsResponse> {
    await this.#requireService(entityRef, credentials);
    return this.#readers.exclusions.list(entityRef);
  }

  /** Leaves hours out of the service's history, in the caller's name. */
  async exclude(
    entityRef: string,
    exclusion: z.output<typeof exclusionInputSchema>,
    credentials: BackstageCredentials,
  ): Promise<Exclusion> {
    const service = await this.#requireService(entityRef, credentials);
    const owner = callerName(this.#auth, credentials);
    return this.#readers.exclusions.add(service, exclusion, owner);
  }

  async withdrawExclusion(
    entityRef: string,
    id: string,
    credentials: BackstageCredentials,
  ): Promise<Exclusion> {
    await this.#requireService(entityRef, credentials);
    const by = callerName(this.#auth, credentials);
    return this.#readers.exclusions.withdraw(entityRef, id, by);
  }

  async getFleetCalibration(
    sliType: SliType,
  ): Promise<FleetCalibrationResponse> {
    return this.#readers.calibrations.get(sliType);
  }

  async getStatus(): Promise<StatusResponse> {
    return this.#readers.status.getStatus();
  }

  async getAnalysis(id: string): Promise<AnalysisResponse> {
    return this.#readers.status.getAnalysis(id);
  }

  async #requireService(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<CatalogEntity> {
    await this.#requireReadable(entityRef, credentials);
    return this.#readers.services.require(entityRef);
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
