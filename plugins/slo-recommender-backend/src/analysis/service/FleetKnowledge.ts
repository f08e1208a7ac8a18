import { setImmediate } from 'timers/promises';
import type { SliType } from 'backstage-plugin-slo-recommender-common';
import {
  borrow,
  type BorrowedPrediction,
  type Calibration,
  createPeerGroups,
  DAY_MS,
  dependencyClassOf,
  findPeers,
  fitCalibration,
  type FleetEvidence,
  originsOf,
  ownWeight,
  type PeerGroupMember,
  type PeerGroups,
  type PeerTraits,
  type SliStudy,
  sufficientAt,
  trafficDecadeOf,
} from 'backstage-plugin-slo-recommender-engine';
import { storedKnowledgeSchema } from './storedKnowledge';
import type { StudiedService } from './studyService';

/** Services that stand for the fleet where others borrow from it in a later analysis. */
const MOST_MEMBERS = 500;

/** What is borrowed, and what a reader is told of it. */
export interface BorrowedFromPeers extends BorrowedPrediction {
  peers: number;
  peerGroup: string;
  /** Null where it cannot be told, or never. */
  sufficientAtMs: number | null;
}

interface Knowledge {
  evidence: FleetEvidence;
  members: PeerGroupMember[];
}

/** What the services of a fleet say of one of them: how far predictions can be believed, and what is usual. */
export class FleetKnowledge {
  readonly #evidence: FleetEvidence;
  readonly #members: PeerGroupMember[];
  readonly #groups: PeerGroups;

  private constructor({ evidence, members }: Knowledge) {
    this.#evidence = evidence;
    this.#members = members;
    this.#groups = createPeerGroups(members);
  }

  /**
   * Made-up telemetry teaches nothing about measured one: where both are, only the measured one is learnt from.
   *
   * @param options.callees - number of services that each service calls, by entity reference.
   */
  static async learn(
    sliType: SliType,
    services: readonly StudiedService[],
    options: { asOfMs: number; callees: ReadonlyMap<string, number> },
  ): Promise<FleetKnowledge> {
    const measured = services.filter(({ simulated }) => !simulated);
    const fleet = (measured.length > 0 ? measured : services).toSorted(
      (a, b) => (a.service.entityRef < b.service.entityRef ? -1 : 1),
    );
    const studies = fleet.flatMap(service => studiesOf(service, sliType));
    const calibration = fitCalibration(studies, options.asOfMs);
    const past: Calibration[] = [];
    for (const originMs of originsOf(studies)) {
      await setImmediate();
      past.push(fitCalibration(studies, originMs));
    }
    return new FleetKnowledge({
      evidence: { calibration, past },
      members: sliType === 'latency' ? [] : membersOf(fleet, options.callees),
    });
  }

  /** What an earlier analysis of the fleet learnt. Undefined where another version of the program wrote it. */
  static fromStored(stored: unknown): FleetKnowledge | undefined {
    const { data } = storedKnowledgeSchema.safeParse(stored);
    return (
      data &&
      new FleetKnowledge({
        evidence: data.evidence,
        members: data.members.map(({ traits, distribution }) => ({
          traits,
          distribution: Float64Array.from(distribution),
        })),
      })
    );
  }

  get evidence(): FleetEvidence {
    return this.#evidence;
  }

  /** Plain JSON, for `fromStored`. */
  toStored(): unknown {
    const every = Math.ceil(this.#members.length / MOST_MEMBERS);
    return {
      evidence: this.#evidence,
      members: this.#members
        .filter((_, i) => i % every === 0)
        .map(({ traits, distribution }) => ({
          traits,
          distribution: [...distribution],
        })),
    };
  }

  /** What to say of a service whose own data do not suffice; null where nothing was seen of it, or of its peers. */
  borrowFor(
    studied: StudiedService,
    options: { callees: ReadonlyMap<string, number>; lookbackMs: number },
  ): BorrowedFromPeers | null {
    const { study } = studied.availability;
    if (study.verdict !== 'insufficient' || study.distribution === null) {
      return null;
    }
    const peers = findPeers(this.#groups, traitsOf(studied, options.callees));
    if (!peers) {
      return null;
    }
    const seen = {
      knownDays: study.historyDays * study.completeness,
      requests: study.goodRequests,
      windowMs: study.windowMs,
      peers: peers.distribution,
    };
    const weight = ownWeight(seen);
    return {
      distribution: borrow(study.distribution, peers.distribution, weight),
      ownWeight: weight,
      peers: peers.count,
      peerGroup: peers.label,
      sufficientAtMs: sufficientAt({
        ...seen,
        asOfMs: study.asOfMs,
        lookbackMs: options.lookbackMs,
      }),
    };
  }
}

function studiesOf(
  { availability, latency }: StudiedService,
  sliType: SliType,
): SliStudy[] {
  return sliType === 'availability'
    ? [availability.study]
    : (latency?.thresholds ?? []).map(({ study }) => study);
}

function membersOf(
  services: readonly StudiedService[],
  callees: ReadonlyMap<string, number>,
): PeerGroupMember[] {
  return services.flatMap(service => {
    const { verdict, distribution, historyDays } = service.availability.study;
    return (verdict === 'ok' || verdict === 'degraded') &&
      distribution &&
      historyDays * DAY_MS >= service.windowMs / 2
      ? [{ traits: traitsOf(service, callees), distribution }]
      : [];
  });
}

function traitsOf(
  { service, availability }: StudiedService,
  callees: ReadonlyMap<string, number>,
): PeerTraits {
  return {
    criticality: service.criticality,
    type: service.type,
    trafficDecade: trafficDecadeOf(availability.study.expectedRequests),
    dependencyClass: dependencyClassOf(callees.get(service.entityRef) ?? 0),
  };
}
