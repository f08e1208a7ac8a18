import type {
  HourlyCounts,
  HourRange,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { inBatches } from '../kernel/database/database';
import type { DataQualityStore } from './DataQualityStore';
import { AVAILABILITY_COUNTS, isPlausibleCount } from './history/countsCodec';
import type { HourlyFeed } from './HourlySync';
import { REGULAR_HOURS } from './planChunks';

/** Services that are asked for at once if the source does not say how many it can answer. */
const SERVICES_PER_CHUNK = 200;

/** Fewest services that must have fallen silent together: one alone may simply have stopped. */
const FEWEST_SILENT = 2;

/** An answer that came in due form and cannot be true. Nothing of it is stored. */
export class UnbelievableAnswerError extends Error {
  constructor(
    /** `empty`: services have vanished. `failing`: the counts cannot be. */
    readonly state: 'empty' | 'failing',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Refuses an answer that says more of the datasource than of the services.
 *
 * @param regular - entity references of services that were known in every one of the hours before.
 * @throws UnbelievableAnswerError saying what is wrong with the answer.
 */
function checkAnswer(
  datasourceId: string,
  answer: Map<string, HourlyCounts>,
  range: HourRange,
  regular: string[],
): void {
  let known = 0;
  let impossible = 0;
  const heard = new Set<string>();
  for (const [entityRef, { total, bad }] of answer) {
    const knownBefore = known;
    for (let hour = 0; hour < total.length; hour++) {
      if (Number.isNaN(total[hour])) continue;
      known += 1;
      if (!isPlausibleCount(total[hour], bad[hour])) impossible += 1;
    }
    if (known > knownBefore) heard.add(entityRef);
  }
  const hours = `from ${range.from.toISOString()} to ${range.to.toISOString()}`;
  if (impossible > known / 2) {
    throw new UnbelievableAnswerError(
      'failing',
      `Datasource '${datasourceId}' answers with counts that cannot be, such as negative ones, for ${impossible} of ${known} service hours ${hours}. Check what its metrics hold.`,
    );
  }
  if (
    regular.length >= FEWEST_SILENT &&
    !regular.some(entityRef => heard.has(entityRef))
  ) {
    throw new UnbelievableAnswerError(
      'empty',
      `Datasource '${datasourceId}' answers, but has no data ${hours} for any of ${regular.length} services that it had data of in each of the ${REGULAR_HOURS} hours before. Check whether it is still being written to.`,
    );
  }
}

/** Availability counts of a datasource. */
export function countsFeed(
  source: TelemetrySource,
  { dataQuality, now }: { dataQuality: DataQualityStore; now: () => Date },
): HourlyFeed<HourlyCounts> {
  return {
    id: source.id,
    selection: source.selection,
    series: AVAILABILITY_COUNTS,

    group: async (services, range, options) =>
      (await source.groupServices?.(services, range, options)) ??
      inBatches(services, SERVICES_PER_CHUNK),

    async fetch(services, { range, regular }, sourceKeys, options) {
      const { counts, findings, warnings } = await source.fetchHourlyCounts(
        services,
        range,
        options,
      );
      if (warnings.length === 0) {
        checkAnswer(source.id, counts, range, regular);
      }
      return {
        values: counts,
        warnings,
        /** Services of which an answer says nothing keep what was found before: they may only be idle. */
        async storeFindings() {
          await dataQuality.forgetOtherSources(sourceKeys);
          await dataQuality.write(
            [...sourceKeys]
              .filter(([ref]) => counts.has(ref) || findings.has(ref))
              .map(([entityRef, sourceKey]) => ({
                entityRef,
                sourceKey,
                failureDefinition:
                  counts.get(entityRef)?.failureDefinition ?? null,
                findings: findings.get(entityRef) ?? [],
              })),
            now(),
          );
        },
      };
    },
  };
}
