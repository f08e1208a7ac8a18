import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { z } from 'zod';
import {
  type AcknowledgeCycleRequest,
  type AliasCandidatesResponse,
  aliasCandidatesResponseSchema,
  type AnalysisResponse,
  analysisResponseSchema,
  type AnalyzeRequest,
  type AnalyzeResponse,
  analyzeResponseSchema,
  type Cycle,
  cycleSchema,
  type CyclesQuery,
  type CyclesResponse,
  cyclesResponseSchema,
  type DanglingReferencesResponse,
  danglingReferencesResponseSchema,
  type DependenciesQuery,
  type DependenciesResponse,
  dependenciesResponseSchema,
  type DependencyReportInput,
  type DependencyReportResponse,
  dependencyReportResponseSchema,
  type DivergenceResponse,
  divergenceResponseSchema,
  type ErrorBudgetQuery,
  type Exclusion,
  type ExclusionInput,
  exclusionSchema,
  type ExclusionsResponse,
  exclusionsResponseSchema,
  type FleetCalibrationResponse,
  fleetCalibrationResponseSchema,
  type ErrorBudgetResponse,
  errorBudgetResponseSchema,
  type FleetDivergenceResponse,
  fleetDivergenceResponseSchema,
  type FleetPageQuery,
  type ObservedDependenciesResponse,
  observedDependenciesResponseSchema,
  type RecommendationsResponse,
  recommendationsResponseSchema,
  type ServiceEvent,
  type ServiceEventInput,
  serviceEventSchema,
  type ServiceEventsResponse,
  serviceEventsResponseSchema,
  type ServicesQuery,
  type ServicesResponse,
  servicesResponseSchema,
  type ServiceSummary,
  serviceSummarySchema,
  type SliType,
  type StatusResponse,
  statusResponseSchema,
  type UndeclaredServicesResponse,
  undeclaredServicesResponseSchema,
} from '../api';

/** What a frontend, a module or a script can ask of SLO Recommender. Every method rejects with a ResponseError. */
export interface SloRecommenderApi {
  getServices(query?: Partial<ServicesQuery>): Promise<ServicesResponse>;
  getService(entityRef: string): Promise<ServiceSummary>;
  getRecommendations(entityRef: string): Promise<RecommendationsResponse>;
  getErrorBudget(
    entityRef: string,
    query?: ErrorBudgetQuery,
  ): Promise<ErrorBudgetResponse>;
  getDependencies(
    entityRef: string,
    query?: Partial<DependenciesQuery>,
  ): Promise<DependenciesResponse>;
  reportDependencies(
    report: DependencyReportInput,
  ): Promise<DependencyReportResponse>;
  getDivergence(entityRef: string): Promise<DivergenceResponse>;
  getFleetDivergence(
    query?: Partial<FleetPageQuery>,
  ): Promise<FleetDivergenceResponse>;
  getUndeclaredServices(
    query?: Partial<FleetPageQuery>,
  ): Promise<UndeclaredServicesResponse>;
  getAliasCandidates(
    query?: Partial<FleetPageQuery>,
  ): Promise<AliasCandidatesResponse>;
  getDanglingReferences(
    query?: Partial<FleetPageQuery>,
  ): Promise<DanglingReferencesResponse>;
  getObservedDependencies(): Promise<ObservedDependenciesResponse>;
  getFleetCalibration(query?: {
    sliType?: SliType;
  }): Promise<FleetCalibrationResponse>;
  getEvents(entityRef: string): Promise<ServiceEventsResponse>;
  reportEvent(
    entityRef: string,
    event: ServiceEventInput,
  ): Promise<ServiceEvent>;
  getExclusions(entityRef: string): Promise<ExclusionsResponse>;
  exclude(entityRef: string, exclusion: ExclusionInput): Promise<Exclusion>;
  withdrawExclusion(entityRef: string, id: string): Promise<Exclusion>;
  getCycles(query?: Partial<CyclesQuery>): Promise<CyclesResponse>;
  getCycle(id: string): Promise<Cycle>;
  acknowledgeCycle(
    id: string,
    request: AcknowledgeCycleRequest,
  ): Promise<Cycle>;
  getStatus(): Promise<StatusResponse>;
  analyze(request?: AnalyzeRequest): Promise<AnalyzeResponse>;
  getAnalysis(id: string): Promise<AnalysisResponse>;
}

type QueryValue = string | number | boolean | string[] | undefined;

function servicePath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/v1/services/${[kind, namespace, name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
    .join('/')}`;
}

/** Typed client of the REST API under `/api/slo-recommender`. */
export class SloRecommenderClient implements SloRecommenderApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getServices(query: Partial<ServicesQuery> = {}): Promise<ServicesResponse> {
    return this.#request(servicesResponseSchema, '/v1/services', { query });
  }

  getService(entityRef: string): Promise<ServiceSummary> {
    return this.#request(serviceSummarySchema, servicePath(entityRef));
  }

  getRecommendations(entityRef: string): Promise<RecommendationsResponse> {
    return this.#request(
      recommendationsResponseSchema,
      `${servicePath(entityRef)}/slo-recommendations`,
    );
  }

  getErrorBudget(
    entityRef: string,
    query: ErrorBudgetQuery = {},
  ): Promise<ErrorBudgetResponse> {
    return this.#request(
      errorBudgetResponseSchema,
      `${servicePath(entityRef)}/error-budget-breakdown`,
      { query },
    );
  }

  getDependencies(
    entityRef: string,
    query: Partial<DependenciesQuery> = {},
  ): Promise<DependenciesResponse> {
    return this.#request(
      dependenciesResponseSchema,
      `${servicePath(entityRef)}/dependencies`,
      { query },
    );
  }

  reportDependencies(
    report: DependencyReportInput,
  ): Promise<DependencyReportResponse> {
    return this.#request(
      dependencyReportResponseSchema,
      '/v1/services/dependencies',
      { body: report },
    );
  }

  getDivergence(entityRef: string): Promise<DivergenceResponse> {
    return this.#request(
      divergenceResponseSchema,
      `${servicePath(entityRef)}/divergence`,
    );
  }

  getFleetDivergence(
    query: Partial<FleetPageQuery> = {},
  ): Promise<FleetDivergenceResponse> {
    return this.#request(
      fleetDivergenceResponseSchema,
      '/v1/fleet/divergence',
      { query },
    );
  }

  getUndeclaredServices(
    query: Partial<FleetPageQuery> = {},
  ): Promise<UndeclaredServicesResponse> {
    return this.#request(
      undeclaredServicesResponseSchema,
      '/v1/fleet/undeclared-services',
      { query },
    );
  }

  getAliasCandidates(
    query: Partial<FleetPageQuery> = {},
  ): Promise<AliasCandidatesResponse> {
    return this.#request(aliasCandidatesResponseSchema, '/v1/fleet/aliases', {
      query,
    });
  }

  getDanglingReferences(
    query: Partial<FleetPageQuery> = {},
  ): Promise<DanglingReferencesResponse> {
    return this.#request(
      danglingReferencesResponseSchema,
      '/v1/fleet/dangling-references',
      { query },
    );
  }

  getObservedDependencies(): Promise<ObservedDependenciesResponse> {
    return this.#request(
      observedDependenciesResponseSchema,
      '/v1/fleet/observed-dependencies',
    );
  }

  getFleetCalibration(
    query: { sliType?: SliType } = {},
  ): Promise<FleetCalibrationResponse> {
    return this.#request(
      fleetCalibrationResponseSchema,
      '/v1/fleet/calibration',
      { query },
    );
  }

  getEvents(entityRef: string): Promise<ServiceEventsResponse> {
    return this.#request(
      serviceEventsResponseSchema,
      `${servicePath(entityRef)}/events`,
    );
  }

  reportEvent(
    entityRef: string,
    event: ServiceEventInput,
  ): Promise<ServiceEvent> {
    return this.#request(
      serviceEventSchema,
      `${servicePath(entityRef)}/events`,
      { body: event },
    );
  }

  getExclusions(entityRef: string): Promise<ExclusionsResponse> {
    return this.#request(
      exclusionsResponseSchema,
      `${servicePath(entityRef)}/exclusions`,
    );
  }

  exclude(entityRef: string, exclusion: ExclusionInput): Promise<Exclusion> {
    return this.#request(
      exclusionSchema,
      `${servicePath(entityRef)}/exclusions`,
      { body: exclusion },
    );
  }

  withdrawExclusion(entityRef: string, id: string): Promise<Exclusion> {
    return this.#request(
      exclusionSchema,
      `${servicePath(entityRef)}/exclusions/${encodeURIComponent(id)}/withdrawal`,
      { body: {} },
    );
  }

  getCycles(query: Partial<CyclesQuery> = {}): Promise<CyclesResponse> {
    return this.#request(cyclesResponseSchema, '/v1/fleet/cycles', { query });
  }

  getCycle(id: string): Promise<Cycle> {
    return this.#request(
      cycleSchema,
      `/v1/fleet/cycles/${encodeURIComponent(id)}`,
    );
  }

  acknowledgeCycle(
    id: string,
    request: AcknowledgeCycleRequest,
  ): Promise<Cycle> {
    return this.#request(
      cycleSchema,
      `/v1/fleet/cycles/${encodeURIComponent(id)}/acknowledgement`,
      { body: request },
    );
  }

  getStatus(): Promise<StatusResponse> {
    return this.#request(statusResponseSchema, '/v1/status');
  }

  analyze(request: AnalyzeRequest = {}): Promise<AnalyzeResponse> {
    return this.#request(analyzeResponseSchema, '/v1/analyze', {
      body: request,
    });
  }

  getAnalysis(id: string): Promise<AnalysisResponse> {
    return this.#request(
      analysisResponseSchema,
      `/v1/analyze/${encodeURIComponent(id)}`,
    );
  }

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
    options: { query?: Record<string, QueryValue>; body?: unknown } = {},
  ): Promise<z.infer<T>> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('slo-recommender');
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(options.query ?? {})) {
      if (value === undefined) continue;
      for (const one of Array.isArray(value) ? value : [value]) {
        search.append(key, String(one));
      }
    }
    const suffix = search.size ? `?${search}` : '';
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}${suffix}`,
      options.body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(options.body),
          },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return schema.parse(await response.json());
  }
}
