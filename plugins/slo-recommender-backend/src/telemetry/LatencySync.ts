import type {
  DataQualityFinding,
  HourRange,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import {
  type CatalogEntity,
  type DataQualityStore,
  type LatencyHistoryStore,
} from '../store';
import { inBatches } from '../kernel/database/database';
import {
  fetchChunks,
  type FetchObserver,
  type IncompleteFetch,
} from './fetchChunks';
import { type Chunk, planChunks } from './planChunks';
import { sourceKeysOf } from './sourceKey';
import { unusableHistogram } from './unusableHistogram';
import { withinReason } from './withinReason';
import { HOUR_MS } from '../kernel/time/hours';

/** Hours of services that are asked for at once: 5 MB in 20 buckets. */
const SERVICE_HOURS_PER_CHUNK = 30_000;

const hoursOf = ({ from, to }: HourRange) =>
  (to.getTime() - from.getTime()) / HOUR_MS;

export interface LatencySyncOptions {
  latencies: LatencyHistoryStore;
  dataQuality: DataQualityStore;
  now: () => Date;
}

/** Fetches what is missing of the latencies of one datasource, and stores it piece by piece. */
export class LatencySync {
  readonly #options: LatencySyncOptions;
  readonly #source: TelemetrySource;

  constructor(source: TelemetrySource, options: LatencySyncOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Undefined where the source measures no latencies. */
  async fetch(
    services: CatalogEntity[],
    range: HourRange,
    observer: FetchObserver,
  ): Promise<IncompleteFetch | undefined> {
    if (!this.#source.fetchHourlyLatencies) return undefined;
    const { latencies, now } = this.#options;
    const sourceKeys = sourceKeysOf(this.#source.id, services);
    return fetchChunks(
      services,
      {
        plan: () =>
          planChunks(
            services,
            {
              sourceKeys,
              range,
              readCoverage: refs => latencies.coverage(refs, range),
            },
            async (members, hours) => inBatches(members, servicesAtOnce(hours)),
            now(),
          ),
        fetch: (chunk, signal) =>
          this.#fetchChunk(chunk, sourceKeys, range, signal),
      },
      observer,
    );
  }

  async #fetchChunk(
    chunk: Chunk,
    sourceKeys: Map<string, string>,
    range: HourRange,
    signal: AbortSignal,
  ): Promise<string[]> {
    const answer = await this.#source.fetchHourlyLatencies?.(
      chunk.services.map(({ entityRef, telemetryNames }) => ({
        entityRef,
        telemetryNames,
      })),
      chunk.range,
      { signal },
    );
    if (answer?.warnings.length) return answer.warnings;
    const findings = new Map(answer?.findings);
    const usable = new Map(answer?.latencies);
    for (const [entityRef, latencies] of usable) {
      const finding = unusableHistogram(latencies, hoursOf(chunk.range));
      if (finding) {
        usable.delete(entityRef);
        findings.set(entityRef, [...(findings.get(entityRef) ?? []), finding]);
      } else {
        usable.set(entityRef, withinReason(latencies));
      }
    }
    await this.#options.latencies.write(
      chunk.range,
      chunk.services.map(({ entityRef }) => ({
        entityRef,
        sourceKey: sourceKeys.get(entityRef) ?? '',
        latencies: usable.get(entityRef),
      })),
      this.#options.now(),
    );
    // what was found long ago is of no interest today
    const isNewest = chunk.range.to.getTime() === range.to.getTime();
    if (isNewest && findings.size > 0) {
      await this.#addFindings(findings, sourceKeys);
    }
    return [];
  }

  /** Adds to what the counts of the same hours gave rise to; each once. */
  async #addFindings(
    findings: ReadonlyMap<string, DataQualityFinding[]>,
    sourceKeys: Map<string, string>,
  ): Promise<void> {
    const { dataQuality, now } = this.#options;
    const known = await dataQuality.read([...findings.keys()]);
    await dataQuality.write(
      [...findings].map(([entityRef, found]) => {
        const sourceKey = sourceKeys.get(entityRef) ?? '';
        const record = known.get(entityRef);
        const earlier = record?.sourceKey === sourceKey ? record : undefined;
        const before = (earlier?.findings ?? []).filter(
          ({ code }) => !found.some(finding => finding.code === code),
        );
        return {
          entityRef,
          sourceKey,
          failureDefinition: earlier?.failureDefinition ?? null,
          findings: [...before, ...found],
        };
      }),
      now(),
    );
  }
}

function servicesAtOnce(range: HourRange): number {
  return Math.max(1, Math.floor(SERVICE_HOURS_PER_CHUNK / hoursOf(range)));
}
