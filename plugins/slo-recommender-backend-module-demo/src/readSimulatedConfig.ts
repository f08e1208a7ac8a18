import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

export interface SimulatedConfig {
  seed?: number;
  /** Midnight in UTC. */
  anchor?: Date;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads the keys that are particular to a datasource of type `simulated`.
 *
 * @throws InputError that names the datasource, the key and the remedy
 */
export function readSimulatedConfig(
  id: string,
  config: Config,
): SimulatedConfig {
  const refuse = (key: string, value: unknown, remedy: string): never => {
    throw new InputError(
      `sloRecommender.datasources: ${key} of ${JSON.stringify(
        id,
      )} is ${JSON.stringify(value)}. ${remedy}`,
    );
  };
  const seed = config.getOptional('seed');
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    refuse('seed', seed, 'Write a whole number, or leave it out.');
  }
  const anchor = config.getOptional('anchor');
  if (anchor === undefined) return { seed: config.getOptionalNumber('seed') };

  const start = new Date(
    typeof anchor === 'string' && DAY.test(anchor) ? anchor : NaN,
  );
  if (
    Number.isNaN(start.getTime()) ||
    start.toISOString().slice(0, 10) !== anchor
  ) {
    refuse(
      'anchor',
      anchor,
      "Write a day in quotes, for example '2026-01-31', or leave it out.",
    );
  }
  return { seed: config.getOptionalNumber('seed'), anchor: start };
}
