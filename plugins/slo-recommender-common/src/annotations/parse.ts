import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  type AnnotationIssue,
  type Criticality,
  criticalitySchema,
} from '../schemas';
import { parseDuration } from '../words/durations';
import { type LabelMatcher, parseLabelMatchers } from './matchers';
import * as names from './names';

export type OptInMode = 'annotated' | 'all';

export interface LatencyObjective {
  /** Share of requests that must be faster, a fraction in (0, 1). */
  objective: number;
  thresholdSeconds: number;
}

/** At least `required` of `members` must work. */
export interface RedundancyGroup {
  required: number;
  /** Entity references. */
  members: string[];
}

/** The annotations of one entity, as far as they could be understood. */
export interface ServiceAnnotations {
  /** Undefined where the annotation is absent or malformed. */
  enabled?: boolean;
  telemetryNames: string[];
  datasource?: string;
  /** Which series of its metrics count. */
  matchers?: LabelMatcher[];
  criticality?: Criticality;
  /** A fraction in (0, 1). */
  availabilityObjective?: number;
  latencyObjective?: LatencyObjective;
  windowMs?: number;
  softDependencies: string[];
  asyncDependencies: string[];
  redundancy: RedundancyGroup[];
  /** A fraction in (0, 1). */
  publishedSla?: number;
  journey?: string;
  /** Everything that could not be used, with the remedy. */
  issues: AnnotationIssue[];
}

const MAX_VALUE_LENGTH = 2_000;
const DAY_MS = 86_400_000;

function quoted(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

/** '99.9' → 0.999, computed in decimal so that 99.95 gives 0.9995 and not 0.99950000000000006. */
function parsePercent(text: string): number | undefined {
  const match = /^(\d{1,2}(?:\.\d{1,10})?)\s*%?$/.exec(text.trim());
  if (!match) return undefined;
  const ratio = Number(`${match[1]}e-2`);
  return ratio > 0 && ratio < 1 ? ratio : undefined;
}

/** Between them lies what somebody waits for. */
const SHORTEST_THRESHOLD_SECONDS = 1e-6;
const LONGEST_THRESHOLD_SECONDS = 86_400;

function parseLatencyObjective(text: string): LatencyObjective | undefined {
  const match =
    /^(\d{1,2}(?:\.\d{1,10})?)\s*%\s*<\s*(\d+(?:\.\d+)?)\s*(ms|s)$/.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const objective = parsePercent(match[1]);
  const thresholdSeconds = Number(
    match[3] === 'ms' ? `${match[2]}e-3` : match[2],
  );
  return objective !== undefined &&
    thresholdSeconds >= SHORTEST_THRESHOLD_SECONDS &&
    thresholdSeconds <= LONGEST_THRESHOLD_SECONDS
    ? { objective, thresholdSeconds }
    : undefined;
}

function splitList(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map(part => part.trim())
        .filter(Boolean),
    ),
  ];
}

function parseRefs(text: string, entity: Entity): string[] {
  return splitList(text).map(part =>
    stringifyEntityRef(
      parseEntityRef(part, {
        defaultKind: 'component',
        defaultNamespace: entity.metadata.namespace ?? 'default',
      }),
    ),
  );
}

function parseRedundancy(text: string, entity: Entity): RedundancyGroup[] {
  return text
    .split(';')
    .map(part => part.trim())
    .filter(Boolean)
    .map(part => {
      const match = /^(\d{1,3})\s+of\s+(.+)$/.exec(part);
      const required = match ? Number(match[1]) : 0;
      const members = match ? parseRefs(match[2], entity) : [];
      if (required < 1 || required >= members.length) {
        throw new Error('not a group');
      }
      return { required, members };
    });
}

/**
 * Reads the `slo-recommender.io/…` annotations of an entity. Never throws: what cannot be understood is left out and
 * listed in `issues`, with the annotation, the value and the remedy.
 */
export function parseServiceAnnotations(entity: Entity): ServiceAnnotations {
  const annotations: Record<string, unknown> =
    entity.metadata.annotations ?? {};
  const issues: AnnotationIssue[] = [];

  function read<T>(
    annotation: string,
    parse: (text: string) => T | undefined,
    remedy: string,
  ): T | undefined {
    if (!Object.hasOwn(annotations, annotation)) return undefined;
    const value = annotations[annotation];
    if (typeof value !== 'string') {
      issues.push({
        annotation,
        message: `${annotation} must be a text; put the value in quotes. ${remedy}`,
      });
      return undefined;
    }
    let parsed: T | undefined;
    if (value.length <= MAX_VALUE_LENGTH) {
      try {
        parsed = parse(value);
      } catch {
        parsed = undefined;
      }
    }
    if (parsed === undefined) {
      issues.push({
        annotation,
        message: `${annotation} is ${quoted(value)}, which cannot be used. ${remedy}`,
      });
    }
    return parsed;
  }

  const oneOf =
    <T extends string>(...values: T[]) =>
    (text: string) =>
      values.find(value => value === text.trim());
  const nonEmpty = (list: string[]) => (list.length ? list : undefined);
  const refs = (text: string) => nonEmpty(parseRefs(text, entity));

  const enabled = read(
    names.ENABLED_ANNOTATION,
    oneOf('true', 'false'),
    "Write 'true' or 'false'.",
  );
  const result: ServiceAnnotations = {
    enabled: enabled === undefined ? undefined : enabled === 'true',
    telemetryNames: read(
      names.TELEMETRY_NAME_ANNOTATION,
      text => nonEmpty(splitList(text)),
      "Write one or more names separated by commas, for example 'checkout, checkout-v2'.",
    ) ?? [entity.metadata.name],
    datasource: read(
      names.DATASOURCE_ANNOTATION,
      text => (/^[\w.-]{1,100}$/.test(text.trim()) ? text.trim() : undefined),
      'Write the id of a datasource in sloRecommender.datasources.',
    ),
    matchers: read(
      names.MATCHERS_ANNOTATION,
      parseLabelMatchers,
      `Write 1 to 10 matchers of PromQL, patterns with '|', '.', '.*' and '.+' only, for example 'deployment_environment="production"'.`,
    ),
    criticality: read(
      names.CRITICALITY_ANNOTATION,
      oneOf(...criticalitySchema.options),
      "Write 'critical', 'high', 'medium' or 'low'.",
    ),
    availabilityObjective: read(
      names.AVAILABILITY_OBJECTIVE_ANNOTATION,
      parsePercent,
      "Write a percentage above 0 and below 100 with a point, for example '99.9'.",
    ),
    latencyObjective: read(
      names.LATENCY_OBJECTIVE_ANNOTATION,
      parseLatencyObjective,
      "Write a percentage and a threshold of at most a day, for example '99% < 300ms'.",
    ),
    windowMs: read(
      names.WINDOW_ANNOTATION,
      text => {
        const ms = parseDuration(text.trim());
        return ms !== undefined &&
          ms >= DAY_MS &&
          ms <= 90 * DAY_MS &&
          ms % DAY_MS === 0
          ? ms
          : undefined;
      },
      "Write whole days from 1 to 90, for example '28d'.",
    ),
    softDependencies:
      read(
        names.SOFT_DEPENDENCIES_ANNOTATION,
        refs,
        "Write entity references separated by commas, for example 'component:recommendation'.",
      ) ?? [],
    asyncDependencies:
      read(
        names.ASYNC_DEPENDENCIES_ANNOTATION,
        refs,
        "Write entity references separated by commas, for example 'component:notification'.",
      ) ?? [],
    redundancy:
      read(
        names.REDUNDANCY_ANNOTATION,
        text => {
          const groups = parseRedundancy(text, entity);
          return groups.length ? groups : undefined;
        },
        "Write groups separated by semicolons, for example '1 of resource:db-a, resource:db-b'.",
      ) ?? [],
    publishedSla: read(
      names.PUBLISHED_SLA_ANNOTATION,
      parsePercent,
      "Write a percentage above 0 and below 100 with a point, for example '99.95'.",
    ),
    journey: read(
      names.JOURNEY_ANNOTATION,
      text => text.trim() || undefined,
      "Write 'true' or a title.",
    ),
    issues,
  };
  const known = new Set<string>(Object.values(names));
  for (const annotation of Object.keys(annotations)) {
    if (
      annotation.startsWith(names.annotationPrefix) &&
      !known.has(annotation)
    ) {
      issues.push({
        annotation,
        message: `${quoted(
          annotation,
        )} is not an annotation of SLO Recommender; check the spelling.`,
      });
    }
  }
  return result;
}

/** Whether an entity takes part. Annotated: only with `enabled: 'true'`; all: every Component that does not opt out, and whatever opts in. */
export function isOptedIn(entity: Entity, mode: OptInMode): boolean {
  const { enabled } = parseServiceAnnotations(entity);
  if (enabled !== undefined) return enabled;
  return (
    mode === 'all' && entity.kind.toLocaleLowerCase('en-US') === 'component'
  );
}
