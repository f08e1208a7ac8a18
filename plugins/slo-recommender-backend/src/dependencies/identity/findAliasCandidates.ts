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
import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';

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

/** Hosts that are compared with all services at a time. */
const HOSTS_PER_BATCH = 16;

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
  if (group.length === 1) return { members: group, evidence: [] };
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
  // if another entity could be meant as well, nothing undeclared can be said to be this one
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
  if (members.length < 2) return [];
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
 * Lets other work of the process run meanwhile.
 */
export async function findAliasCandidates({
  nodes,
  edges,
  hourlyRequests,
}: AliasGraph): Promise<AliasCandidate[]> {
  const graph = await CallGraph.create(edges);
  const members: Member[] = [];
  for await (const batch of inYieldingBatches(nodes)) {
    for (const node of batch) {
      for (const name of node.names.filter(isWritable)) {
        members.push({ node, name: platformName(name) });
      }
    }
  }
  const groups: Group[] = [];
  const sameStem = groupByStem(members).filter(
    group => group.length <= MAX_MEMBERS,
  );
  for await (const batch of inYieldingBatches(sameStem)) {
    for (const group of batch.flatMap(one => splitByProduct(one, graph))) {
      groups.push(joinGroup(group, graph, hourlyRequests));
    }
  }

  await joinHosts(groups, graph, hourlyRequests);
  return groups
    .flatMap(group => toCandidate(group, graph))
    .sort((a, b) => (a.ids[0] < b.ids[0] ? -1 : 1));
}

/** Moves the names of hosts to the services that they are addresses of. */
async function joinHosts(
  groups: Group[],
  graph: CallGraph,
  hourlyRequests: HourlyRequests | undefined,
): Promise<void> {
  const hosts = groups.filter(group => hostLabels(group).length > 0);
  if (hosts.length === 0) return;
  const index = await HostIndex.create(
    groups.filter(isService),
    hosts.map(hostLabels),
  );
  for await (const batch of inYieldingBatches(hosts, HOSTS_PER_BATCH)) {
    for (const host of batch) {
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
  }
}
