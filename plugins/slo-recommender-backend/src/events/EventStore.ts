import { ConflictError } from '@backstage/errors';
import type {
  ServiceEvent,
  ServiceEventType,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { inBatches, REFS_PER_STATEMENT } from '../kernel/database/database';
import { noteServiceChange } from '../kernel/database/serviceRevisions';

/** An event as it is reported. */
export interface ReportedEvent extends Omit<ServiceEvent, 'at'> {
  /** Null: the instant of the first report. */
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

  /**
   * Writes an event, in place of one with the same id. The same event again changes nothing.
   *
   * @throws ConflictError if another source reported another event with this id.
   */
  async record(
    entityRef: string,
    reported: ReportedEvent,
    reportedAt: Date,
  ): Promise<ServiceEvent> {
    return this.#db.transaction(async tx => {
      const present = await tx<RawDbServiceEventRow>('service_events')
        .where({ entity_ref: entityRef, id: reported.id })
        .first();
      const event = {
        ...reported,
        at: reported.at ?? present?.at ?? reportedAt.toISOString(),
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
      const written = await tx<RawDbServiceEventRow>('service_events')
        .insert({
          entity_ref: entityRef,
          id: event.id,
          type: event.type,
          at: event.at,
          title: event.title,
          version: event.version,
          url: event.url,
          told_by: event.toldBy,
          told_at: reportedAt.toISOString(),
        })
        .onConflict(['entity_ref', 'id'])
        .merge()
        .whereRaw('service_events.told_by = ?', [event.toldBy])
        .returning('id');
      if (written.length === 0) {
        throw new ConflictError(
          `Event '${event.id}' was reported by another source, which alone can replace it. Give an id of your own.`,
        );
      }
      await noteServiceChange(tx, entityRef);
      return event;
    });
  }

  /** Returns the newest events, newest first. */
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

  /** Returns the events of services from `fromMs` on and before `toMs`, oldest first, leaving out services without any. */
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

  /** Deletes the events before the instant. */
  async deleteBefore(instant: Date): Promise<void> {
    await this.#db<RawDbServiceEventRow>('service_events')
      .where('at', '<', instant.toISOString())
      .delete();
  }
}
