import {
  type AliasCandidate,
  TELEMETRY_NAME_ANNOTATION,
} from 'backstage-plugin-slo-recommender-common';
import { type Evidence, inOrderOfStrength, isEnough } from './aliasEvidence';
import { CallGraph, type NamedEdge, type NamedNode } from './callGraph';
import {
  compareCalls,
  compareNames,
  type HourlyRequests,
  type Member,
} from './compareMembers';
import { groupByStem, inOrderOfKeeping, splitByProduct } from './groupMembers';
import { compareHost, HostIndex } from './HostIndex';
import { platformName } from './platformName';

export interface AliasGraph {
  nodes: NamedNode[];
  edges: NamedEdge[];
  hourlyRequests?: HourlyRequests;
}

/** Names that may be one service, the one to keep first, with what speaks for it. */
interface Group {
  members: Member[];
  evidence: Evidence[];
}

/** So many names of one stem are a naming scheme and not one service. */
const MAX_MEMBERS = 20;

/** The annotation is a list with commas. */
const isWritable = (name: string) => name.trim() !== '' && !name.includes(',');

const hostLabels = ({ members: [keeper] }: Group) =>
  keeper.name.hostLabels ?? [];

/** What requests arrive at, under its own name. */
const isService = ({ members: [{ name }] }: Group) =>
  name.hostLabels === null && !name.isStore && name.side !== 'remote';

/** Keeps of a group what there is enough evidence for. */
function joinGroup(
  group: Member[],
  graph: CallGraph,
  hourlyRequests: HourlyRequests | undefined,
): Group {
  const [keeper, ...others] = inOrderOfKeeping(group, graph);
  const evidenceAmong = (members: Member[]) =>
    new Map(
      members.map(member => {
        const names = compareNames(keeper, member);
        const rest = [keeper, ...members].filter(one => one !== member);
        const calls = compareCalls(member, rest, graph, hourlyRequests);
        return [member, names.length ? [...names, ...calls] : []];
      }),
    );
  const all = evidenceAmong(others);
  const isJoined = (member: Member) => isEnough(all.get(member) ?? []);
  // where another entity could be meant as well, nothing undeclared can be told to be this one
  const hasRival = others.some(
    member => member.node.entityRef !== null && !isJoined(member),
  );
  const likely = others.filter(
    member => isJoined(member) && (member.node.entityRef !== null || !hasRival),
  );
  // the calls of what is not joined are no evidence
  const joined = [...evidenceAmong(likely)].filter(([, evidence]) =>
    isEnough(evidence),
  );
  return {
    members: [keeper, ...joined.map(([member]) => member)],
    evidence: joined.flatMap(([, evidence]) => evidence),
  };
}

function toCandidate(
  { members, evidence }: Group,
  graph: CallGraph,
): AliasCandidate[] {
  const nodes = inOrderOfKeeping(members, graph).map(({ node }) => node);
  const ids = [...new Set(nodes.map(({ id }) => id))];
  const names = [...new Set(nodes.flatMap(node => node.names))];
  if (ids.length < 2 || names.length < 2) return [];
  return [
    {
      ids,
      names,
      entityRef: nodes[0].entityRef,
      evidence: inOrderOfStrength(evidence),
      annotation: {
        name: TELEMETRY_NAME_ANNOTATION,
        value: names.filter(isWritable).join(', '),
      },
    },
  ];
}

/**
 * Finds nodes that may be one service under several names, for a person to decide. What each kind of evidence counts for
 * stands in `EVIDENCE_POINTS`. Calls alone never make a candidate: a gateway and the one service behind it look alike.
 */
export function findAliasCandidates({
  nodes,
  edges,
  hourlyRequests,
}: AliasGraph): AliasCandidate[] {
  const graph = new CallGraph(edges);
  const members = nodes.flatMap(node =>
    node.names
      .filter(isWritable)
      .map(name => ({ node, name: platformName(name) })),
  );
  const groups = groupByStem(members)
    .filter(group => group.length <= MAX_MEMBERS)
    .flatMap(group => splitByProduct(group, graph))
    .map(group => joinGroup(group, graph, hourlyRequests));

  const services = groups.filter(isService);
  const hosts = groups.filter(group => hostLabels(group).length > 0);
  const index = new HostIndex(services, hosts.map(hostLabels));
  for (const host of hosts) {
    const match = index.find(hostLabels(host));
    if (!match) continue;
    const { service } = match;
    const calls = compareHost(
      host.members,
      service.members.filter(({ name }) => name.hostLabels === null),
      graph,
      hourlyRequests,
    );
    if (!calls || !isEnough([match.evidence, ...calls])) continue;
    service.members.push(...host.members.splice(0));
    service.evidence.push(...host.evidence, match.evidence, ...calls);
  }
  return groups
    .flatMap(group => toCandidate(group, graph))
    .sort((a, b) => (a.ids[0] < b.ids[0] ? -1 : 1));
}
