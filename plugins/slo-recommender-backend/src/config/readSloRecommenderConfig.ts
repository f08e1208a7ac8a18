import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError, stringifyError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { OptInMode } from 'backstage-plugin-slo-recommender-common';

const DAY_MS = 86_400_000;

export interface DatasourceConfig {
  id: string;
  type: string;
  config: Config;
}

/** `sloRecommender` in app-config, read and checked. */
export interface SloRecommenderConfig {
  objectiveWindowMs: number;
  lookbackMs: number;
  optIn: OptInMode;
  datasources: DatasourceConfig[];
  /** How long counts are kept after they were fetched last. */
  historyRetentionMs: number;
}

function readDays(
  config: Config,
  key: string,
  fallbackDays: number,
  maxDays: number,
): number {
  if (!config.has(key)) return fallbackDays * DAY_MS;
  const remedy = `Write whole days from 1 to ${maxDays}, for example ${key}: ${fallbackDays}d.`;
  let ms: number;
  try {
    ms = durationToMilliseconds(readDurationFromConfig(config, { key }));
  } catch (error) {
    throw new InputError(
      `sloRecommender.${key} is not a duration: ${stringifyError(
        error,
      )}. ${remedy}`,
    );
  }
  if (ms < DAY_MS || ms > maxDays * DAY_MS || ms % DAY_MS !== 0) {
    throw new InputError(
      `sloRecommender.${key} is ${ms / DAY_MS} days. ${remedy}`,
    );
  }
  return ms;
}

function readDatasource(config: Config, index: number): DatasourceConfig {
  const where = `sloRecommender.datasources[${index}]`;
  const id = config.getOptional('id');
  if (typeof id !== 'string' || !/^[\w.-]{1,100}$/.test(id)) {
    throw new InputError(
      `${where}.id must be a name of letters, digits, points, dashes and underscores; annotations refer to the datasource by it.`,
    );
  }
  const type = config.getOptional('type');
  if (typeof type !== 'string' || !type) {
    throw new InputError(
      `${where}.type (datasource '${id}') must name a kind of datasource, for example type: prometheus.`,
    );
  }
  return { id, type, config };
}

/**
 * Reads the plugin's configuration.
 *
 * @throws InputError naming the key and the remedy.
 */
export function readSloRecommenderConfig(root: Config): SloRecommenderConfig {
  const config = root.getOptionalConfig('sloRecommender');
  if (!config) {
    return {
      objectiveWindowMs: 28 * DAY_MS,
      lookbackMs: 90 * DAY_MS,
      optIn: 'annotated',
      datasources: [],
      historyRetentionMs: 400 * DAY_MS,
    };
  }
  const objectiveWindowMs = readDays(config, 'objectiveWindow', 28, 90);
  const optIn = config.getOptional('optIn') ?? 'annotated';
  if (optIn !== 'annotated' && optIn !== 'all') {
    throw new InputError(
      `sloRecommender.optIn is ${JSON.stringify(
        optIn,
      )}. Write 'annotated' (entities with slo-recommender.io/enabled: 'true') or 'all' (every Component).`,
    );
  }
  const datasources = (config.getOptionalConfigArray('datasources') ?? []).map(
    readDatasource,
  );
  const ids = datasources.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `sloRecommender.datasources has two entries with id '${twice}'. Give each its own id.`,
    );
  }
  return {
    objectiveWindowMs,
    lookbackMs: Math.max(
      objectiveWindowMs,
      readDays(config, 'lookback', 90, 400),
    ),
    optIn,
    datasources,
    historyRetentionMs: readDays(config, 'historyRetention', 400, 4000),
  };
}
