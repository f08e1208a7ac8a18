import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { type CatalogEntity, type DayCoverage, inBatches } from '../store';
import { REGULAR_HOURS } from './checkAnswer';
import { missingHours } from './missingHours';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SERVICES_PER_CHUNK = 200;
const MAX_CHUNK_MS = 31 * DAY_MS;

/** What is asked for at once. */
export interface Chunk {
  range: HourRange;
  services: CatalogEntity[];
  /** Those of them that were known in every one of the hours before the range. */
  regular: string[];
}

/** What was asked for before. */
export interface Asked {
  /** By entity reference: the datasource and names to ask. */
  sourceKeys: Map<string, string>;
  coverage: DayCoverage[];
  range: HourRange;
}

/** Cuts the hours that are missing into chunks of services and time, oldest first. */
export function planChunks(
  services: CatalogEntity[],
  asked: Asked,
  now: Date,
): Chunk[] {
  const { sourceKeys, coverage, range } = asked;
  const coveredDays = new Map(
    coverage.map(day => [`${day.entityRef} ${day.dayMs}`, day]),
  );
  const byRef = new Map(services.map(service => [service.entityRef, service]));
  const regularBefore = (members: CatalogEntity[], beforeMs: number) =>
    members
      .map(({ entityRef }) => entityRef)
      .filter(entityRef =>
        knownThroughout(entityRef, beforeMs, sourceKeys, coveredDays),
      );
  const chunks: Chunk[] = [];
  for (const missing of missingHours(sourceKeys, coverage, range, now)) {
    const members = missing.entityRefs.flatMap(ref => byRef.get(ref) ?? []);
    const toMs = missing.range.to.getTime();
    for (
      let fromMs = missing.range.from.getTime();
      fromMs < toMs;
      fromMs += MAX_CHUNK_MS
    ) {
      for (const part of inBatches(members, SERVICES_PER_CHUNK)) {
        chunks.push({
          range: {
            from: new Date(fromMs),
            to: new Date(Math.min(toMs, fromMs + MAX_CHUNK_MS)),
          },
          services: part,
          // only silence that lasts until now is suspicious: gaps of the past stay
          regular: toMs < range.to.getTime() ? [] : regularBefore(part, fromMs),
        });
      }
    }
  }
  return chunks;
}

/** Whether counts of the service are stored for each of the hours before the instant. */
function knownThroughout(
  entityRef: string,
  beforeMs: number,
  sourceKeys: Map<string, string>,
  coveredDays: Map<string, DayCoverage>,
): boolean {
  for (let back = 1; back <= REGULAR_HOURS; back++) {
    const hourMs = beforeMs - back * HOUR_MS;
    const dayMs = Math.floor(hourMs / DAY_MS) * DAY_MS;
    const day = coveredDays.get(`${entityRef} ${dayMs}`);
    const bit = 1 << ((hourMs - dayMs) / HOUR_MS);
    if (day?.sourceKey !== sourceKeys.get(entityRef)) return false;
    if (!day || !(day.knownHours & bit)) return false;
  }
  return true;
}
