import {
  nameKind,
  type TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import type { LabelMatcher } from '../promql/expressions';
import { isQuotable } from '../promql/print';
import type { Dialect } from './types';

/** Which names of telemetry a datasource knows, and as what. */
export interface Identified {
  /** Label value by telemetry name. */
  labelValues: Map<string, string>;
  /** Label values that a name could equally stand for; such names are left out. */
  ambiguous: Map<string, string[]>;
  /** Label values that a name stood for one after the other, oldest first. */
  moved?: Map<string, string[]>;
}

/** Whether a name may stand for one service: addresses, placeholders and personal data are those of strangers. */
const isOfService = (name: string) => nameKind(name) === 'service';

/** Labels that distinguish services, that of the name first. */
export function identifyingLabels({
  serviceLabel,
  namespaceLabel,
}: Dialect): string[] {
  return [serviceLabel, ...(namespaceLabel ? [namespaceLabel] : [])];
}

/**
 * The label that names services, and before it the label under which Prometheus keeps what a scraped collector says of
 * others: without `honor_labels`, `job` and `service` are those of the collector, and theirs are `exported_job` and
 * `exported_service`. Series that have one are not the collector's own.
 */
export function withExported(
  serviceLabel: string,
  labels: ReadonlySet<string> | undefined,
): { serviceLabel: string; matchers: LabelMatcher[] }[] {
  const exported = `exported_${serviceLabel}`;
  return labels?.has(exported)
    ? [
        { serviceLabel: exported, matchers: [] },
        {
          serviceLabel,
          matchers: [{ label: exported, operator: '=', value: '' }],
        },
      ]
    : [{ serviceLabel, matchers: [] }];
}

/** The name that labels give a service, with its namespace where that is a label of its own. */
export function nameIn(
  { serviceLabel, namespaceLabel }: Dialect,
  labels: Record<string, string>,
): string {
  const name = labels[serviceLabel] ?? '';
  const namespace = namespaceLabel ? labels[namespaceLabel] : '';
  return namespace ? `${namespace}/${name}` : name;
}

/**
 * Finds names among the values of a label. Where the label may say `<namespace>/<name>`, the name alone is enough as
 * long as it occurs in one namespace only. Where the namespace is a label of its own, only what is counted shows who is
 * meant: the name without it is asked for.
 *
 * @param known - all values of the label; undefined where that is not known, and names are taken as they are.
 */
export function identifyIn(
  { isQualified, namespaceLabel }: Dialect,
  names: readonly string[],
  known: ReadonlySet<string> | undefined,
): Identified {
  if (!namespaceLabel) {
    return identify(names, known, isQualified === true);
  }
  const labelValues = new Map<string, string>();
  for (const name of names) {
    const alone = name.slice(name.lastIndexOf('/') + 1);
    if (isOfService(alone) && known?.has(alone) !== false) {
      labelValues.set(name, alone);
    }
  }
  return { labelValues, ambiguous: new Map() };
}

/** Names that a label can have; the empty one would match every series without the label. */
export function usableNames(services: readonly TelemetryService[]): string[] {
  const names = new Set(services.flatMap(one => one.telemetryNames));
  return [...names]
    .filter(name => isOfService(name) && isQuotable(name))
    .sort();
}

const withoutOthers = (
  { namesOfOthers }: TelemetryService,
  values: readonly string[],
) => values.filter(value => !namesOfOthers?.includes(value));

/** Label values of a service, each once. If a name occurs in several namespaces, that of the entity is meant. */
export function valuesOf(
  service: TelemetryService,
  identified: Identified,
): string[] {
  const { labelValues, moved } = identified;
  return [
    ...new Set(
      service.telemetryNames.flatMap(name => {
        const value = labelValues.get(name);
        if (value === name) return [value];
        const known = value === undefined ? moved?.get(name) : [value];
        return (
          (known && withoutOthers(service, known)) ??
          settledValue(service, name, identified) ??
          []
        );
      }),
    ),
  ];
}

/**
 * Of the label values that a name could equally stand for, the one in the namespace of the entity, or the only one that
 * is not of another service.
 */
export function settledValue(
  service: TelemetryService,
  name: string,
  { ambiguous }: Identified,
): string | undefined {
  const namespace = /^[^:]*:([^/]*)\//.exec(service.entityRef)?.[1];
  const candidates = withoutOthers(service, ambiguous.get(name) ?? []);
  return candidates.length === 1
    ? candidates[0]
    : candidates.find(
        value => value.toLowerCase() === `${namespace}/${name}`.toLowerCase(),
      );
}

/** Label values of a service, and those that its names could stand for. */
export function candidatesOf(
  service: TelemetryService,
  identified: Identified,
): string[] {
  return [
    ...valuesOf(service, identified),
    ...service.telemetryNames.flatMap(
      name => identified.ambiguous.get(name) ?? [],
    ),
  ];
}

/** Finds names among others, which are `<namespace>/<name>` where `isQualified`. */
export function identify(
  names: readonly string[],
  known: ReadonlySet<string> | undefined,
  isQualified: boolean,
): Identified {
  const labelValues = new Map<string, string>();
  const ambiguous = new Map<string, string[]>();
  const qualified = isQualified && known ? byUnqualifiedName(known) : undefined;
  for (const name of names.filter(isOfService)) {
    const candidates = (qualified?.get(name) ?? []).filter(isOfService);
    if (!known || known.has(name)) {
      labelValues.set(name, name);
    } else if (candidates.length === 1) {
      labelValues.set(name, candidates[0]);
    } else if (candidates.length > 1) {
      ambiguous.set(name, candidates);
    }
  }
  return { labelValues, ambiguous };
}

/** Values `<namespace>/<name>` by their name. */
export function byUnqualifiedName(
  known: Iterable<string>,
): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const value of [...known].sort()) {
    const slash = value.lastIndexOf('/');
    if (slash >= 0) {
      const name = value.slice(slash + 1);
      byName.set(name, [...(byName.get(name) ?? []), value]);
    }
  }
  return byName;
}
