import { parseEntityRef } from '@backstage/catalog-model';
import {
  type Alias,
  joinWords,
  TELEMETRY_NAME_ANNOTATION,
} from 'backstage-plugin-slo-recommender-common';
import { nameKind } from 'backstage-plugin-slo-recommender-node';
import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';
import type { AliasRule } from '../../kernel/config/aliasRules';
import {
  differences,
  isOwnName,
  onlyOne,
  type PlainName,
  plainName,
} from '../../catalog';

/** A service with the names that telemetry has for it. */
export interface NamedService {
  entityRef: string;
  /** Those of the annotation, else the entity's own name. */
  telemetryNames: string[];
}

export interface ResolvedName {
  entityRef: string;
  alias: Alias;
}

interface KnownName {
  name: PlainName;
  text: string;
  entityRef: string;
  entityNamespace: string;
}

const inQuotes = (text: string) => JSON.stringify(text);

/** Services by what names them exactly, and by plain names. */
class NameIndex {
  /** Services whose annotation has the name, in order of their entity reference. */
  readonly byAnnotation = new Map<string, string[]>();
  /** The entity's own name, if its annotation gives it no other. */
  readonly byEntityName = new Map<string, string[]>();
  /** The same beside other names by annotation. */
  readonly byUnusedName = new Map<string, string[]>();
  readonly byPlainName = new Map<string, KnownName[]>();
  readonly entityRefs = new Set<string>();

  constructor(services: NamedService[]) {
    const inOrder = [...services].sort((a, b) =>
      a.entityRef < b.entityRef ? -1 : 1,
    );
    for (const { entityRef, telemetryNames } of inOrder) {
      const { name: ownName, namespace } = parseEntityRef(entityRef);
      this.entityRefs.add(entityRef);
      for (const text of new Set([...telemetryNames, ownName])) {
        const exact = this.#exactly(text, entityRef, telemetryNames);
        if (!exact.get(text)?.includes(entityRef)) {
          exact.set(text, [...(exact.get(text) ?? []), entityRef]);
        }
        const name = plainName(text);
        const known = this.byPlainName.get(name.plain);
        const entry = { name, text, entityRef, entityNamespace: namespace };
        if (known) known.push(entry);
        else this.byPlainName.set(name.plain, [entry]);
      }
    }
  }

  #exactly(name: string, entityRef: string, telemetryNames: string[]) {
    if (!isOwnName(name, entityRef)) return this.byAnnotation;
    return telemetryNames.includes(name)
      ? this.byEntityName
      : this.byUnusedName;
  }

  /** The services that have this very name. */
  claimants(name: string): string[] {
    return (
      this.byAnnotation.get(name) ??
      this.byEntityName.get(name) ??
      this.byUnusedName.get(name) ??
      []
    );
  }

  /** The service that is meant by this very name. */
  exact(name: string): ResolvedName | undefined {
    const entityRef = onlyOne(this.claimants(name));
    if (entityRef === undefined) return undefined;
    return {
      entityRef,
      alias: this.byAnnotation.has(name)
        ? {
            name,
            joinedBy: 'annotation',
            reason: `The annotation ${TELEMETRY_NAME_ANNOTATION} of ${entityRef} has it.`,
          }
        : {
            name,
            joinedBy: 'entity-name',
            reason: `It is the name of ${entityRef}.`,
          },
    };
  }

  /** The one service that has a name of the same plain form. */
  similar(name: string): (KnownName & { asked: PlainName }) | undefined {
    const asked = plainName(name);
    const all = this.byPlainName.get(asked.plain) ?? [];
    // a service whose annotation says the namespace is in no other
    const settled = new Set(
      all.flatMap(one => (one.name.namespace ? one.entityRef : [])),
    );
    let known = all.filter(
      one =>
        (asked.namespace === null
          ? // `pay.example` may be a host, and no service `pay`
            !one.name.isDotted
          : one.name.namespace === asked.namespace) ||
        !settled.has(one.entityRef),
    );
    const sameNamespace = known.filter(
      one => (one.name.namespace ?? one.entityNamespace) === asked.namespace,
    );
    if (asked.isDotted || sameNamespace.length) known = sameNamespace;
    const service = onlyOne(known.map(({ entityRef }) => entityRef));
    const match = known.find(({ entityRef }) => entityRef === service);
    return match && { ...match, asked };
  }
}

function byRule(
  name: string,
  rules: AliasRule[],
  index: NameIndex,
): ResolvedName | undefined {
  for (const { position, rewrite } of rules) {
    const rewritten = rewrite(name);
    if (rewritten === undefined) continue;
    const entityRef = index.entityRefs.has(rewritten)
      ? rewritten
      : index.exact(rewritten)?.entityRef;
    if (entityRef === undefined) continue;
    return {
      entityRef,
      alias: {
        name,
        joinedBy: 'rule',
        reason: `The rule sloRecommender.dependencies.aliasRules[${position}] rewrites it to ${inQuotes(
          rewritten,
        )}, which is ${entityRef}.`,
      },
    };
  }
  return undefined;
}

/**
 * Finds the service of each name: by annotation, by entity name, by the operator's rules, and by evidence if a name
 * differs from that of exactly one service in nothing that distinguishes services. Names that identify no service, and those that
 * could be of two, are absent from the answer.
 */
export async function resolveNames(
  names: Iterable<string>,
  services: NamedService[],
  rules: AliasRule[],
): Promise<Map<string, ResolvedName>> {
  const index = new NameIndex(services);
  const resolved = new Map<string, ResolvedName>();
  const similar = new Map<string, KnownName & { asked: PlainName }>();
  for await (const batch of inYieldingBatches(new Set(names))) {
    for (const name of batch) {
      if (nameKind(name) !== 'service') continue;
      const found = index.exact(name) ?? byRule(name, rules, index);
      if (found) {
        resolved.set(name, found);
        continue;
      }
      const match = index.similar(name);
      if (match) similar.set(name, match);
    }
  }

  // one service has one namespace: if names lead to it from several, at most its own is meant
  const namespaces = new Map<string, Set<string>>();
  const namespaceOf = ({ name, entityNamespace }: KnownName) =>
    name.namespace ?? entityNamespace;
  for (const match of similar.values()) {
    if (match.asked.namespace === null) continue;
    const seen = namespaces.get(match.entityRef) ?? new Set();
    namespaces.set(match.entityRef, seen.add(match.asked.namespace));
  }
  for await (const batch of inYieldingBatches(similar)) {
    for (const [name, match] of batch) {
      const { asked, entityRef } = match;
      const isForeign =
        asked.namespace !== null && asked.namespace !== namespaceOf(match);
      if (isForeign && (namespaces.get(entityRef)?.size ?? 0) > 1) continue;
      const differing = differences(asked, match.name);
      resolved.set(name, {
        entityRef,
        alias: {
          name,
          joinedBy: 'evidence',
          reason: `It differs from ${inQuotes(
            match.text,
          )}, a name of ${entityRef}, in nothing but ${joinWords(differing)}.`,
        },
      });
    }
  }
  return resolved;
}

/** Services that could be meant by names of which nothing says which of them is. */
export async function findClaimants(
  names: string[],
  services: Iterable<NamedService>,
): Promise<Map<string, string[]>> {
  const asked = new Set(names);
  const claiming: NamedService[] = [];
  for await (const batch of inYieldingBatches(services)) {
    for (const service of batch) {
      const { entityRef, telemetryNames } = service;
      const ownName = entityRef.slice(entityRef.indexOf('/') + 1);
      if ([ownName, ...telemetryNames].some(name => asked.has(name))) {
        claiming.push(service);
      }
    }
  }
  const index = new NameIndex(claiming);
  const claimants = new Map<string, string[]>();
  for (const name of names) {
    const refs = index.claimants(name);
    if (refs.length > 1) claimants.set(name, refs);
  }
  return claimants;
}
