import {
  type DataQualityFinding,
  dataQualityFindingSchema,
} from 'backstage-plugin-slo-recommender-common';
import { withholdPersonal } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import { type Table, upsertInBulk } from '../kernel/database/bulk';
import { inBatches, REFS_PER_STATEMENT } from '../kernel/database/database';

/** What the last answer of a datasource said about the telemetry of one service. */
export interface DataQualityRecord {
  entityRef: string;
  /** Identifies the datasource and the names that were asked. */
  sourceKey: string;
  /** What counts as a failed request, in words; null where nothing is counted. */
  failureDefinition: string | null;
  findings: DataQualityFinding[];
}

interface RawDbDataQualityRow {
  entity_ref: string;
  source_key: string;
  failure_definition: string | null;
  findings: string;
  found_at: string;
}

const DATA_QUALITY: Table<RawDbDataQualityRow> = {
  table: 'data_quality',
  columns: {
    entity_ref: 'text',
    source_key: 'text',
    failure_definition: 'text',
    findings: 'text',
    found_at: 'text',
  },
  key: ['entity_ref'],
};

const findingsSchema = z.array(dataQualityFindingSchema);

/** Findings about telemetry, one row for each service: the latest ones only. */
export class DataQualityStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Replaces what was known of these services. */
  async write(records: DataQualityRecord[], at: Date): Promise<void> {
    await upsertInBulk(
      this.#db,
      DATA_QUALITY,
      records.map(record => ({
        entity_ref: record.entityRef,
        source_key: record.sourceKey,
        failure_definition: record.failureDefinition,
        // they quote values of labels
        findings: withholdPersonal(JSON.stringify(record.findings)),
        found_at: at.toISOString(),
      })),
    );
  }

  /**
   * Forgets what was found under another datasource or other names than these.
   *
   * @param sourceKeys - by entity reference.
   */
  async forgetOtherSources(sourceKeys: Map<string, string>): Promise<void> {
    for (const batch of inBatches([...sourceKeys], REFS_PER_STATEMENT / 2)) {
      await this.#db<RawDbDataQualityRow>('data_quality')
        .whereIn(
          'entity_ref',
          batch.map(([entityRef]) => entityRef),
        )
        .whereNotIn(
          'source_key',
          batch.map(([, sourceKey]) => sourceKey),
        )
        .delete();
    }
  }

  /** By entity reference. */
  async read(entityRefs: string[]): Promise<Map<string, DataQualityRecord>> {
    const records = new Map<string, DataQualityRecord>();
    for (const batch of inBatches(entityRefs, REFS_PER_STATEMENT)) {
      const rows = await this.#db<RawDbDataQualityRow>('data_quality').whereIn(
        'entity_ref',
        batch,
      );
      for (const row of rows) {
        records.set(row.entity_ref, {
          entityRef: row.entity_ref,
          sourceKey: row.source_key,
          failureDefinition: row.failure_definition,
          findings: findingsSchema.parse(JSON.parse(row.findings)),
        });
      }
    }
    return records;
  }
}
