import { parseEntityRef } from '@backstage/catalog-model';
import { TELEMETRY_NAME_ANNOTATION } from 'backstage-plugin-slo-recommender-common';

const PLAIN = /^[a-zA-Z][\w./-]*(:[\w./-]+)*$/;

/** Words that YAML takes for something else than text. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A text as YAML reads it back: as it is if that is plain, else in quotes as JSON has it. */
const scalar = (text: string) =>
  PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);

function list(key: string, entityRefs: string[]): string[] {
  if (entityRefs.length === 0) return [];
  return [`  ${key}:`, ...entityRefs.map(ref => `    - ${scalar(ref)}`)];
}

/**
 * Lines of `catalog-info.yaml` that declare dependencies: APIs are consumed, all else is depended on.
 *
 * @returns null if there is nothing to declare.
 */
export function dependencyLines(entityRefs: string[]): string | null {
  if (entityRefs.length === 0) return null;
  const isApi = (ref: string) => parseEntityRef(ref).kind === 'api';
  return `${[
    'spec:',
    ...list(
      'dependsOn',
      entityRefs.filter(ref => !isApi(ref)),
    ),
    ...list('consumesApis', entityRefs.filter(isApi)),
  ].join('\n')}\n`;
}

/** Types of what a service uses rather than of a service. */
const RESOURCE_TYPES = new Set(['database', 'queue', 'cache', 'bucket']);

/** An entity to begin with for a service that only telemetry knows. The owner is left to fill in. */
export function entityLines(service: {
  name: string;
  type: string | null;
}): string {
  const type = service.type ?? 'service';
  const isResource = RESOURCE_TYPES.has(type);
  return `${[
    'apiVersion: backstage.io/v1alpha1',
    `kind: ${isResource ? 'Resource' : 'Component'}`,
    'metadata:',
    `  name: ${scalar(entityNameOf(service.name))}`,
    // the annotation is a list with commas: a name that has one cannot stand in it
    ...(service.name.includes(',')
      ? []
      : [
          '  annotations:',
          `    ${TELEMETRY_NAME_ANNOTATION}: ${JSON.stringify(service.name)}`,
        ]),
    'spec:',
    `  type: ${scalar(type)}`,
    ...(isResource ? [] : ['  lifecycle: production']),
    '  owner: unknown',
  ].join('\n')}\n`;
}

/** A name that the catalog takes: letters, digits, dashes, underscores and points, 63 at most. */
function entityNameOf(name: string): string {
  const usable = name
    .replace(/[^a-zA-Z0-9._-]+/g, '-')
    .slice(0, 63)
    .replace(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, '');
  return usable || 'unnamed';
}
