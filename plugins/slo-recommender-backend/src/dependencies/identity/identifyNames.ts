import { type Alias, joinWords } from 'backstage-plugin-slo-recommender-common';
import type { CatalogEntity } from '../../kernel/CatalogEntity';
import { isTelemetryOrigin } from '../store/DependencyStore';
import type { StoredNode } from '../store/dependencyRows';
import { differences, hostIn, plainName } from '../../catalog';
import { findClaimants, resolveNames } from './resolveNames';
import { sortYielding } from '../../kernel/concurrency/sortYielding';
import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';
import type { AliasRule } from '../../kernel/config/aliasRules';

const UNDECLARED_PREFIX = 'undeclared:';

/** Id of a node that is known by a name and not by the catalog. */
export const undeclaredId = (name: string) => `${UNDECLARED_PREFIX}${name}`;

export const isUndeclared = (nodeId: string) =>
  nodeId.startsWith(UNDECLARED_PREFIX);

export const undeclaredName = (nodeId: string) =>
  nodeId.slice(UNDECLARED_PREFIX.length);

const ENTITY_REF = /^[^:/]+:[^:/]+\/[^:/]+$/;

/** Whether a catalog or a report means an entity by a name. */
export const looksLikeEntityRef = (name: string) => ENTITY_REF.test(name);

/** A name, and who has it. */
export interface OriginName {
  origin: string;
  name: string;
}

/** Which node each name means. */
export interface Identities {
  /** Entity reference, or `undeclared:<name>`. */
  nodeIdOf(named: OriginName): string;
  /** By node id: the names that lead to it, and why. */
  aliases: Map<string, Alias[]>;
  /** By id of an undeclared node: the entities that its name could mean, if they are several. */
  claimants: Map<string, string[]>;
}

/**
 * Joins names to entities. What the catalog does not know becomes an undeclared service, under one name if a report
 * says that several are the same.
 */
export async function identifyNames(input: {
  names: OriginName[];
  reported: StoredNode[];
  entities: Map<string, CatalogEntity>;
  /** Entities that have not opted in: those that have go first. */
  others?: Map<string, CatalogEntity>;
  rules: AliasRule[];
}): Promise<Identities> {
  const { entities, others = new Map(), reported, rules } = input;
  const isReference = ({ origin, name }: OriginName) =>
    entities.has(name) ||
    (!isTelemetryOrigin(origin) && looksLikeEntityRef(name));

  const names = new Set<string>();
  for await (const batch of inYieldingBatches(input.names)) {
    for (const one of batch) if (!isReference(one)) names.add(one.name);
  }
  for await (const batch of inYieldingBatches(reported)) {
    for (const { origin, name: ownName, aliases } of batch) {
      for (const name of [ownName, ...aliases]) {
        if (!isReference({ origin, name })) names.add(name);
      }
    }
  }
  const resolved = await resolveNames(names, [...entities.values()], rules);
  const claimants = await findClaimants(
    [...names].filter(name => !resolved.has(name)),
    entities.values(),
  );
  const isUnknown = (name: string) =>
    !resolved.has(name) && !claimants.has(name);
  const rest = [...names].filter(isUnknown);
  for (const [name, found] of await resolveNames(
    rest,
    [...others.values()],
    rules,
  )) {
    resolved.set(name, found);
  }
  for (const [name, refs] of await findClaimants(
    rest.filter(isUnknown),
    others.values(),
  )) {
    claimants.set(name, refs);
  }
  const hosts = await hostsOf([...names].filter(name => !resolved.has(name)));
  const byReports = await joinReported(reported, hosts, named =>
    isReference(named) ? named.name : resolved.get(named.name)?.entityRef,
  );
  const nodeIdOf = (named: OriginName) =>
    isReference(named)
      ? named.name
      : (resolved.get(named.name)?.entityRef ??
        byReports.get(named.name)?.nodeId ??
        undeclaredId(named.name));

  const aliases = new Map<string, Alias[]>();
  for await (const batch of inYieldingBatches(await sortYielding(names))) {
    for (const name of batch) {
      const joined = resolved.get(name) ?? byReports.get(name);
      if (!joined) continue;
      const nodeId = 'entityRef' in joined ? joined.entityRef : joined.nodeId;
      const known = aliases.get(nodeId);
      if (known) known.push(joined.alias);
      else aliases.set(nodeId, [joined.alias]);
    }
  }
  return {
    nodeIdOf,
    aliases,
    claimants: new Map(
      [...claimants].map(([name, refs]) => [undeclaredId(name), refs]),
    ),
  };
}

/** By name that is written otherwise: the host that it means. Its letters are as in all of the names, or in lower case. */
async function hostsOf(names: string[]): Promise<Map<string, string>> {
  const lowerCase = (text: string) => text.toLocaleLowerCase('en-US');
  const spellings = new Map<string, Set<string>>();
  const meant: { name: string; host: string }[] = [];
  for await (const batch of inYieldingBatches(names)) {
    for (const name of batch) {
      const host = hostIn(name);
      if (host === undefined) continue;
      meant.push({ name, host });
      const key = lowerCase(host);
      spellings.set(key, (spellings.get(key) ?? new Set()).add(host));
    }
  }
  const hosts = new Map<string, string>();
  for await (const batch of inYieldingBatches(meant)) {
    for (const { name, host } of batch) {
      const key = lowerCase(host);
      const main = spellings.get(key)?.size === 1 ? host : key;
      if (name !== main) hosts.set(name, main);
    }
  }
  return hosts;
}

/**
 * By name: the node that reports, or its being a host, join it to, if the catalog alone does not say which it is.
 *
 * @param hosts - by name.
 */
async function joinReported(
  reported: StoredNode[],
  hosts: ReadonlyMap<string, string>,
  entityOf: (named: OriginName) => string | undefined,
): Promise<Map<string, { nodeId: string; alias: Alias }>> {
  /** Another name of the same service, nearer to the one that stands for it. */
  const next = new Map(hosts);
  const mainName = (name: string): string => {
    let main = name;
    for (let to = next.get(main); to !== undefined; to = next.get(main)) {
      main = to;
    }
    // the next search is a short one, however long the chain
    if (main !== name) next.set(name, main);
    return main;
  };
  const links: { name: string; origin?: string }[] = [];
  const entities: { name: string; entityRef: string }[] = [];
  for await (const batch of inYieldingBatches(reported)) {
    for (const { origin, name, aliases } of batch) {
      const ownEntity = entityOf({ origin, name });
      for (const alias of aliases) {
        const entity = entityOf({ origin, name: alias });
        if (entity === undefined) {
          links.push({ name: alias, origin });
          if (ownEntity !== undefined) {
            entities.push({ name: alias, entityRef: ownEntity });
          } else if (mainName(alias) !== mainName(name)) {
            next.set(mainName(alias), mainName(name));
          }
        } else if (ownEntity === undefined) {
          links.push({ name, origin });
          entities.push({ name, entityRef: entity });
        }
      }
    }
  }
  for (const [name, host] of hosts) {
    links.push({ name });
    const entityRef = entityOf({ origin: '', name: host });
    if (entityRef !== undefined) entities.push({ name, entityRef });
  }
  const entityByMain = new Map<string, string>();
  for (const { name, entityRef } of entities) {
    const main = mainName(name);
    if (!entityByMain.has(main)) entityByMain.set(main, entityRef);
  }
  const joined = new Map<string, { nodeId: string; alias: Alias }>();
  for await (const batch of inYieldingBatches(links)) {
    for (const { name, origin } of batch) {
      const standing = mainName(name);
      const nodeId = entityByMain.get(standing) ?? undeclaredId(standing);
      if (nodeId === undeclaredId(name) || joined.has(name)) continue;
      joined.set(name, {
        nodeId,
        alias: {
          name,
          joinedBy: 'evidence',
          reason:
            origin === undefined
              ? differsFrom(name, hosts.get(name) ?? standing)
              : // a reader who sees the node may know its name; other names in between may be of what they must not see
                `'${origin}' tells that it is another name of ${
                  isUndeclared(nodeId) ? `'${standing}'` : nodeId
                }.`,
        },
      });
    }
  }
  return joined;
}

function differsFrom(name: string, other: string): string {
  const differing = differences(plainName(name), plainName(other));
  return `It differs from ${JSON.stringify(other)} in nothing but ${joinWords(differing)}.`;
}
