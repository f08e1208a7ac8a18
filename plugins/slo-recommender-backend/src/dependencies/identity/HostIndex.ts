import type { Evidence } from './aliasEvidence';
import type { CallGraph } from './callGraph';
import {
  compareCalls,
  type HourlyRequests,
  type Member,
} from './compareMembers';
import { abbreviates, isOwnHost, labelParts } from './platformName';
import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';

const FRAGMENT_LENGTH = 4;
/** A fragment of so many names is a naming scheme. */
const MAX_NAMES_OF_FRAGMENT = 500;

const fragmentsOf = (text: string): string[] =>
  Array.from(
    { length: Math.max(0, text.length - FRAGMENT_LENGTH + 1) },
    (_, start) => text.slice(start, start + FRAGMENT_LENGTH),
  );

/** Finds the service behind the name of a load balancer or another host of one's own. */
export class HostIndex<Service extends { members: Member[] }> {
  readonly #byStem = new Map<string, Service[]>();
  readonly #byFragment = new Map<string, Set<Service>>();
  /** First labels that have a part: one that several have names what they belong to, not one of them. */
  readonly #labelsByPart = new Map<string, Set<string>>();

  static async create<Service extends { members: Member[] }>(
    services: Service[],
    hosts: string[][],
  ): Promise<HostIndex<Service>> {
    const index = new HostIndex<Service>();
    for await (const batch of inYieldingBatches(services)) {
      batch.forEach(service => index.#addService(service));
    }
    for await (const batch of inYieldingBatches(hosts)) {
      batch.forEach(labels => index.#addHost(labels));
    }
    return index;
  }

  #addService(service: Service): void {
    const { stem, words } = service.members[0].name;
    this.#byStem.set(stem, [...(this.#byStem.get(stem) ?? []), service]);
    for (const fragment of fragmentsOf(words.join(''))) {
      const known = this.#byFragment.get(fragment) ?? new Set();
      this.#byFragment.set(fragment, known.add(service));
    }
  }

  #addHost([label]: string[]): void {
    for (const part of labelParts(label)) {
      const labels = this.#labelsByPart.get(part) ?? new Set();
      this.#labelsByPart.set(part, labels.add(label));
    }
  }

  /** The only service whose name the first label has or abbreviates. */
  find(labels: string[]): { service: Service; evidence: Evidence } | undefined {
    const [label] = labels;
    const host = JSON.stringify(labels.join('.'));
    const named = this.#byStem.get(label.replaceAll('_', '-')) ?? [];
    if (named.length) {
      const [service, ...others] = named;
      if (others.length) return undefined;
      const name = JSON.stringify(service.members[0].name.text);
      return {
        service,
        evidence: {
          code: 'host-label',
          message: `The host name ${host} begins with the name of ${name}.`,
        },
      };
    }
    const found = new Map<Service, string>();
    for (const part of labelParts(label)) {
      if ((this.#labelsByPart.get(part)?.size ?? 0) > 1) continue;
      this.#abbreviated(part).forEach(service => found.set(service, part));
    }
    if (found.size !== 1) return undefined;
    const [[service, part]] = found;
    const name = JSON.stringify(service.members[0].name.text);
    return {
      service,
      evidence: {
        code: 'abbreviation',
        message: `${JSON.stringify(
          part,
        )} in the host name ${host} abbreviates ${name} and no other name.`,
      },
    };
  }

  #abbreviated(part: string): Service[] {
    const rarest = fragmentsOf(part)
      .map(fragment => this.#byFragment.get(fragment))
      .reduce((least, known) =>
        (known?.size ?? 0) < (least?.size ?? 0) ? known : least,
      );
    if (!rarest || rarest.size > MAX_NAMES_OF_FRAGMENT) return [];
    return [...rarest].filter(({ members }) =>
      members.some(({ name }) => abbreviates(part, name)),
    );
  }
}

/**
 * What the calls say for a host being the address of a service; undefined if they contradict it: an address calls
 * nobody else, and a service does not call itself.
 */
export function compareHost(
  host: Member[],
  service: Member[],
  graph: CallGraph,
  hourlyRequests?: HourlyRequests,
): Evidence[] | undefined {
  const own = new Set(service.map(({ node }) => node.id));
  const contradicts = host.some(
    ({ node }) =>
      own.has(node.id) ||
      graph.callers(node.id).some(caller => own.has(caller)) ||
      graph.callees(node.id).some(callee => !own.has(callee)),
  );
  if (contradicts) return undefined;
  return host
    .flatMap(member => compareCalls(member, service, graph, hourlyRequests))
    .filter(
      // who calls a service may well call a host of somebody else's with the same name
      ({ code }) =>
        code !== 'same-callers' || isOwnHost(host[0].name.hostLabels ?? []),
    );
}
