import { inflateRawSync } from 'zlib';
import {
  ALL_ENVIRONMENTS,
  defaultSloKey,
  type Reason,
  type Recommendation,
  reasonSchema,
  recommendationSchema,
  type Verdict,
} from 'backstage-plugin-slo-recommender-common';
import type { DailyHistory } from 'backstage-plugin-slo-recommender-engine';
import type { Knex } from 'knex';
import { z } from 'zod';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { insertInBulk, type Table } from '../kernel/database/bulk';
import { databaseInstant } from '../kernel/database/DatabaseClock';
import { inBatches, REFS_PER_STATEMENT } from '../kernel/database/database';
import { ResultFormat } from './ResultFormat';

/** A recommendation; one that an earlier version stored lacks the daily history, which is then read from the counts. */
export type StoredRecommendation = Omit<Recommendation, 'history'> & {
  days?: DailyHistory;
};

/** What an analysis says of one service. */
export interface ServiceResult {
  entityRef: string;
  asOf: string;
  /** End of the last hour that the result rests on; null if an earlier version stored it, which did not keep that. */
  dataUntil: string | null;
  verdict: Verdict;
  achieved: number | null;
  requests: number | null;
  recommendedObjective: number | null;
  budgetRemaining: number | null;
  windowMs: number;
  datasourceId: string | null;
  simulated: boolean;
  /** What the result rests on beside the counts. */
  inputsKey: string;
  recommendations: StoredRecommendation[];
}

/** A result in short. */
export type ResultOutline = Pick<
  ServiceResult,
  'asOf' | 'requests' | 'inputsKey'
>;

/** A result in figures. */
export type ResultFigures = Pick<
  ServiceResult,
  | 'entityRef'
  | 'asOf'
  | 'verdict'
  | 'achieved'
  | 'recommendedObjective'
  | 'budgetRemaining'
>;

export interface RawDbResultRow {
  analysis_id: string;
  kind: string;
  version: number;
  entity_ref: string;
  environment: string;
  as_of: string;
  data_until: string | null;
  verdict: Verdict;
  achieved: number | null;
  requests: number | null;
  recommended_objective: number | null;
  budget_remaining: number | null;
  window_ms: number | string;
  datasource_id: string | null;
  simulated: boolean | number;
  inputs_key: string;
  reasons: string;
  recommendations: string;
}

interface RawDbSnapshotRow {
  id: number;
  analysis_id: string;
}

const SNAPSHOT_ID = 1;

/** Results that are written before other work of the process may run. */
const ROWS_PER_TURN = 16;

/** What this store writes of a service; other kinds of results may stand beside it. */
export const RECOMMENDATIONS = 'recommendations';

/** Version of the form in which results are stored: raise it with every change. */
export const RESULT_VERSION = 4;

/** The only version that compressed recommendations, which took longer than all else of publishing them. */
const COMPRESSED = 3;

const decompress = (text: string) =>
  inflateRawSync(Buffer.from(text, 'base64')).toString();

/** Bytes: written as decimals, the days of a fleet take longer than its analyses are given. */
const storedValues = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

const valuesSchema = z
  .base64()
  .transform(
    text =>
      new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer),
  );

const recommendationsSchema = z.array(
  recommendationSchema.omit({ history: true }).extend({
    days: z
      .object({
        firstDayMs: z.number(),
        requests: valuesSchema,
        badRequests: valuesSchema,
        rollingRatio: valuesSchema,
      })
      .optional(),
  }),
);

const toStored = ({ days, ...rest }: StoredRecommendation) => ({
  ...rest,
  days: days && {
    firstDayMs: days.firstDayMs,
    requests: storedValues(days.requests),
    badRequests: storedValues(days.badRequests),
    rollingRatio: storedValues(days.rollingRatio),
  },
});

const same = (stored: unknown) => stored;

/** What the key of an SLO is made of. */
const sliSchema = recommendationSchema
  .pick({ sliType: true, thresholdSeconds: true })
  .loose();

const recommendationsFormat = new ResultFormat<StoredRecommendation[]>(
  RESULT_VERSION,
  {
    schema: recommendationsSchema,
    upgrades: {
      // SLOs had no names
      1: stored =>
        z
          .array(sliSchema)
          .parse(stored)
          .map(one => ({ ...one, ...defaultSloKey(one) })),
      // the days were not stored, or as points, which are not read any more
      2: same,
      3: same,
    },
    toJson: (text, version) =>
      version === COMPRESSED ? decompress(text) : text,
  },
);

const reasonsFormat = new ResultFormat<Reason[]>(RESULT_VERSION, {
  schema: z.array(reasonSchema),
  upgrades: { 1: same, 2: same, 3: same },
});

/** Versions of results that this program reads. */
export const READABLE_VERSIONS = recommendationsFormat.readable;

/** The reasons of all recommendations of a service; those that several have are named once. */
export const reasonsOf = ({
  recommendations,
}: Pick<ServiceResult, 'recommendations'>): Reason[] => [
  ...new Map(
    recommendations
      .flatMap(({ reasons }) => reasons)
      .map(reason => [`${reason.code} ${reason.message}`, reason]),
  ).values(),
];

/** The same as they are stored; undefined if they cannot be read. */
export function reasonsFromRow(
  row: Pick<RawDbResultRow, 'version' | 'reasons'>,
): Reason[] | undefined {
  return reasonsFormat.read(row.version, row.reasons);
}

function rowFromResult(
  analysisId: string,
  result: ServiceResult,
): RawDbResultRow {
  return {
    analysis_id: analysisId,
    kind: RECOMMENDATIONS,
    version: RESULT_VERSION,
    entity_ref: result.entityRef,
    environment: ALL_ENVIRONMENTS,
    as_of: result.asOf,
    data_until: result.dataUntil,
    verdict: result.verdict,
    achieved: result.achieved,
    requests: result.requests,
    recommended_objective: result.recommendedObjective,
    budget_remaining: result.budgetRemaining,
    window_ms: result.windowMs,
    datasource_id: result.datasourceId,
    simulated: result.simulated,
    inputs_key: result.inputsKey,
    reasons: JSON.stringify(reasonsOf(result)),
    recommendations: JSON.stringify(result.recommendations.map(toStored)),
  };
}

function resultFromRow(row: RawDbResultRow): ServiceResult | undefined {
  const recommendations = recommendationsFormat.read(
    row.version,
    row.recommendations,
  );
  return (
    recommendations && {
      entityRef: row.entity_ref,
      asOf: row.as_of,
      dataUntil: row.data_until,
      verdict: row.verdict,
      achieved: row.achieved,
      requests: row.requests,
      recommendedObjective: row.recommended_objective,
      budgetRemaining: row.budget_remaining,
      windowMs: Number(row.window_ms),
      datasourceId: row.datasource_id,
      simulated: Boolean(row.simulated),
      inputsKey: row.inputs_key,
      recommendations,
    }
  );
}

const RESULTS: Table<RawDbResultRow> = {
  table: 'analysis_results',
  columns: {
    analysis_id: 'text',
    kind: 'text',
    version: 'integer',
    entity_ref: 'text',
    environment: 'text',
    as_of: 'text',
    data_until: 'text',
    verdict: 'text',
    achieved: 'double precision',
    requests: 'double precision',
    recommended_objective: 'double precision',
    budget_remaining: 'double precision',
    window_ms: 'bigint',
    datasource_id: 'text',
    simulated: 'boolean',
    inputs_key: 'text',
    reasons: 'text',
    recommendations: 'text',
  },
  key: ['analysis_id', 'kind', 'entity_ref', 'environment'],
};

const COPIED_COLUMNS = Object.keys(RESULTS.columns).filter(
  column => column !== 'analysis_id',
);

/**
 * Results of analyses, and which analysis readers see. A result of a version that this program cannot read counts as
 * absent: its service answers as not analysed yet, and is analysed anew.
 */
export class ResultStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * Lets readers see an analysis, all in the caller's transaction: its results, and those carried over unchanged from
   * the analysis that readers saw before.
   */
  async publish(
    analysisId: string,
    results: ServiceResult[],
    carriedOver: { fromAnalysisId: string; entityRefs: string[] } | undefined,
    tx: Knex,
  ): Promise<void> {
    // a run that was cut off after a restart may have left rows
    await tx<RawDbResultRow>('analysis_results')
      .where({ analysis_id: analysisId })
      .delete();
    // writing those of a fleet at once would keep the process from all else for seconds
    for await (const batch of inYieldingBatches(results, ROWS_PER_TURN)) {
      await insertInBulk(
        tx,
        RESULTS,
        batch.map(result => rowFromResult(analysisId, result)),
      );
    }
    for (const refs of inBatches(
      carriedOver?.entityRefs ?? [],
      REFS_PER_STATEMENT,
    )) {
      await tx
        .into(
          tx.raw('?? (??, ??)', [
            'analysis_results',
            'analysis_id',
            COPIED_COLUMNS,
          ]),
        )
        .insert(
          tx('analysis_results')
            .select(tx.raw('?', [analysisId]), ...COPIED_COLUMNS)
            .where('analysis_id', carriedOver?.fromAnalysisId)
            .whereIn('entity_ref', refs),
        );
    }
    // those carried over may be of a version that went by the clock of a replica
    await tx<RawDbResultRow>('analysis_results')
      .where({ analysis_id: analysisId })
      .where('as_of', '>', databaseInstant(tx))
      .update({ as_of: databaseInstant(tx) });
    const before = await tx<RawDbSnapshotRow>('snapshots')
      .where({ id: SNAPSHOT_ID })
      .pluck('analysis_id');
    await tx<RawDbSnapshotRow>('snapshots')
      .insert({ id: SNAPSHOT_ID, analysis_id: analysisId })
      .onConflict('id')
      .merge();
    // who turns pages still sees the analysis before; older ones nobody does, and each fleet has megabytes of them
    await tx<RawDbResultRow>('analysis_results')
      .whereNotIn('analysis_id', [analysisId, ...before])
      .delete();
  }

  /** The analysis that readers see; undefined before the first one. */
  async getCurrentAnalysisId(): Promise<string | undefined> {
    const row = await this.#db<RawDbSnapshotRow>('snapshots')
      .where({ id: SNAPSHOT_ID })
      .first();
    return row?.analysis_id;
  }

  /** The newest instant of the results that readers see; undefined before the first analysis. */
  async getCurrentAsOf(): Promise<string | undefined> {
    const row = await this.#current().max({ asOf: 'as_of' }).first();
    return row?.asOf ?? undefined;
  }

  /** Returns the end of the newest hour that the results of a datasource rest on, by its id. */
  async getDataUntil(): Promise<Map<string, string>> {
    const rows = await this.#current()
      .whereNotNull('datasource_id')
      .whereNotNull('data_until')
      .groupBy('datasource_id')
      .select({
        id: 'datasource_id',
        until: this.#db.max('data_until'),
      });
    return new Map(rows.map(({ id, until }) => [id, until]));
  }

  /** The result of one service that readers see. */
  async getCurrent(
    entityRef: string,
  ): Promise<{ analysisId: string; result: ServiceResult } | undefined> {
    const row: RawDbResultRow | undefined = await this.#current()
      .where({ entity_ref: entityRef })
      .first();
    const result = row && resultFromRow(row);
    return result && { analysisId: row.analysis_id, result };
  }

  /** The results that readers see, of all services at once. */
  async listCurrent(): Promise<ResultFigures[]> {
    return this.#current().select<ResultFigures[]>({
      entityRef: 'entity_ref',
      asOf: 'as_of',
      verdict: 'verdict',
      achieved: 'achieved',
      recommendedObjective: 'recommended_objective',
      budgetRemaining: 'budget_remaining',
    });
  }

  /** The results of an analysis in short, by entity reference. */
  async getOutlines(analysisId: string): Promise<Map<string, ResultOutline>> {
    const rows: RawDbResultRow[] = await this.#readable()
      .where({ analysis_id: analysisId })
      .select('entity_ref', 'as_of', 'requests', 'inputs_key');
    return new Map(
      rows.map(row => [
        row.entity_ref,
        {
          asOf: row.as_of,
          requests: row.requests,
          inputsKey: row.inputs_key,
        },
      ]),
    );
  }

  #current() {
    return this.#readable().whereIn(
      'analysis_id',
      this.#db<RawDbSnapshotRow>('snapshots')
        .select('analysis_id')
        .where({ id: SNAPSHOT_ID }),
    );
  }

  #readable() {
    return this.#db('analysis_results')
      .where({ kind: RECOMMENDATIONS, environment: ALL_ENVIRONMENTS })
      .whereIn('version', READABLE_VERSIONS);
  }
}
