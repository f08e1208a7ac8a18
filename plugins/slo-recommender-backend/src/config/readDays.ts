import {
  type Config,
  ConfigReader,
  readDurationFromConfig,
} from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { DAY_MS } from '../kernel/time/hours';

/**
 * Reads whole days.
 *
 * @param key - below `sloRecommender`, for example `dependencies.staleAfter`.
 * @throws InputError naming the key and the remedy.
 */
export function readDays(
  config: Config,
  key: string,
  fallbackDays: number,
  maxDays: number,
): number {
  const value = config.getOptional(key);
  if (value === undefined) return fallbackDays * DAY_MS;
  const remedy = `Write whole days from 1 to ${maxDays}, for example ${key
    .split('.')
    .at(-1)}: ${fallbackDays}d.`;
  let ms: number;
  try {
    ms = durationToMilliseconds(
      // layered files may write it in different forms: only the one on top counts
      readDurationFromConfig(new ConfigReader({ value }), { key: 'value' }),
    );
  } catch {
    throw new InputError(
      `sloRecommender.${key} is ${JSON.stringify(
        value,
      )}, which is not a duration. ${remedy}`,
    );
  }
  if (ms < DAY_MS || ms > maxDays * DAY_MS || ms % DAY_MS !== 0) {
    throw new InputError(
      `sloRecommender.${key} is ${ms / DAY_MS} days. ${remedy}`,
    );
  }
  return ms;
}
