import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';

/** The fleet and the hours that are fetched. */
export const SERVICES = 5_000;
export const DAYS = 28;
export const TO = new Date('2026-03-10T12:00:00Z');
export const RANGE = {
  from: new Date(TO.getTime() - DAYS * 24 * HOUR_MS),
  to: TO,
};
export const HOUR_LATER = {
  from: RANGE.from,
  to: new Date(TO.getTime() + HOUR_MS),
};

/** How long the server takes for each answer. */
export const DELAY_MS = 50;

/** Where the fetched counts are stored. */
export type DatabaseConfig =
  | { client: 'better-sqlite3'; filename: string }
  | { client: 'pg'; connectionString: string };

/** What the fetching process is to do; it gets it as its argument, in JSON. */
export interface FetchOrder {
  url: string;
  database: DatabaseConfig;
  /** Whether to fetch another hour after the first fetch. */
  refreshes: boolean;
  /** Longest time for one answer. */
  timeoutSeconds: number;
}

/** What the fetching process tells. */
export type FetchMessage =
  | { kind: 'progress'; share: number }
  | { kind: 'fetched' | 'refreshed'; seconds: number }
  | { kind: 'failed'; message: string }
  | { kind: 'done'; wrongHours: number; peakBytes: number };

/** What the process of the server tells. */
export type ServerMessage =
  { kind: 'started'; url: string } | { kind: 'asked'; questions: string[] };
