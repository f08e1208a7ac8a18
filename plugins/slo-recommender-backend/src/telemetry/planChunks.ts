import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { inBatches } from '../kernel/database/database';
import { DAY_MS, HOUR_MS } from '../kernel/time/hours';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { DayCoverage } from './history/HourlyHistoryStore';
import { coverageByDay, missingHours } from './missingHours';

const MAX_CHUNK_MS = 31 * DAY_MS;

/** Hours before the ones asked for in which a service must have been known throughout to be missed. */
export const REGULAR_HOURS = 24;

/** Services whose days are in memory at a time. */
const SERVICES_PER_LOOK = 500;

/** What is asked for at once. */
export interface Chunk {
  range: HourRange;
  services: CatalogEntity[];
  /** Those of them that were known in every one of the hours before the range. */
  regular: string[];
}

/** What is wanted, and what was asked for before. */
export interface Asked {
  /** By entity reference: the datasource and names to ask. */
  sourceKeys: Map<string, string>;
  range: HourRange;
  /** Reads what was asked for of some services. */
  readCoverage(entityRefs: string[]): Promise<DayCoverage[]>;
}

/** Puts together services that are asked for at once over a range. */
export type GroupServices = (
  services: CatalogEntity[],
  range: HourRange,
) => Promise<CatalogEntity[][]>;

/** Services that lack the same hours. */
interface Lack {
  range: HourRange;
  services: CatalogEntity[];
  /** Entity references of those that were known in every one of the hours before. */
  regular: Set<string>;
}

/** Cuts the hours that are missing into chunks of services and time, oldest first. */
export async function planChunks(
  services: CatalogEntity[],
  asked: Asked,
  group: GroupServices,
  now: Date,
): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for (const lack of await findLacks(services, asked, now)) {
    const startMs = lack.range.from.getTime();
    const toMs = lack.range.to.getTime();
    let endMs = startMs;
    for (let fromMs = startMs; fromMs < toMs; fromMs = endMs) {
      // chunks share no day
      const midnightMs = Math.floor((fromMs + MAX_CHUNK_MS) / DAY_MS) * DAY_MS;
      endMs = Math.min(toMs, midnightMs);
      const hours = { from: new Date(fromMs), to: new Date(endMs) };
      for (const part of await group(lack.services, hours)) {
        chunks.push({
          range: hours,
          services: part,
          regular: part
            .map(({ entityRef }) => entityRef)
            .filter(ref => fromMs === startMs && lack.regular.has(ref)),
        });
      }
    }
  }
  return chunks;
}

/** Looks at some services at a time: a large fleet has a hundred thousand days. */
async function findLacks(
  services: CatalogEntity[],
  { sourceKeys, range, readCoverage }: Asked,
  now: Date,
): Promise<Lack[]> {
  const lacks = new Map<string, Lack>();
  for (const batch of inBatches(services, SERVICES_PER_LOOK)) {
    const byRef = new Map(batch.map(service => [service.entityRef, service]));
    const keys = new Map(
      batch.map(({ entityRef }) => [
        entityRef,
        sourceKeys.get(entityRef) ?? '',
      ]),
    );
    const coverage = await readCoverage([...byRef.keys()]);
    const covered = coverageByDay(coverage);
    for (const missing of missingHours(keys, coverage, range, now)) {
      const fromMs = missing.range.from.getTime();
      const toMs = missing.range.to.getTime();
      const key = `${fromMs}-${toMs}`;
      const lack = lacks.get(key) ?? {
        range: missing.range,
        services: [],
        regular: new Set(),
      };
      lacks.set(key, lack);
      for (const ref of missing.entityRefs) {
        const service = byRef.get(ref);
        if (service) lack.services.push(service);
        if (
          // only silence that lasts until now is suspicious: gaps of the past stay
          toMs === range.to.getTime() &&
          knownThroughout(fromMs, keys.get(ref), covered.get(ref))
        ) {
          lack.regular.add(ref);
        }
      }
    }
  }
  return [...lacks.values()].sort(
    (a, b) => a.range.from.getTime() - b.range.from.getTime(),
  );
}

/** Whether counts of the service are stored for each of the hours before the instant. */
function knownThroughout(
  beforeMs: number,
  sourceKey: string | undefined,
  days: Map<number, DayCoverage> | undefined,
): boolean {
  for (let back = 1; back <= REGULAR_HOURS; back++) {
    const hourMs = beforeMs - back * HOUR_MS;
    const dayMs = Math.floor(hourMs / DAY_MS) * DAY_MS;
    const day = days?.get(dayMs);
    const bit = 1 << ((hourMs - dayMs) / HOUR_MS);
    if (!day || day.sourceKey !== sourceKey || !(day.knownHours & bit)) {
      return false;
    }
  }
  return true;
}
