import type { Knex } from 'knex';
import { danglingEntity } from './readEntity';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import {
  deleteInBulk,
  insertInBulk,
  type Table,
  upsertInBulk,
} from '../kernel/database/bulk';
import { whereVisible } from './VisibleSetStore';

/** An entity's word of something that the catalog does not hold. */
export interface DanglingReference {
  targetRef: string;
  /** Who refers to it. */
  entityRef: string;
  /** Type of the relation, for example `dependsOn`. */
  relation: string;
}

interface RawDbDanglingReferenceRow {
  target_ref: string;
  entity_ref: string;
  relation: string;
}

const DANGLING_REFERENCES: Table<RawDbDanglingReferenceRow> = {
  table: 'dangling_references',
  columns: { target_ref: 'text', entity_ref: 'text', relation: 'text' },
  key: ['target_ref', 'entity_ref', 'relation'],
};

export interface RawDbEntityRow {
  entity_ref: string;
  opted_in: boolean | number;
  kind: string;
  title: string;
  sort_title: string;
  type: string | null;
  owner: string | null;
  system: string | null;
  criticality: CatalogEntity['criticality'];
  datasource_id: string | null;
  promised_objective: number | null;
  promised_latency_objective: number | null;
  promised_latency_threshold_seconds: number | null;
  window_ms: number | string | null;
  telemetry_names: string;
  matchers: string | null;
  annotation_issues: string;
}

const ENTITIES: Table<RawDbEntityRow> = {
  table: 'entities',
  columns: {
    entity_ref: 'text',
    opted_in: 'boolean',
    kind: 'text',
    title: 'text',
    sort_title: 'text',
    type: 'text',
    owner: 'text',
    system: 'text',
    criticality: 'text',
    datasource_id: 'text',
    promised_objective: 'double precision',
    promised_latency_objective: 'double precision',
    promised_latency_threshold_seconds: 'double precision',
    window_ms: 'bigint',
    telemetry_names: 'text',
    matchers: 'text',
    annotation_issues: 'text',
  },
  key: ['entity_ref'],
};

/** What is kept of an entity that has not opted in. */
type OtherEntity = Pick<
  CatalogEntity,
  'kind' | 'title' | 'type' | 'owner' | 'system' | 'telemetryNames'
>;

interface RawDbOtherEntityRow {
  entity_ref: string;
  entity: string;
}

const OTHER_ENTITIES: Table<RawDbOtherEntityRow> = {
  table: 'other_entities',
  columns: { entity_ref: 'text', entity: 'text' },
  key: ['entity_ref'],
};

function toOtherRow(entity: CatalogEntity): RawDbOtherEntityRow {
  const { kind, title, type, owner, system, telemetryNames } = entity;
  const kept: OtherEntity = {
    kind,
    title,
    type,
    owner,
    system,
    telemetryNames,
  };
  return { entity_ref: entity.entityRef, entity: JSON.stringify(kept) };
}

function toRow(entity: CatalogEntity): RawDbEntityRow {
  return {
    entity_ref: entity.entityRef,
    opted_in: entity.optedIn,
    kind: entity.kind,
    title: entity.title,
    sort_title: entity.title.toLocaleLowerCase('en-US'),
    type: entity.type,
    owner: entity.owner,
    system: entity.system,
    criticality: entity.criticality,
    datasource_id: entity.datasourceId,
    promised_objective: entity.promisedObjective,
    promised_latency_objective: entity.promisedLatency?.objective ?? null,
    promised_latency_threshold_seconds:
      entity.promisedLatency?.thresholdSeconds ?? null,
    window_ms: entity.windowMs,
    telemetry_names: JSON.stringify(entity.telemetryNames),
    matchers: entity.matchers && JSON.stringify(entity.matchers),
    annotation_issues: JSON.stringify(entity.annotationIssues),
  };
}

export function entityFromRow(row: RawDbEntityRow): CatalogEntity {
  const objective = row.promised_latency_objective;
  const thresholdSeconds = row.promised_latency_threshold_seconds;
  return {
    entityRef: row.entity_ref,
    optedIn: Boolean(row.opted_in),
    kind: row.kind,
    title: row.title,
    type: row.type,
    owner: row.owner,
    system: row.system,
    criticality: row.criticality,
    datasourceId: row.datasource_id,
    promisedObjective: row.promised_objective,
    promisedLatency:
      objective === null || thresholdSeconds === null
        ? null
        : { objective, thresholdSeconds },
    windowMs: row.window_ms === null ? null : Number(row.window_ms),
    telemetryNames: JSON.parse(row.telemetry_names),
    matchers: row.matchers === null ? null : JSON.parse(row.matchers),
    annotationIssues: JSON.parse(row.annotation_issues),
  };
}

/** What the catalog said of services and their neighbours. */
export class EntityStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Makes the table hold exactly these entities. What has not changed is not written. */
  async replaceAll(entities: CatalogEntity[], tx: Knex): Promise<void> {
    const present = new Map(
      (await tx<RawDbEntityRow>('entities')).map(row => [
        row.entity_ref,
        JSON.stringify(toRow(entityFromRow(row))),
      ]),
    );
    const changed = entities
      .map(toRow)
      .filter(row => present.get(row.entity_ref) !== JSON.stringify(row));
    entities.forEach(({ entityRef }) => present.delete(entityRef));
    await deleteInBulk(
      tx,
      { table: 'entities', columns: { entity_ref: 'text' } },
      [...present.keys()].map(entityRef => ({ entity_ref: entityRef })),
    );
    await upsertInBulk(tx, ENTITIES, changed);
  }

  /** Makes the dangling references exactly these. What has not changed is not written. */
  async replaceDanglingReferences(
    references: DanglingReference[],
    tx: Knex,
  ): Promise<void> {
    const keyOf = (row: RawDbDanglingReferenceRow) =>
      JSON.stringify([row.target_ref, row.entity_ref, row.relation]);
    const rows = references.map(reference => ({
      target_ref: reference.targetRef,
      entity_ref: reference.entityRef,
      relation: reference.relation,
    }));
    const present = new Map(
      (await tx<RawDbDanglingReferenceRow>('dangling_references')).map(row => [
        keyOf(row),
        row,
      ]),
    );
    const added = rows.filter(row => !present.has(keyOf(row)));
    rows.forEach(row => present.delete(keyOf(row)));
    await deleteInBulk(tx, DANGLING_REFERENCES, [...present.values()]);
    await insertInBulk(tx, DANGLING_REFERENCES, added);
  }

  /** Each reference once, in order of what is missing. */
  async listDanglingReferences(
    filter: { entityRef?: string } = {},
  ): Promise<DanglingReference[]> {
    const query = this.#db<RawDbDanglingReferenceRow>(
      'dangling_references',
    ).orderBy(['target_ref', 'entity_ref', 'relation']);
    if (filter.entityRef !== undefined) {
      query.where({ entity_ref: filter.entityRef });
    }
    return (await query).map(row => ({
      targetRef: row.target_ref,
      entityRef: row.entity_ref,
      relation: row.relation,
    }));
  }

  /** Services, in order of their entity reference. */
  async listServices(): Promise<CatalogEntity[]> {
    const rows = await this.#db<RawDbEntityRow>('entities')
      .where('opted_in', true)
      .orderBy('entity_ref');
    return rows.map(entityFromRow);
  }

  async listServiceRefs(): Promise<Set<string>> {
    const refs = await this.#db<RawDbEntityRow>('entities')
      .where('opted_in', true)
      .pluck('entity_ref');
    return new Set(refs);
  }

  /** Counts the services of a visible set, or all of them. */
  async countServices(visibleSetId?: string): Promise<number> {
    const services = this.#db('entities').where('opted_in', true);
    if (visibleSetId !== undefined) {
      whereVisible(services, 'entities.entity_ref', visibleSetId);
    }
    const [{ count }] = await services.count({ count: '*' });
    return Number(count);
  }

  async getService(entityRef: string): Promise<CatalogEntity | undefined> {
    const row = await this.#db<RawDbEntityRow>('entities')
      .where({ entity_ref: entityRef, opted_in: true })
      .first();
    return row && entityFromRow(row);
  }

  /** Every known entity by its reference. */
  async getAll(): Promise<Map<string, CatalogEntity>> {
    const rows =
      await this.#db<RawDbEntityRow>('entities').orderBy('entity_ref');
    return new Map(rows.map(row => [row.entity_ref, entityFromRow(row)]));
  }

  /**
   * Makes the entities that have not opted in, and that telemetry or a report names, exactly these.
   *
   * @returns whether any was added or removed.
   */
  async replaceOthers(others: CatalogEntity[], tx: Knex): Promise<boolean> {
    const present = new Map(
      (await tx<RawDbOtherEntityRow>('other_entities')).map(row => [
        row.entity_ref,
        row.entity,
      ]),
    );
    const rows = others.map(toOtherRow);
    const added = rows.filter(row => !present.has(row.entity_ref));
    await upsertInBulk(
      tx,
      OTHER_ENTITIES,
      rows.filter(row => present.get(row.entity_ref) !== row.entity),
    );
    rows.forEach(row => present.delete(row.entity_ref));
    await deleteInBulk(
      tx,
      { table: 'other_entities', columns: { entity_ref: 'text' } },
      [...present.keys()].map(entity_ref => ({ entity_ref })),
    );
    return added.length + present.size > 0;
  }

  /** The same, by their reference. */
  async getOthers(): Promise<Map<string, CatalogEntity>> {
    const rows =
      await this.#db<RawDbOtherEntityRow>('other_entities').orderBy(
        'entity_ref',
      );
    return new Map(
      rows.map(({ entity_ref: ref, entity }) => {
        const kept: OtherEntity = JSON.parse(entity);
        return [ref, { ...danglingEntity(ref), ...kept }];
      }),
    );
  }
}
