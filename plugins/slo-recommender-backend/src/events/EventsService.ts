import { createHash } from 'crypto';
import { InputError } from '@backstage/errors';
import type {
  ServiceEvent,
  serviceEventInputSchema,
  ServiceEventsResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { z } from 'zod';
import {
  oldestKept,
  type SloRecommenderConfig,
} from '../kernel/config/readSloRecommenderConfig';
import type { EventStore } from './EventStore';
import { DAY_MS } from '../kernel/time/hours';

const MOST_LISTED = 500;

type EventInput = z.output<typeof serviceEventInputSchema>;

export interface EventsServiceOptions {
  config: Pick<SloRecommenderConfig, 'lookbackMs' | 'historyRetentionMs'>;
  events: EventStore;
  now: () => Date;
}

/** What happened to a service: reported by CI and operators, read by people. */
export class EventsService {
  readonly #options: EventsServiceOptions;

  constructor(options: EventsServiceOptions) {
    this.#options = options;
  }

  /** Returns the newest 500. */
  async list(entityRef: string): Promise<ServiceEventsResponse> {
    const events = await this.#options.events.list(entityRef, MOST_LISTED);
    return { entityRef, events };
  }

  /**
   * Writes an event in the caller's name.
   *
   * @throws InputError for an instant that is too far ahead, or older than what is kept.
   */
  async record(
    entityRef: string,
    input: EventInput,
    caller: string,
  ): Promise<ServiceEvent> {
    const { events } = this.#options;
    const now = this.#options.now();
    const at = input.at === undefined ? undefined : new Date(input.at);
    if (at) this.#requireUsable(at, now);
    return events.record(
      entityRef,
      {
        id: input.id ?? idOf(input, at ?? now),
        type: input.type,
        at: at?.toISOString() ?? null,
        title: input.title,
        version: input.version ?? null,
        url: input.url ?? null,
        toldBy: caller,
      },
      now,
    );
  }

  #requireUsable(at: Date, now: Date): void {
    if (at.getTime() > now.getTime() + DAY_MS) {
      throw new InputError(
        `at is ${at.toISOString()}, more than a day ahead: it is ${now.toISOString()}. Tell of it when it happens, or leave at out.`,
      );
    }
    const oldest = oldestKept(this.#options.config, now);
    if (at < oldest) {
      throw new InputError(
        `at is ${at.toISOString()}; nothing before ${oldest.toISOString()} is kept. Give a later instant, or leave at out.`,
      );
    }
  }
}

/** Returns the same id for the same event. */
function idOf({ type, title }: EventInput, at: Date): string {
  return createHash('sha256')
    .update(JSON.stringify([type, at.toISOString(), title]))
    .digest('base64url')
    .slice(0, 22);
}
