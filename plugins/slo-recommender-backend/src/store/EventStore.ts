import type {
  ServiceEvent,
  ServiceEventType,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { inBatches, REFS_PER_STATEMENT } from '../kernel/database/database';
import { noteServiceChange } from './serviceRevisions';

/** What is told of an event. */
export interface ToldEvent extends Omit<ServiceEvent, 'at'> {
  /** Null: when it was told first. */
  at: string | null;
}

/** An event as analyses use it. */
export interface EventMark {
  atMs: number;
  title: string;
  type: ServiceEventType;
}

interface RawDbServiceEventRow {
  entity_ref: string;
  id: string;
  type: ServiceEventType;
  at: string;
  title: string;
  version: string | null;
  url: string | null;
  told_by: string;
  told_at: string;
}

function eventFromRow(row: RawDbServiceEventRow): ServiceEvent {
  return {
    id: row.id,
    type: row.type,
    at: row.at,
    title: row.title,
    version: row.version,
    url: row.url,
    toldBy: row.told_by,
  };
}

/** What happened to services. */
export class EventStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Keeps an event, in place of one with the same id. The same one again changes nothing. */
  async record(
    entityRef: string,
    told: ToldEvent,
    toldAt: Date,
  ): Promise<ServiceEvent> {
    return this.#db.transaction(async tx => {
      const present = await tx<RawDbServiceEventRow>('service_events')
        .where({ entity_ref: entityRef, id: told.id })
        .first();
      const event = {
        ...told,
        at: told.at ?? present?.at ?? toldAt.toISOString(),
      };
      if (
        present &&
        present.type === event.type &&
        present.at === event.at &&
        present.title === event.title &&
        present.version === event.version &&
        present.url === event.url
      ) {
        return eventFromRow(present);
      }
      await tx<RawDbServiceEventRow>('service_events')
        .insert({
          entity_ref: entityRef,
          id: event.id,
          type: event.type,
          at: event.at,
          title: event.title,
          version: event.version,
          url: event.url,
          told_by: event.toldBy,
          told_at: toldAt.toISOString(),
        })
        .onConflict(['entity_ref', 'id'])
        .merge();
      await noteServiceChange(tx, entityRef);
      return event;
    });
  }

  /** Newest first. */
  async list(entityRef: string, limit: number): Promise<ServiceEvent[]> {
    const rows = await this.#db<RawDbServiceEventRow>('service_events')
      .where({ entity_ref: entityRef })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'told_at', order: 'desc' },
        { column: 'id' },
      ])
      .limit(limit);
    return rows.map(eventFromRow);
  }

  /**
   * Events of many services from `fromMs` on and before `toMs`, oldest first. Services without any are left out.
   */
  async readMany(
    entityRefs: string[],
    range: { fromMs: number; toMs: number },
  ): Promise<Map<string, EventMark[]>> {
    const marks = new Map<string, EventMark[]>();
    for (const refs of inBatches(entityRefs, REFS_PER_STATEMENT)) {
      const rows = await this.#db<RawDbServiceEventRow>('service_events')
        .select('entity_ref', 'at', 'title', 'type')
        .whereIn('entity_ref', refs)
        .where('at', '>=', new Date(range.fromMs).toISOString())
        .where('at', '<', new Date(range.toMs).toISOString())
        .orderBy(['entity_ref', 'at', 'id']);
      for (const { entity_ref: entityRef, at, title, type } of rows) {
        const mark = { atMs: Date.parse(at), title, type };
        const present = marks.get(entityRef);
        if (present) present.push(mark);
        else marks.set(entityRef, [mark]);
      }
    }
    return marks;
  }

  /** Forgets what happened before the instant. */
  async deleteBefore(instant: Date): Promise<void> {
    await this.#db<RawDbServiceEventRow>('service_events')
      .where('at', '<', instant.toISOString())
      .delete();
  }
}
