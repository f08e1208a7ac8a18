import { parseEntityRef } from '@backstage/catalog-model';
import type { CatalogEntity } from '../kernel/CatalogEntity';

/** What runs comes before what describes it. */
const KINDS = ['component', 'resource', 'api'];

/**
 * The entity that a name shared by several means: a Component rather than the API or Resource beside it. Undefined if
 * nothing distinguishes them, as for Components of different namespaces.
 */
export function onlyOne(entityRefs: string[]): string | undefined {
  const distinct = [...new Set(entityRefs)];
  if (distinct.length <= 1) return distinct[0];
  for (const kind of KINDS) {
    const ofKind = distinct.filter(ref => ref.startsWith(`${kind}:`));
    if (ofKind.length) return ofKind.length === 1 ? ofKind[0] : undefined;
  }
  return undefined;
}

/** Whether a name is that of the entity itself: references are in lower case, the names they were made of need not be. */
export const isOwnName = (name: string, entityRef: string): boolean =>
  name.toLocaleLowerCase('en-US') === parseEntityRef(entityRef).name;

/** A name in telemetry that a service shares with others, so that each of them shows the requests of all. */
export interface SharedName {
  name: string;
  /** Services that have it in the same datasource. */
  services: number;
  /** True if the annotation or the kind of another one says that it is meant. */
  isOfAnother: boolean;
}

const selectionOf = ({ matchers }: CatalogEntity): string =>
  JSON.stringify(matchers ?? []);

/**
 * Names that services share with others of the same datasource, by entity reference. A service that is meant rather than
 * the others, and one that selects other series than they do, is not among them.
 */
export function findSharedNames(
  services: CatalogEntity[],
  datasourceIdOf: (service: CatalogEntity) => string | undefined,
): Map<string, SharedName[]> {
  const shared = new Map<string, SharedName[]>();
  const byName = groupBy(services, ({ telemetryNames }) => telemetryNames);
  for (const [name, namesakes] of byName) {
    if (namesakes.length === 1) continue;
    const groups = groupBy(namesakes, one => [datasourceIdOf(one) ?? '']);
    for (const group of groups.values()) {
      const annotated = group.filter(
        ({ entityRef }) => !isOwnName(name, entityRef),
      );
      const meant = onlyOne(
        (annotated.length ? annotated : group).map(
          ({ entityRef }) => entityRef,
        ),
      );
      const bySelection = Map.groupBy(group, selectionOf);
      for (const service of group) {
        if (service.entityRef === meant) continue;
        // requests of the others count as those of a service that selects none, or the same
        const alike = service.matchers?.length
          ? (bySelection.get(selectionOf(service)) ?? [])
          : group;
        if (alike.length === 1) continue;
        const known = shared.get(service.entityRef) ?? [];
        known.push({
          name,
          services: group.length,
          isOfAnother: meant !== undefined,
        });
        shared.set(service.entityRef, known);
      }
    }
  }
  return shared;
}

/**
 * Names `<namespace>/<name>` that annotations give to services, for each service that is called by the name alone in the
 * same datasource: it is not meant by them.
 */
export function findNamesOfOthers(
  services: CatalogEntity[],
  datasourceIdOf: (service: CatalogEntity) => string | undefined,
): Map<string, string[]> {
  const alone = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const qualified = groupBy(services, ({ telemetryNames }) =>
    telemetryNames.filter(name => name.includes('/')),
  );
  const byName = Map.groupBy(qualified, ([name]) => alone(name));
  const found = new Map<string, string[]>();
  for (const service of services) {
    const others = service.telemetryNames
      .flatMap(name => byName.get(name) ?? [])
      .filter(
        ([name, owners]) =>
          !service.telemetryNames.includes(name) &&
          owners.some(
            owner => datasourceIdOf(owner) === datasourceIdOf(service),
          ),
      )
      .map(([name]) => name);
    if (others.length > 0) found.set(service.entityRef, others.sort());
  }
  return found;
}

function groupBy(
  services: CatalogEntity[],
  keysOf: (service: CatalogEntity) => string[],
): Map<string, CatalogEntity[]> {
  const groups = new Map<string, CatalogEntity[]>();
  for (const service of services) {
    for (const key of new Set(keysOf(service))) {
      const known = groups.get(key);
      if (known) known.push(service);
      else groups.set(key, [service]);
    }
  }
  return groups;
}
