import { InputError } from '@backstage/errors';
import {
  ALL_ENVIRONMENTS,
  type Reason,
  type ServiceOrderField,
  type ServicesQuery,
  type Verdict,
  verdictSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import { entityFromRow, type RawDbEntityRow, whereVisible } from '../catalog';
import {
  type RawDbResultRow,
  READABLE_VERSIONS,
  reasonsFromRow,
  RECOMMENDATIONS,
} from '../recommendations';

/** A service and, unless it has not been analysed yet, its result. */
export interface FleetItem {
  entity: CatalogEntity;
  result: {
    asOf: string;
    verdict: RawDbResultRow['verdict'];
    reasons: Reason[];
    achieved: number | null;
    requests: number | null;
    recommendedObjective: number | null;
    budgetRemaining: number | null;
    simulated: boolean;
  } | null;
}

export interface FleetPage {
  items: FleetItem[];
  nextCursor: string | null;
  totalItems: number;
  /** Services under the other filters: a filter by verdict does not narrow them. */
  counts: Record<Verdict, number>;
}

type Row = RawDbEntityRow &
  Omit<RawDbResultRow, 'entity_ref' | 'window_ms'> & {
    sort_value: string | number | null;
  };

const cursorSchema = z.strictObject({
  /** The analysis that the first page was read from; the following pages stay with it. */
  analysisId: z.string(),
  orderBy: z.string(),
  value: z.union([z.string(), z.number(), z.null()]),
  entityRef: z.string(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** A service that has not been analysed yet is one of which too little is known. */
const VERDICT = "coalesce(r.verdict, 'insufficient')";

/** The worst first; not analysed yet counts as insufficient. */
const VERDICT_RANK =
  "case r.verdict when 'invalid' then 0 when 'degraded' then 1 when 'ok' then 3 else 2 end";

const orderExpressions: Record<ServiceOrderField, string> = {
  title: 'e.sort_title',
  owner: 'e.owner',
  verdict: VERDICT_RANK,
  achieved: 'r.achieved',
  requests: 'r.requests',
  promisedObjective: 'e.promised_objective',
  recommendedObjective: 'r.recommended_objective',
  budgetRemaining: 'r.budget_remaining',
};

const isOrderField = (field: string): field is ServiceOrderField =>
  Object.hasOwn(orderExpressions, field);

function decodeCursor(text: string, orderBy: string): Cursor {
  try {
    const cursor = cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    const isText = ['title', 'owner'].includes(orderBy.split(',')[0]);
    const fits =
      cursor.value === null ||
      typeof cursor.value === (isText ? 'string' : 'number');
    const hasNul = JSON.stringify(cursor).includes('\\u0000');
    if (cursor.orderBy === orderBy && fits && !hasNul) return cursor;
  } catch {
    // falls through to the error that says what to do
  }
  throw new InputError(
    'cursor is not one that this list gave for this order. Leave it out to begin with the first page.',
  );
}

/** Counts that are kept: every page and every order of a list has the same. */
const MAX_COUNTS = 500;

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** Lists services with their results: filtered, sorted and paged by the database. */
export class FleetStore {
  readonly #db: Knex;
  readonly #counts = new LRUCache<string, Record<Verdict, number>>({
    max: MAX_COUNTS,
  });

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * One page. Pages are cut by value and entity reference, so that a service is neither repeated nor left out while
   * services come and go.
   *
   * @param visibleSetId - set of entities that the reader may see; undefined is all.
   * @param entitiesVersion - changes with the entities; without it, services are counted for every page.
   */
  async list(
    query: ServicesQuery,
    visibleSetId: string | undefined,
    entitiesVersion?: number,
  ): Promise<FleetPage> {
    const [field, direction = 'asc'] = query.orderBy.split(',');
    const orderBy = `${field},${direction}`;
    if (!isOrderField(field)) {
      throw new InputError(`orderBy names an unknown field '${field}'.`);
    }
    const expression = orderExpressions[field];
    const cursor = query.cursor
      ? decodeCursor(query.cursor, orderBy)
      : undefined;
    const analysisId = await this.#analysisId(cursor);

    const counts = await this.#countByVerdict(
      query,
      analysisId,
      visibleSetId,
      entitiesVersion,
    );
    const counted = new Set(query.verdict ?? verdictSchema.options);

    const order = `${direction === 'desc' ? 'desc' : 'asc'} nulls last`;
    const page = this.#matching(query, analysisId, visibleSetId)
      .select('e.entity_ref', this.#db.raw(`${expression} as sort_value`))
      .orderByRaw(`${expression} ${order}`)
      .orderBy('e.entity_ref')
      .limit(query.limit + 1);
    if (cursor) {
      page.where(builder => {
        if (cursor.value === null) {
          builder
            .whereRaw(`${expression} is null`)
            .andWhere('e.entity_ref', '>', cursor.entityRef);
          return;
        }
        const beyond = direction === 'desc' ? '<' : '>';
        builder
          .whereRaw(`${expression} ${beyond} ?`, [cursor.value])
          .orWhereRaw(`${expression} is null`)
          .orWhere(same =>
            same
              .whereRaw(`${expression} = ?`, [cursor.value])
              .andWhere('e.entity_ref', '>', cursor.entityRef),
          );
      });
    }
    // sorting whole rows costs twice as much
    const rows: Row[] = await this.#withResults(
      this.#db(page.as('p')).join(
        { e: 'entities' },
        'e.entity_ref',
        'p.entity_ref',
      ),
      analysisId,
    )
      .select(
        'e.*',
        'r.as_of',
        'r.verdict',
        'r.achieved',
        'r.requests',
        'r.recommended_objective',
        'r.budget_remaining',
        'r.simulated',
        'r.version',
        'r.reasons',
        'p.sort_value',
      )
      .orderByRaw(`p.sort_value ${order}`)
      .orderBy('p.entity_ref');
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    return {
      items: items.map(row => this.#toItem(row)),
      nextCursor:
        last && rows.length > query.limit
          ? this.#encodeCursor({
              analysisId,
              orderBy,
              value: last.sort_value,
              entityRef: last.entity_ref,
            })
          : null,
      totalItems: [...counted].reduce((sum, one) => sum + counts[one], 0),
      counts,
    };
  }

  async #countByVerdict(
    query: ServicesQuery,
    analysisId: string,
    visibleSetId: string | undefined,
    entitiesVersion: number | undefined,
  ): Promise<Record<Verdict, number>> {
    const { orderBy, limit, cursor, verdict: _, ...others } = query;
    const key = JSON.stringify([
      ...[analysisId, visibleSetId ?? null, entitiesVersion],
      others,
    ]);
    const kept =
      entitiesVersion === undefined ? undefined : this.#counts.get(key);
    if (kept) return kept;
    const rows: { verdict: Verdict; count: number | string }[] =
      await this.#matching(others, analysisId, visibleSetId)
        .select(this.#db.raw(`${VERDICT} as verdict`))
        .count({ count: '*' })
        .groupByRaw(VERDICT);
    const counts = { ok: 0, degraded: 0, insufficient: 0, invalid: 0 };
    for (const { verdict, count } of rows) counts[verdict] = Number(count);
    if (entitiesVersion !== undefined) this.#counts.set(key, counts);
    return counts;
  }

  #matching(
    query: Omit<ServicesQuery, 'orderBy' | 'limit' | 'cursor'>,
    analysisId: string,
    visibleSetId: string | undefined,
  ): Knex.QueryBuilder {
    const matching = this.#withResults(
      this.#db({ e: 'entities' }),
      analysisId,
    ).where('e.opted_in', true);
    if (query.owner) matching.whereIn('e.owner', query.owner);
    if (query.system) matching.whereIn('e.system', query.system);
    if (query.criticality) matching.whereIn('e.criticality', query.criticality);
    if (query.verdict) {
      matching.whereRaw(
        `${VERDICT} in (${query.verdict.map(() => '?').join()})`,
        query.verdict,
      );
    }
    if (query.text) {
      const pattern = `%${escapeLike(query.text.toLocaleLowerCase('en-US'))}%`;
      matching.whereRaw(
        "(e.sort_title like ? escape '\\' or e.entity_ref like ? escape '\\')",
        [pattern, pattern],
      );
    }
    if (visibleSetId !== undefined) {
      whereVisible(matching, 'e.entity_ref', visibleSetId);
    }
    return matching;
  }

  #withResults(
    entities: Knex.QueryBuilder,
    analysisId: string,
  ): Knex.QueryBuilder {
    return entities.leftJoin({ r: 'analysis_results' }, join =>
      join
        .on('r.entity_ref', 'e.entity_ref')
        .andOnVal('r.analysis_id', analysisId)
        .andOnVal('r.kind', RECOMMENDATIONS)
        .andOnVal('r.environment', ALL_ENVIRONMENTS)
        .andOnIn('r.version', READABLE_VERSIONS),
    );
  }

  /** The analysis of the first page while it is kept, else the one that readers see now. */
  async #analysisId(cursor: Cursor | undefined): Promise<string> {
    if (cursor) {
      const kept = await this.#db('analysis_results')
        .where({ analysis_id: cursor.analysisId })
        .first('analysis_id');
      if (kept) return cursor.analysisId;
    }
    const current = await this.#db('snapshots').first('analysis_id');
    return current?.analysis_id ?? '';
  }

  #encodeCursor(cursor: Cursor): string {
    return Buffer.from(JSON.stringify(cursor)).toString('base64url');
  }

  #toItem(row: Row): FleetItem {
    const reasons = row.as_of ? reasonsFromRow(row) : undefined;
    return {
      entity: entityFromRow(row),
      result: reasons
        ? {
            asOf: row.as_of,
            verdict: row.verdict,
            reasons,
            achieved: row.achieved,
            requests: row.requests,
            recommendedObjective: row.recommended_objective,
            budgetRemaining: row.budget_remaining,
            simulated: Boolean(row.simulated),
          }
        : null,
    };
  }
}
