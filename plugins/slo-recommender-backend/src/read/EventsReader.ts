import { createHash } from 'crypto';
import { InputError } from '@backstage/errors';
import type {
  ServiceEvent,
  serviceEventInputSchema,
  ServiceEventsResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { z } from 'zod';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type { EventStore } from '../store';
import { oldestKept } from './oldestKept';
import { DAY_MS } from '../kernel/time/hours';

const MOST_LISTED = 500;

type ToldEvent = z.output<typeof serviceEventInputSchema>;

export interface EventsReaderOptions {
  config: Pick<SloRecommenderConfig, 'lookbackMs' | 'historyRetentionMs'>;
  events: EventStore;
  now: () => Date;
}

/** What happened to a service: told by CI and operators, read by people. */
export class EventsReader {
  readonly #options: EventsReaderOptions;

  constructor(options: EventsReaderOptions) {
    this.#options = options;
  }

  /** The newest 500. */
  async list(entityRef: string): Promise<ServiceEventsResponse> {
    const events = await this.#options.events.list(entityRef, MOST_LISTED);
    return { entityRef, events };
  }

  /** @throws InputError for an instant that is too far ahead, or older than what is kept. */
  async record(
    entityRef: string,
    told: ToldEvent,
    toldBy: string,
  ): Promise<ServiceEvent> {
    const { events } = this.#options;
    const now = this.#options.now();
    const at = told.at === undefined ? undefined : new Date(told.at);
    if (at) this.#requireUsable(at, now);
    return events.record(
      entityRef,
      {
        id: told.id ?? idOf(told, at ?? now),
        type: told.type,
        at: at?.toISOString() ?? null,
        title: told.title,
        version: told.version ?? null,
        url: told.url ?? null,
        toldBy,
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

/** The same for the same event. */
function idOf({ type, title }: ToldEvent, at: Date): string {
  return createHash('sha256')
    .update(JSON.stringify([type, at.toISOString(), title]))
    .digest('base64url')
    .slice(0, 22);
}
