import type { CallGraph } from './callGraph';
import type { Member } from './compareMembers';

/** The same name in two namespaces is two services, and without one, nothing shows which is meant. */
function splitByNamespace(group: Member[]): Member[][] {
  const namespaces = new Set(group.flatMap(({ name }) => name.namespace ?? []));
  if (namespaces.size < 2) return [group];
  return [...namespaces, null].map(namespace =>
    group.filter(({ name }) => name.namespace === namespace),
  );
}

/** Members whose names are equal but for what a platform appends and what means nothing; each node once. */
export function groupByStem(members: Member[]): Member[][] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const group = groups.get(member.name.stem);
    const same = group?.findIndex(({ node }) => node.id === member.node.id);
    if (!group) groups.set(member.name.stem, [member]);
    else if (same === undefined || same < 0) group.push(member);
    // of two names of one node the one with a type says more
    else if (member.name.product && !group[same].name.product) {
      group[same] = member;
    }
  }
  return [...groups.values()].flatMap(splitByNamespace);
}

/**
 * A service and its database often have one name: resources of different products are not one. Names without a type
 * belong to what computes rather than what stores, and among several to the only one with calls between them.
 */
export function splitByProduct(group: Member[], graph: CallGraph): Member[][] {
  const products = new Map<string, Member[]>();
  const untyped: Member[] = [];
  for (const member of group) {
    const product = member.name.product?.toLowerCase();
    if (product === undefined) untyped.push(member);
    else products.set(product, [...(products.get(product) ?? []), member]);
  }
  const typed = [...products.values()];
  const computing = typed.filter(([{ name }]) => !name.isStore);

  const homeOf = (member: Member): Member[] | undefined => {
    const isRemote = member.name.side === 'remote';
    if (typed.length === 1 && (computing.length === 1 || isRemote)) {
      return typed[0];
    }
    if (computing.length === 1 && !isRemote) return computing[0];
    const near = computing.filter(one =>
      one.some(
        ({ node }) =>
          graph.calls(member.node.id, node.id) ||
          graph.calls(node.id, member.node.id),
      ),
    );
    return near.length === 1 ? near[0] : undefined;
  };
  const homes = untyped.map(homeOf);
  const homeless = untyped.filter((_, index) => !homes[index]);
  untyped.forEach((member, index) => homes[index]?.push(member));
  return homeless.length ? [...typed, homeless] : typed;
}

/** The one to keep first: what the catalog has, what serves, what calls and is called the most. */
export function inOrderOfKeeping(group: Member[], graph: CallGraph): Member[] {
  const rank = ({ node, name }: Member) => [
    node.entityRef === null ? 1 : 0,
    name.hostLabels === null ? 0 : 1,
    name.side === null || name.side === 'server' ? 0 : 1,
    -graph.callees(node.id).length,
    -graph.callsTo(node.id),
  ];
  return group
    .map(member => ({ member, ranks: rank(member) }))
    .sort((a, b) => {
      const position = a.ranks.findIndex((one, at) => one !== b.ranks[at]);
      if (position >= 0) return a.ranks[position] - b.ranks[position];
      return a.member.node.id < b.member.node.id ? -1 : 1;
    })
    .map(({ member }) => member);
}
