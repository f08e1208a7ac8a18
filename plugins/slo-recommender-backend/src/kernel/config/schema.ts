import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import {
  type Operation,
  operations,
} from 'backstage-plugin-slo-recommender-common';
import { z } from 'zod';
import { DAY_MS } from '../time/hours';
import { aliasRuleList } from './aliasRules';
import { datasourceList } from './datasources';

const KEY = 'sloRecommender';

const MAX_EXCLUSION_CAP = 0.5;
const DEFAULT_EXCLUSION_CAP = 0.1;

const MOST_CALLS_PER_MINUTE = 100_000;

/** A section without other keys: a typo must not leave a default in force without a word. */
const section = <Shape extends z.core.$ZodLooseShape>(
  key: string,
  shape: Shape,
  wrongType: (input: unknown) => string,
) =>
  z.strictObject(shape, {
    error: ({ code, input, keys }) =>
      code === 'unrecognized_keys'
        ? `${[keys]
            .flat()
            .map(name => `${key}.${name}`)
            .join(', ')} ${
            [keys].flat().length === 1
              ? 'is not a known key'
              : 'are no known keys'
          }. Write ${Object.keys(shape).join(', ')}.`
        : wrongType(input),
  });

const subsection = <Shape extends z.core.$ZodLooseShape>(
  name: string,
  shape: Shape,
) =>
  section(
    `${KEY}.${name}`,
    shape,
    input =>
      `Invalid type in config for key '${name}' in '${KEY}', got ${
        Array.isArray(input) ? 'array' : typeof input
      }, wanted object`,
  );

/** Whole days, in any form of a duration that Backstage reads, as milliseconds. */
function days(key: string, fallback: number, max: number) {
  const remedy = `Write whole days from 1 to ${max}, for example ${key
    .split('.')
    .at(-1)}: ${fallback}d.`;
  const noDuration = (input: unknown) =>
    `${KEY}.${key} is ${JSON.stringify(
      input,
    )}, which is not a duration. ${remedy}`;
  return z
    .union(
      [z.string(), z.record(z.string(), z.union([z.number(), z.string()]))],
      {
        error: ({ input }) => noDuration(input),
      },
    )
    .transform((value, { issues }) => {
      let ms: number;
      try {
        ms = durationToMilliseconds(
          readDurationFromConfig(new ConfigReader({ value }), { key: 'value' }),
        );
      } catch {
        issues.push({
          code: 'custom',
          input: value,
          message: noDuration(value),
        });
        return z.NEVER;
      }
      if (ms < DAY_MS || ms > max * DAY_MS || ms % DAY_MS !== 0) {
        issues.push({
          code: 'custom',
          input: value,
          message: `${KEY}.${key} is ${ms / DAY_MS} days. ${remedy}`,
        });
      }
      return ms;
    })
    .default(fallback * DAY_MS);
}

const wrongCap = ({ input }: { input?: unknown }) =>
  `${KEY}.exclusions.cap is ${JSON.stringify(
    input,
  )}. Write the share of a window's hours that may be left out, from 0 to ${MAX_EXCLUSION_CAP}, for example cap: ${DEFAULT_EXCLUSION_CAP}.`;

/** A number; one from the environment is a text. */
const number = (
  isRight: (value: number) => boolean,
  error: (issue: { input?: unknown }) => string,
) =>
  z.union(
    [
      z.number().refine(isRight, { error }),
      z
        .string()
        .refine(text => text.trim() !== '' && isRight(Number(text)), { error })
        .transform(Number),
    ],
    { error },
  );

/** A share of a window. */
const cap = number(
  share => share >= 0 && share <= MAX_EXCLUSION_CAP,
  wrongCap,
).default(DEFAULT_EXCLUSION_CAP);

/** Calls of one caller in a minute, by the ID of each expensive operation. */
const rateLimits = Object.fromEntries(
  Object.values<Operation>(operations).flatMap(
    ({ operationId, callsPerMinute }) =>
      callsPerMinute === undefined
        ? []
        : [
            [
              operationId,
              number(
                calls =>
                  Number.isInteger(calls) &&
                  calls >= 1 &&
                  calls <= MOST_CALLS_PER_MINUTE,
                ({ input }) =>
                  `${KEY}.rateLimits.${operationId} is ${JSON.stringify(
                    input,
                  )}. Write how often one caller may ask for it in a minute, from 1 to ${MOST_CALLS_PER_MINUTE}, for example ${operationId}: ${callsPerMinute}.`,
              ).default(callsPerMinute),
            ] as const,
          ],
  ),
);

/**
 * `sloRecommender` in app-config. `config.d.ts` says the same to Backstage, for `config:check` and for what the browser
 * may see. Every key has a default, and every message names its key and the remedy.
 */
export const sloRecommenderSchema = section(
  KEY,
  {
    objectiveWindow: days('objectiveWindow', 28, 90),
    lookback: days('lookback', 90, 400),
    optIn: z
      .enum(['annotated', 'all'], {
        error: ({ input }) =>
          `${KEY}.optIn is ${JSON.stringify(
            input,
          )}. Write 'annotated' (entities with slo-recommender.io/enabled: 'true') or 'all' (every Component).`,
      })
      .default('annotated'),
    historyRetention: days('historyRetention', 400, 4_000),
    datasources: datasourceList.default([]),
    dependencies: subsection('dependencies', {
      staleAfter: days('dependencies.staleAfter', 14, 400),
      aliasRules: aliasRuleList(`${KEY}.dependencies.aliasRules`).default([]),
    }).prefault({}),
    exclusions: subsection('exclusions', { cap }).prefault({}),
    rateLimits: subsection('rateLimits', rateLimits).prefault({}),
    metrics: subsection('metrics', {
      /** Who may read `GET /metrics`: totals of the whole fleet, which not every user may know. */
      access: z
        .enum(['service', 'authenticated', 'public', 'off'], {
          error: ({ input }) =>
            `${KEY}.metrics.access is ${JSON.stringify(
              input,
            )}. Write 'service' (tokens of services, such as static ones), 'authenticated' (users too), 'public' (everybody who can reach the portal) or 'off'.`,
        })
        .default('service'),
    }).prefault({}),
  },
  () => `${KEY} must be a section with keys such as datasources.`,
)
  .prefault({})
  .transform(
    ({
      objectiveWindow,
      lookback,
      historyRetention,
      dependencies: { staleAfter, aliasRules },
      ...others
    }) => ({
      ...others,
      objectiveWindowMs: objectiveWindow,
      lookbackMs: Math.max(objectiveWindow, lookback),
      /** How long counts are kept after they were fetched last. */
      historyRetentionMs: historyRetention,
      dependencies: {
        /** An edge that no source has reported for longer is stale. */
        staleAfterMs: staleAfter,
        aliasRules,
      },
    }),
  );
