import {
  type DataQualityFinding,
  MATCHERS_ANNOTATION,
  type Reason,
} from 'backstage-plugin-slo-recommender-common';
import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import {
  AVAILABILITY_COUNTS,
  type DataQualityStore,
  type HourlyHistoryStore,
  LATENCY_HISTOGRAMS,
  type TelemetrySources,
} from '../telemetry';
import type { SharedName } from '../catalog';
import type { EventStore } from '../events';
import type { ExclusionStore } from '../exclusions';
import { readFingerprints } from '../kernel/database/serviceRevisions';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { inputsKey } from './inputsKey';
import { type StudiedService, studyService } from './service';

export interface ServiceStudiesOptions {
  database: Knex;
  config: SloRecommenderConfig;
  sources: TelemetrySources;
  history: HourlyHistoryStore;
  dataQuality: DataQualityStore;
  events: EventStore;
  exclusions: ExclusionStore;
}

/** Reads what is stored of services, and studies each by itself. */
export class ServiceStudies {
  readonly #options: ServiceStudiesOptions;

  constructor(options: ServiceStudiesOptions) {
    this.#options = options;
  }

  /** Lets other work of the process run between services. */
  async *study(
    services: CatalogEntity[],
    context: {
      asOf: Date;
      range: HourRange;
      /** Why counts and latencies could not be had, by entity reference. */
      failures: ReadonlyMap<string, string>;
      latencyFailures: ReadonlyMap<string, string>;
      sharedNames: ReadonlyMap<string, SharedName[]>;
    },
  ): AsyncGenerator<{ studied: StudiedService; series: CountSeries }> {
    const { config, sources, database, history } = this.#options;
    const { asOf, range, failures, latencyFailures } = context;
    const refs = services.map(({ entityRef }) => entityRef);
    const fingerprints = await readFingerprints(database, refs);
    const histories = await history.read(AVAILABILITY_COUNTS, refs, range);
    const latencies = await history.read(LATENCY_HISTOGRAMS, refs, range);
    const qualities = await this.#options.dataQuality.read(refs);
    const exclusions = await this.#options.exclusions.readActive(refs);
    const events = await this.#options.events.readMany(refs, {
      fromMs: range.from.getTime(),
      toMs: range.to.getTime(),
    });
    for await (const [service] of inYieldingBatches(services, 1)) {
      const { entityRef } = service;
      const stored = histories.get(entityRef);
      if (!stored) continue;
      const latency = latencies.get(entityRef);
      const quality = qualities.get(entityRef);
      const datasource = sources.forService(service);
      const { series } = stored;
      const sharedNames = context.sharedNames.get(entityRef) ?? [];
      const studied = studyService({
        service,
        series,
        latencies: latency?.series ?? null,
        evidence: stored.evidence,
        latencyEvidence: latency?.evidence ?? null,
        failureDefinition: quality?.failureDefinition ?? null,
        findings: withSharedNames(quality?.findings ?? [], sharedNames),
        asOf,
        dataUntil: range.to,
        windowMs: service.windowMs ?? config.objectiveWindowMs,
        lookbackMs: config.lookbackMs,
        datasourceId: datasource?.id ?? null,
        simulated: datasource ? sources.isSimulated(datasource.id) : false,
        inputsKey: inputsKey(service, {
          ...config,
          datasourceId: datasource?.id ?? null,
          fingerprint: fingerprints.get(entityRef),
          sharedNames,
        }),
        notices: noticesOf(service, datasource?.id, failures.get(entityRef)),
        latencyNotices: unavailable(latencyFailures.get(entityRef)),
        // nothing of an analysis is from later
        exclusions: (exclusions.get(entityRef) ?? []).filter(
          ({ fromMs }) => fromMs < range.to.getTime(),
        ),
        exclusionCap: config.exclusions.cap,
        events: events.get(entityRef) ?? [],
      });
      yield { studied, series };
    }
  }
}

/** Says which names of the service others have too, unless its datasource has told them apart by their namespace. */
function withSharedNames(
  findings: DataQualityFinding[],
  sharedNames: SharedName[],
): DataQualityFinding[] {
  if (findings.some(({ code }) => code === 'name_by_namespace')) {
    return findings;
  }
  return [
    ...findings,
    ...sharedNames.map(
      ({ name, services, isOfAnother }): DataQualityFinding => ({
        code: 'shared_name',
        severity: 'warning',
        // who they are is for those to know who may read them
        message: `'${name}' is the name of ${services} services of the catalog in this datasource${
          isOfAnother ? ', and another of them goes first' : ''
        }. The requests that are shown here may be those of ${
          isOfAnother ? 'that one' : 'another one, or of all of them'
        }.`,
        fix: 'Give each service a name of its own in telemetry, or write the name with its namespace in the annotation slo-recommender.io/telemetry-name.',
        snippet: null,
        gain: 'Only requests of this service count.',
      }),
    ),
  ];
}

function unavailable(message: string | undefined): Reason[] {
  return message === undefined
    ? []
    : [{ code: 'telemetry_unavailable', message }];
}

function noticesOf(
  service: CatalogEntity,
  datasourceId: string | undefined,
  failure: string | undefined,
): Reason[] {
  if (failure !== undefined) return unavailable(failure);
  if (datasourceId !== undefined) {
    return service.annotationIssues
      .filter(({ annotation }) => annotation === MATCHERS_ANNOTATION)
      .map(({ message }) => ({ code: 'matchers_not_used', message }));
  }
  return [
    service.datasourceId === null
      ? {
          code: 'no_datasource',
          message:
            'No datasource is configured. Add one to sloRecommender.datasources in app-config.',
        }
      : {
          code: 'unknown_datasource',
          message: `The annotation slo-recommender.io/datasource names '${service.datasourceId}', which is not in sloRecommender.datasources.`,
        },
  ];
}
