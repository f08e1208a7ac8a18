import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import {
  type LabelMatcher,
  parseLabelMatchers,
} from 'backstage-plugin-slo-recommender-common';
import { z } from 'zod';
import { type Dialect, DIALECT_IDS, type TemplateText } from './types';

/** What an operator says about the metrics of a datasource. */
export interface DialectConfig {
  /** The only dialects to use, best evidence first; all that are found by default, a template before them. */
  preferred?: readonly Dialect['id'][];
  template?: Dialect;
  /** Which series count. */
  matchers?: readonly LabelMatcher[];
}

const PLACES = ['services', 'range'] as const;
const IDS = [...DIALECT_IDS, 'template'] as const;

/** Names of labels, with the dots that Prometheus 3 may keep. */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_.]*$/;

const templatesSchema = z.strictObject({
  serviceLabel: z.string().min(1),
  requests: z.string(),
  failures: z.string(),
});

/**
 * Reads `dialect`, `templates` and `matchers` of an entry of `sloRecommender.datasources`.
 *
 * @throws InputError that names the key, the place where a template has one wrong, and the remedy.
 */
export function readDialectConfig(id: string, config: Config): DialectConfig {
  const entry = `sloRecommender.datasources[${id}]`;
  const template = readTemplate(
    config.getOptional('templates'),
    `${entry}.templates`,
  );
  const preferred = readPreferred(
    config.getOptional('dialect'),
    `${entry}.dialect`,
  );
  if (preferred?.includes('template') && !template) {
    throw new InputError(
      `${entry}.dialect names template, but ${entry}.templates is missing; add it`,
    );
  }
  const matchers = readMatchers(
    config.getOptional('matchers'),
    `${entry}.matchers`,
  );
  if (template && matchers) {
    throw new InputError(
      `${entry} has templates, which matchers do not change; write the conditions into the queries`,
    );
  }
  return { preferred, template, matchers };
}

function readMatchers(value: unknown, key: string): LabelMatcher[] | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new InputError(
      `${key} must be text, such as 'deployment_environment="production"'`,
    );
  }
  try {
    return parseLabelMatchers(value);
  } catch (error) {
    throw new InputError(`${key} cannot be used. ${toError(error).message}`);
  }
}

function readPreferred(
  value: unknown,
  key: string,
): readonly Dialect['id'][] | undefined {
  if (value === undefined) {
    return undefined;
  }
  const parsed = z
    .array(z.enum(IDS))
    .min(1)
    .safeParse(Array.isArray(value) ? value : [value]);
  if (!parsed.success) {
    throw new InputError(
      `${key} must be one of ${IDS.join(', ')}, or a list of them, best first`,
    );
  }
  return [...new Set(parsed.data)];
}

function readTemplate(value: unknown, key: string): Dialect | undefined {
  if (value === undefined) {
    return undefined;
  }
  const parsed = templatesSchema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      `${key} must have serviceLabel, requests and failures, all text, and nothing else`,
    );
  }
  const { serviceLabel, requests, failures } = parsed.data;
  if (!LABEL_NAME.test(serviceLabel)) {
    throw new InputError(
      `${key}.serviceLabel is not the name of a label; use letters, digits, underscores and dots, for example service_name`,
    );
  }
  return {
    id: 'template',
    serviceLabel,
    source: {
      requests: parseTemplate(requests, `${key}.requests`),
      failures: parseTemplate(failures, `${key}.failures`),
    },
    failureDefinition: `what the query of ${key}.failures counts`,
  };
}

/** Strings and comments of PromQL, in which a place would not be filled as it is meant, and places. */
const TOKENS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*|\$(\w*)/gsu;

function parseTemplate(text: string, key: string): TemplateText {
  const parts: TemplateText[number][] = [];
  const used = new Set<string>();
  let end = 0;
  for (const token of text.matchAll(TOKENS)) {
    const [all, name] = token;
    if (name === undefined) {
      const quoted = PLACES.find(place => all.includes(`$${place}`));
      if (quoted) {
        throw new InputError(
          `${key} has $${quoted} within quotes or a comment; write it without, for example {service=~$services}: values are quoted when they are put in`,
        );
      }
      continue;
    }
    const place = PLACES.find(known => known === name);
    if (!place) {
      throw new InputError(
        `${key} has the placeholder $${name}, which is not known; use $services and $range`,
      );
    }
    parts.push({ text: text.slice(end, token.index) }, { place });
    used.add(place);
    end = token.index + all.length;
  }
  const missing = PLACES.find(place => !used.has(place));
  if (missing) {
    throw new InputError(
      `${key} lacks the placeholder $${missing}; write for example sum by (service) (increase(requests_total{service=~$services}[$range]))`,
    );
  }
  return [...parts, { text: text.slice(end) }];
}
