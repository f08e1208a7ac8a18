import type { SliType } from 'backstage-plugin-slo-recommender-common';
import {
  backtest,
  borrow,
  type BorrowedPrediction,
  createPeerGroups,
  dependencyClassOf,
  findPeers,
  type FleetEvidence,
  FleetLearning,
  type FleetReport,
  FleetReporter,
  LEVELS,
  originsOf,
  ownWeight,
  type PeerGroup,
  type PeerGroupMember,
  type PeerGroups,
  type PeerTraits,
  type SliStudy,
  sufficientAt,
  type TrackRecord,
  trafficDecadeOf,
} from 'backstage-plugin-slo-recommender-engine';
import { z } from 'zod';
import type { CatalogEntity } from '../../kernel/CatalogEntity';
import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';
import type { StudiedService } from './studyService';
import { DAY_MS } from '../../kernel/time/hours';

/** Services that stand for the fleet where others borrow from it in a later analysis. */
const MOST_MEMBERS = 500;

/** Services whose past windows are looked at before other work of the process may run. */
const SERVICES_PER_TURN = 4;

/** What is borrowed, and what a reader learns of it. */
export interface BorrowedFromPeers extends BorrowedPrediction {
  peers: number;
  peerGroup: PeerGroup;
  /** Null if it cannot be predicted, or never. */
  sufficientAtMs: number | null;
}

const share = z.number().min(0).max(1);
const shares = z.array(share).length(LEVELS.length);

const stratumSchema = z.object({
  within: shares,
  evidence: z.number().min(0),
  support: z.number().min(0),
  windows: z.number().int().min(0),
  services: z.number().int().min(0),
  nearMedian: share,
});

const calibrationSchema = z.object({
  asOfMs: z.number(),
  fleet: stratumSchema,
  strata: z.array(z.tuple([z.string(), stratumSchema])),
});

const range = z.object({ from: z.number(), to: z.number().nullable() });

const recordSchema = z.object({
  tested: z.boolean(),
  held: z.boolean(),
  coverage: z.array(
    z.object({
      stratum: z.object({ requests: range, historyDays: range }).nullable(),
      windows: z.number().int().min(0),
      services: z.number().int().min(0),
      levels: z.array(
        z.object({
          nominal: share,
          observed: share,
          interval: z.object({ from: share, to: share }),
        }),
      ),
    }),
  ),
});

const trait = z.string().nullable();

/** What an analysis of the fleet leaves for those of single services. */
const storedKnowledgeSchema = z.object({
  evidence: z.object({
    calibration: calibrationSchema,
    past: z.array(calibrationSchema),
  }),
  record: recordSchema,
  members: z.array(
    z.object({
      traits: z.object({
        criticality: trait,
        type: trait,
        trafficDecade: z.number().int().nullable(),
        dependencyClass: z.enum(['none', 'few', 'many']).nullable(),
      }),
      distribution: shares,
    }),
  ),
});

interface Knowledge {
  evidence: FleetEvidence;
  record: TrackRecord;
  members: PeerGroupMember[];
}

/** What the services of a fleet say of one of them: how far predictions can be believed, and what is usual. */
export class FleetKnowledge {
  readonly #evidence: FleetEvidence;
  readonly #record: TrackRecord;
  readonly #members: PeerGroupMember[];
  readonly #groups: PeerGroups;

  constructor({ evidence, record, members }: Knowledge) {
    this.#evidence = evidence;
    this.#record = record;
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
    studied: readonly StudiedService[],
    options: { asOfMs: number; callees: ReadonlyMap<string, number> },
  ): Promise<{ knowledge: FleetKnowledge; report: FleetReport }> {
    const measured = studied.filter(({ simulated }) => !simulated);
    const fleet = (measured.length > 0 ? measured : studied).toSorted((a, b) =>
      a.service.entityRef < b.service.entityRef ? -1 : 1,
    );
    const services = fleet.map(service => studiesOf(service, sliType));
    const origins = originsOf(services.flat());
    const learning = new FleetLearning(options.asOfMs, origins);
    for await (const batch of inYieldingBatches(services, SERVICES_PER_TURN)) {
      batch.forEach(slis => learning.add(slis));
    }
    const evidence = learning.evidence();
    const reporter = new FleetReporter();
    for await (const batch of inYieldingBatches(services, SERVICES_PER_TURN)) {
      for (const slis of batch) {
        reporter.add(
          slis.map(({ replay, windowMs }) => ({
            windowMs,
            backtest: backtest(replay, evidence, windowMs),
          })),
        );
      }
    }
    const report = reporter.report(evidence);
    const { tested, held, coverage } = report;
    return {
      report,
      knowledge: new FleetKnowledge({
        evidence,
        record: { tested, held, coverage },
        members: sliType === 'latency' ? [] : membersOf(fleet, options.callees),
      }),
    };
  }

  /** What an earlier analysis of the fleet learnt. Undefined where another version of the program wrote it. */
  static fromStored(stored: unknown): FleetKnowledge | undefined {
    const { data } = storedKnowledgeSchema.safeParse(stored);
    return (
      data &&
      new FleetKnowledge({
        evidence: data.evidence,
        record: data.record,
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

  get record(): TrackRecord {
    return this.#record;
  }

  /** Plain JSON, for `fromStored`. */
  toStored(): unknown {
    const every = Math.ceil(this.#members.length / MOST_MEMBERS);
    return {
      evidence: this.#evidence,
      record: this.#record,
      members: this.#members
        .filter((_, i) => i % every === 0)
        .map(({ traits, distribution }) => ({
          traits,
          distribution: [...distribution],
        })),
    };
  }

  /** What to say of a service whose own data are too few; null if nothing was seen of it, or of its peers. */
  borrowFor(
    service: CatalogEntity,
    study: SliStudy,
    options: { callees: ReadonlyMap<string, number>; lookbackMs: number },
  ): BorrowedFromPeers | null {
    if (study.verdict !== 'insufficient' || study.distribution === null) {
      return null;
    }
    const peers = findPeers(
      this.#groups,
      traitsOf(service, study, options.callees),
    );
    if (!peers) {
      return null;
    }
    const seen = {
      knownDays: study.presentDays * study.completeness,
      requests: study.goodRequests,
      windowMs: study.windowMs,
      peers: peers.distribution,
    };
    const weight = ownWeight(seen);
    return {
      distribution: borrow(study.distribution, peers.distribution, weight),
      ownWeight: weight,
      peers: peers.count,
      peerGroup: peers.group,
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
    const { verdict, distribution, presentDays } = service.availability.study;
    return (verdict === 'ok' || verdict === 'degraded') &&
      distribution &&
      presentDays * DAY_MS >= service.windowMs / 2
      ? [
          {
            traits: traitsOf(
              service.service,
              service.availability.study,
              callees,
            ),
            distribution,
          },
        ]
      : [];
  });
}

function traitsOf(
  service: CatalogEntity,
  { expectedRequests }: SliStudy,
  callees: ReadonlyMap<string, number>,
): PeerTraits {
  return {
    criticality: service.criticality,
    type: service.type,
    trafficDecade: trafficDecadeOf(expectedRequests),
    dependencyClass: dependencyClassOf(callees.get(service.entityRef) ?? 0),
  };
}
