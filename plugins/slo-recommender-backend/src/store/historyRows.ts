import type { SliType } from 'backstage-plugin-slo-recommender-common';

/** Counts of one service and day, as they lie in the database. */
export interface RawDbHistoryRow {
  entity_ref: string;
  sli_type: SliType;
  day: string;
  source_key: string;
  evidence: string | null;
  counts: Buffer;
  asked_hours: number;
  known_hours: number;
  asked_at: string;
}

/** Where the rows lie. */
export const SLI_HISTORY = {
  table: 'sli_history',
  columns: [
    'entity_ref',
    'sli_type',
    'day',
    'source_key',
    'evidence',
    'counts',
    'asked_hours',
    'known_hours',
    'asked_at',
  ],
  key: ['entity_ref', 'sli_type', 'day'],
} as const satisfies {
  table: string;
  columns: (keyof RawDbHistoryRow)[];
  key: (keyof RawDbHistoryRow)[];
};
