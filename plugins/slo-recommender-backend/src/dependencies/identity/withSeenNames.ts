import { parseEntityRef } from '@backstage/catalog-model';
import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import type { AliasRule } from '../../kernel/config/aliasRules';
import { resolveNames } from './resolveNames';
import type { CatalogEntity } from '../../kernel/CatalogEntity';

/**
 * Adds the names under which calls show services to be known, joined by rule or evidence. A service keeps the names that
 * its annotation gives it, and one whose own name is seen needs no other.
 *
 * @param all - every service, so that a name that could be of two is of none.
 */
export async function withSeenNames(
  services: CatalogEntity[],
  observed: ObservedDependency[],
  all: CatalogEntity[],
  rules: AliasRule[],
): Promise<CatalogEntity[]> {
  const seen = new Set(
    observed.flatMap(({ client, server }) => [client, server]),
  );
  const namesOf = new Map<string, string[]>();
  const resolved = await resolveNames(seen, all, rules);
  for (const [name, { entityRef, alias }] of resolved) {
    if (alias.joinedBy !== 'rule' && alias.joinedBy !== 'evidence') continue;
    namesOf.set(entityRef, [...(namesOf.get(entityRef) ?? []), name]);
  }
  return services.map(service => {
    const further = namesOf.get(service.entityRef);
    if (
      !further ||
      isAnnotated(service) ||
      service.telemetryNames.some(name => seen.has(name))
    ) {
      return service;
    }
    return {
      ...service,
      telemetryNames: [...service.telemetryNames, ...further.sort()],
    };
  });
}

function isAnnotated({ entityRef, telemetryNames }: CatalogEntity): boolean {
  return (
    telemetryNames.length > 1 ||
    telemetryNames[0]?.toLocaleLowerCase('en-US') !==
      parseEntityRef(entityRef).name
  );
}
