import { type CallGraph, haveSameTraffic, type NamedNode } from './callGraph';
import type { Evidence } from './aliasEvidence';
import type { PlatformName } from './platformName';

/** A node under one of its names. */
export interface Member {
  node: NamedNode;
  name: PlatformName;
}

/** Requests per hour by node id, the same hours for all; NaN if unknown. */
export type HourlyRequests = ReadonlyMap<string, ArrayLike<number>>;

const quoted = ({ name }: Member) => JSON.stringify(name.text);

/** What two names of the same stem have in common. */
export function compareNames(one: Member, other: Member): Evidence[] {
  const suffixes = [one, other].map(({ name }) => name.suffix);
  if (suffixes[0].toLowerCase() === suffixes[1].toLowerCase()) {
    // two entities whose owners gave them names so close mean two services, but a host is the same for all
    const areDeclared = one.node.entityRef && other.node.entityRef;
    if (areDeclared && !one.name.hostLabels) return [];
    return [
      {
        code: 'same-name',
        message: `${quoted(one)} and ${quoted(
          other,
        )} are equal but for case, port and the like.`,
      },
    ];
  }
  const appended = suffixes
    .filter(suffix => suffix !== '')
    .map(suffix => JSON.stringify(suffix))
    .join(' and ');
  const sides = [one.name.side, other.name.side];
  let code: Evidence['code'] = 'other-side';
  if (one.name.product ?? other.name.product) code = 'same-stem';
  else if (sides.includes('remote')) code = 'remote-side';
  return [
    {
      code,
      message: `${quoted(one)} and ${quoted(
        other,
      )} are the same name without ${appended}, which a telemetry platform appends.`,
    },
  ];
}

/** What the calls say for `member` being what `others` are. */
export function compareCalls(
  member: Member,
  others: Member[],
  graph: CallGraph,
  hourlyRequests?: HourlyRequests,
): Evidence[] {
  const evidence: Evidence[] = [];
  const { id } = member.node;
  for (const other of others) {
    for (const [first, second] of [
      [member, other],
      [other, member],
    ]) {
      if (graph.successor(first.node.id) !== second.node.id) continue;
      evidence.push({
        code: 'chain',
        message: graph.callers(first.node.id).length
          ? `${quoted(first)} calls nothing but ${quoted(
              second,
            )}, about as often as it is called itself.`
          : `${quoted(first)} calls nothing but ${quoted(
              second,
            )}, and nothing calls it.`,
      });
    }
    if (
      haveSameTraffic(
        hourlyRequests?.get(id),
        hourlyRequests?.get(other.node.id),
      )
    ) {
      evidence.push({
        code: 'same-traffic',
        message: `${quoted(member)} and ${quoted(
          other,
        )} have about the same number of requests hour by hour.`,
      });
    }
  }
  const callers = graph.callers(id);
  const shares = others.find(
    ({ node }) =>
      callers.length > 0 &&
      callers.every(caller => graph.calls(caller, node.id)),
  );
  if (shares) {
    evidence.push({
      code: 'same-callers',
      message: `Whatever calls ${quoted(member)} also calls ${quoted(shares)}.`,
    });
  }
  return evidence;
}
