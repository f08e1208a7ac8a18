import { randomUUID } from 'crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  Exclusion,
  exclusionInputSchema,
  ExclusionsResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { z } from 'zod';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import {
  oldestKept,
  type SloRecommenderConfig,
} from '../kernel/config/readSloRecommenderConfig';
import type { ExclusionStore } from './ExclusionStore';
import { AVAILABILITY_COUNTS, type HourlyHistoryStore } from '../telemetry';
import { requireNewHours, requireWithinCap } from './rules';
import { KnownRequests } from './KnownRequests';
import type { TimeRange } from './timeRanges';
import { HOUR_MS } from '../kernel/time/hours';

const DAYS_AHEAD = 7;

export interface ExclusionsServiceOptions {
  config: Pick<
    SloRecommenderConfig,
    'exclusions' | 'historyRetentionMs' | 'lookbackMs' | 'objectiveWindowMs'
  >;
  exclusions: ExclusionStore;
  history: HourlyHistoryStore;
  now: () => Date;
}

/** Excluded hours, with owner and reason, and who withdrew them. */
export class ExclusionsService {
  readonly #options: ExclusionsServiceOptions;

  constructor(options: ExclusionsServiceOptions) {
    this.#options = options;
  }

  async list(entityRef: string): Promise<ExclusionsResponse> {
    const { config, exclusions } = this.#options;
    return {
      entityRef,
      exclusions: await exclusions.list(entityRef),
      cap: config.exclusions.cap,
    };
  }

  /**
   * Excludes hours in the name of their owner.
   *
   * @throws InputError for hours that cannot be excluded, or are more than the cap allows.
   * @throws ConflictError for hours all of which are excluded already.
   */
  async add(
    service: CatalogEntity,
    input: z.output<typeof exclusionInputSchema>,
    owner: string,
  ): Promise<Exclusion> {
    const { config, exclusions } = this.#options;
    const now = this.#options.now();
    const added = this.#readRange(input, now);
    const exclusion = {
      id: randomUUID(),
      from: new Date(added.fromMs).toISOString(),
      to: new Date(added.toMs).toISOString(),
      reason: input.reason,
      owner,
      createdAt: now.toISOString(),
    };
    const windowMs = service.windowMs ?? config.objectiveWindowMs;
    const requests = await this.#readRequests(
      service.entityRef,
      { fromMs: added.fromMs - windowMs, toMs: added.toMs + windowMs },
      now,
    );
    await exclusions.add(service.entityRef, exclusion, active => {
      requireNewHours(added, active);
      requireWithinCap({
        added,
        active,
        requests,
        windowMs,
        cap: config.exclusions.cap,
      });
    });
    return { ...exclusion, withdrawn: null };
  }

  /**
   * @throws NotFoundError if the service has no such exclusion.
   * @throws ConflictError if it was withdrawn before.
   */
  async withdraw(
    entityRef: string,
    id: string,
    by: string,
  ): Promise<Exclusion> {
    const { exclusions, now } = this.#options;
    const isDone = await exclusions.withdraw(entityRef, id, {
      by,
      at: now().toISOString(),
    });
    const exclusion = await exclusions.get(entityRef, id);
    if (!exclusion) {
      throw new NotFoundError(
        `'${entityRef}' has no exclusion ${JSON.stringify(
          id.slice(0, 100),
        )}. The list of its exclusions has their ids.`,
      );
    }
    if (!isDone) {
      throw new ConflictError(
        `Exclusion '${id}' was withdrawn already, by ${exclusion.withdrawn?.by} at ${exclusion.withdrawn?.at}. There is nothing left to do.`,
      );
    }
    return exclusion;
  }

  /** Returns the requests of a range of full hours, as far as it has passed and is kept. */
  async #readRequests(
    entityRef: string,
    range: TimeRange,
    now: Date,
  ): Promise<KnownRequests | undefined> {
    const { config, history } = this.#options;
    const floorToHour = (ms: number) => Math.floor(ms / HOUR_MS) * HOUR_MS;
    const oldestMs = oldestKept(config, now).getTime();
    const fromMs = Math.max(range.fromMs, floorToHour(oldestMs));
    const toMs = Math.min(range.toMs, floorToHour(now.getTime()));
    const stored = await history.read(AVAILABILITY_COUNTS, [entityRef], {
      from: new Date(fromMs),
      to: new Date(Math.max(fromMs, toMs)),
    });
    const series = stored.get(entityRef)?.series;
    return series && new KnownRequests(series);
  }

  #readRange(input: { from: string; to: string }, now: Date): TimeRange {
    const from = new Date(input.from);
    const to = new Date(input.to);
    if (from >= to) {
      throw new InputError(
        `from is ${from.toISOString()}, which is not before to, ${to.toISOString()}. Give the hours to leave out from the first to the last.`,
      );
    }
    if (from.getTime() > now.getTime() + DAYS_AHEAD * 24 * HOUR_MS) {
      throw new InputError(
        `from is ${from.toISOString()}, more than ${DAYS_AHEAD} days ahead: it is ${now.toISOString()}. Exclude the hours when they are nearer.`,
      );
    }
    const oldest = oldestKept(this.#options.config, now);
    if (to <= oldest) {
      throw new InputError(
        `to is ${to.toISOString()}; nothing before ${oldest.toISOString()} counts any more. There is nothing to leave out.`,
      );
    }
    return {
      fromMs: Math.floor(from.getTime() / HOUR_MS) * HOUR_MS,
      toMs: Math.ceil(to.getTime() / HOUR_MS) * HOUR_MS,
    };
  }
}
