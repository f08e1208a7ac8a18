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
import { z } from 'zod';

/**
 * How results of one kind are stored as JSON. Raise the version with every change of their form: rows of an older
 * version are upgraded if there is an upgrade for it, and otherwise not read, so that their services are analysed anew.
 */
export class ResultFormat<T> {
  /** Versions that can be read, the newest first. */
  readonly readable: readonly number[];
  readonly #schema: z.ZodType<T>;
  readonly #upgrades: Readonly<Record<number, (stored: unknown) => unknown>>;
  readonly #toJson: (text: string, version: number) => string;

  /**
   * @param options.upgrades - turn the form of one version into that of the next, by the older version.
   * @param options.toJson - of what is stored as anything else.
   */
  constructor(
    readonly version: number,
    options: {
      schema: z.ZodType<T>;
      upgrades?: Readonly<Record<number, (stored: unknown) => unknown>>;
      toJson?: (text: string, version: number) => string;
    },
  ) {
    this.#schema = options.schema;
    this.#upgrades = options.upgrades ?? {};
    this.#toJson = options.toJson ?? (text => text);
    const readable = [version];
    while (this.#upgrades[readable[readable.length - 1] - 1]) {
      readable.push(readable[readable.length - 1] - 1);
    }
    this.readable = readable;
  }

  /** Undefined for what cannot be read: another version, no JSON, or another form than the version's. */
  read(version: number, text: string): T | undefined {
    if (!this.readable.includes(version)) return undefined;
    try {
      let stored: unknown = JSON.parse(this.#toJson(text, version));
      for (let from = version; from < this.version; from++) {
        stored = this.#upgrades[from](stored);
      }
      return this.#schema.safeParse(stored).data;
    } catch {
      return undefined;
    }
  }
}

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

export function rowFromResult(
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

export function resultFromRow(row: RawDbResultRow): ServiceResult | undefined {
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
