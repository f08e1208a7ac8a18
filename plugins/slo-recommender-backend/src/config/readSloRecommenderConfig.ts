import { type Config, ConfigReader } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { OptInMode } from 'backstage-plugin-slo-recommender-common';
import type { AliasRule } from '../graph';
import { readAliasRules } from './readAliasRules';
import { readDays } from './readDays';
import { DAY_MS } from '../kernel/time/hours';

/** An entry of `sloRecommender.datasources`, or what is wrong with it. */
export type DatasourceConfig = { id: string; type: string } & (
  { config: Config } | { error: Error }
);

/** `sloRecommender` in app-config, read and checked. */
export interface SloRecommenderConfig {
  objectiveWindowMs: number;
  lookbackMs: number;
  optIn: OptInMode;
  datasources: DatasourceConfig[];
  /** How long counts are kept after they were fetched last. */
  historyRetentionMs: number;
  dependencies: {
    /** An edge of which no source has told for longer is stale. */
    staleAfterMs: number;
    aliasRules: AliasRule[];
  };
  exclusions: {
    /** Most of a window's hours that may be left out, a fraction. */
    cap: number;
  };
  /** What cannot be used, with the remedy; its default stands in. */
  issues: string[];
}

function readOptIn(config: Config): OptInMode {
  const optIn = config.getOptional('optIn') ?? 'annotated';
  if (optIn !== 'annotated' && optIn !== 'all') {
    throw new InputError(
      `sloRecommender.optIn is ${JSON.stringify(
        optIn,
      )}. Write 'annotated' (entities with slo-recommender.io/enabled: 'true') or 'all' (every Component).`,
    );
  }
  return optIn;
}

const DEFAULT_EXCLUSION_CAP = 0.1;
const LARGEST_EXCLUSION_CAP = 0.5;

function readExclusionCap(config: Config): number {
  const value = config.getOptional('exclusions.cap') ?? DEFAULT_EXCLUSION_CAP;
  // a value from the environment is a text
  const cap = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof cap !== 'number' || !(cap >= 0 && cap <= LARGEST_EXCLUSION_CAP)) {
    throw new InputError(
      `sloRecommender.exclusions.cap is ${JSON.stringify(
        value,
      )}. Write the share of a window's hours that may be left out, from 0 to ${LARGEST_EXCLUSION_CAP}, for example cap: ${DEFAULT_EXCLUSION_CAP}.`,
    );
  }
  return cap;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readDatasource(
  entry: JsonValue | undefined,
  index: number,
  idsBefore: Set<string>,
): DatasourceConfig {
  const where = `sloRecommender.datasources[${index}]`;
  const fail = (message: string): DatasourceConfig => ({
    id: `datasources[${index}]`,
    type: 'unknown',
    error: new InputError(message),
  });
  if (!isObject(entry)) {
    return fail(
      `${where} is ${JSON.stringify(
        entry,
      )}. Write an entry with id, type and what the type needs.`,
    );
  }
  const { id, type } = entry;
  if (typeof id !== 'string' || !/^[\w.-]{1,100}$/.test(id)) {
    return fail(
      `${where}.id must be a name of letters, digits, points, dashes and underscores; annotations refer to the datasource by it.`,
    );
  }
  if (idsBefore.has(id)) {
    return fail(
      `${where}.id is '${id}', which an entry before has already. Give each its own id.`,
    );
  }
  idsBefore.add(id);
  if (typeof type !== 'string' || !type) {
    return {
      id,
      type: 'unknown',
      error: new InputError(
        `${where}.type (datasource '${id}') must name a kind of datasource, for example type: prometheus.`,
      ),
    };
  }
  return { id, type, config: new ConfigReader(entry, where) };
}

function readDatasources(config: Config): DatasourceConfig[] {
  const entries = config.getOptional('datasources') ?? [];
  if (!Array.isArray(entries)) {
    throw new InputError(
      'sloRecommender.datasources must be a list: begin each entry with a dash.',
    );
  }
  const ids = new Set<string>();
  return entries.map((entry, index) => readDatasource(entry, index, ids));
}

/**
 * Reads the plugin's configuration. Never throws: what cannot be used is listed in `issues` with the key and the
 * remedy, and its default stands in, so that a slip here does not take the portal down.
 */
export function readSloRecommenderConfig(root: Config): SloRecommenderConfig {
  const issues: string[] = [];
  function orDefault<T>(read: (config: Config) => T, fallback: T): T {
    try {
      const value = root.getOptional('sloRecommender') ?? {};
      if (!isObject(value)) {
        throw new InputError(
          'sloRecommender must be a section with keys such as datasources.',
        );
      }
      return read(new ConfigReader(value, 'sloRecommender'));
    } catch (error) {
      const { message } = toError(error);
      if (!issues.includes(message)) issues.push(message);
      return fallback;
    }
  }
  const objectiveWindowMs = orDefault(
    config => readDays(config, 'objectiveWindow', 28, 90),
    28 * DAY_MS,
  );
  const lookbackMs = orDefault(
    config => readDays(config, 'lookback', 90, 400),
    90 * DAY_MS,
  );
  const datasources = orDefault(readDatasources, []);
  return {
    objectiveWindowMs,
    lookbackMs: Math.max(objectiveWindowMs, lookbackMs),
    optIn: orDefault(readOptIn, 'annotated'),
    datasources,
    historyRetentionMs: orDefault(
      config => readDays(config, 'historyRetention', 400, 4000),
      400 * DAY_MS,
    ),
    dependencies: {
      staleAfterMs: orDefault(
        config => readDays(config, 'dependencies.staleAfter', 14, 400),
        14 * DAY_MS,
      ),
      aliasRules: readAliasRules(
        orDefault(config => config.getOptional('dependencies.aliasRules'), []),
        issue => issues.push(issue),
      ),
    },
    exclusions: { cap: orDefault(readExclusionCap, DEFAULT_EXCLUSION_CAP) },
    issues,
  };
}
