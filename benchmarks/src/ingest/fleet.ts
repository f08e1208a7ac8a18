import type {
  CatalogEntity,
  DeclaredDependency,
} from 'backstage-plugin-slo-recommender-backend/src/testing';
import type { DependencyReportInput } from 'backstage-plugin-slo-recommender-common';
import { createRandom } from 'backstage-plugin-slo-recommender-engine';
import { generateFleet } from '../graph/generateFleet';

export const SERVICES = 5_000;
export const CALLS = 50_000;

/** Instant that the report is about. */
export const REPORTED_AT = new Date('2026-03-10T12:00:00Z');

const SEED = 20_240_617;
/** One service in so many is not in the catalog. */
const ONE_IN_UNDECLARED = 10;
/** One call in so many is declared as well. */
const ONE_IN_DECLARED = 3;

const FIRST =
  'account address audit basket billing booking campaign card catalog charge checkout claim consent contact content contract coupon courier credit currency customer dealer delivery deposit device discount document driver email event export feature feed fleet form fraud gift identity image import inbox index insurance inventory invoice item journey label layout ledger license loan location loyalty market media member menu message meter mobile offer order outlet parcel partner passenger payment payout photo pickup policy price product profile'.split(
    ' ',
  );
const SECOND =
  'adapter aggregator allocator archive assembler batcher broker builder cache calculator checker cleaner collector compiler composer connector consumer controller converter coordinator dispatcher editor encoder engine enricher estimator evaluator exporter fetcher filter finder formatter forwarder generator guard handler history importer indexer inspector issuer keeper limiter listener loader lookup mapper matcher merger mirror monitor notifier optimizer organizer parser planner poller processor producer projector publisher query reader receiver reconciler recorder renderer replicator reporter resolver'.split(
    ' ',
  );

const nameOf = (service: number) =>
  [
    FIRST[service % FIRST.length],
    SECOND[Math.floor(service / FIRST.length) % SECOND.length],
  ].join('-');

const refOf = (service: number) => `component:default/${nameOf(service)}`;

const isDeclared = (service: number) => service % ONE_IN_UNDECLARED > 0;

/** What catalog and a mesh tell of one fleet. */
export interface Fleet {
  entities: CatalogEntity[];
  declared: DeclaredDependency[];
  report: DependencyReportInput;
}

function entityOf(service: number): CatalogEntity {
  return {
    entityRef: refOf(service),
    optedIn: true,
    kind: 'component',
    title: nameOf(service),
    type: 'service',
    owner: `group:default/team-${service % 200}`,
    system: null,
    criticality: null,
    datasourceId: null,
    promisedObjective: null,
    promisedLatency: null,
    windowMs: null,
    telemetryNames: [nameOf(service)],
    matchers: null,
    annotationIssues: [],
  };
}

/** The fleet that is drawn for the dependency graph, under names such as `payment-dispatcher`. */
export function createFleet(): Fleet {
  const { sources, targets } = generateFleet(
    { shape: 'layered', nodeCount: SERVICES, edgeCount: CALLS },
    createRandom(SEED),
  );
  const calls = [...sources].map((source, i) => ({
    source,
    target: targets[i],
  }));
  const numbers = Array.from({ length: SERVICES }, (_, service) => service);
  return {
    entities: numbers.filter(isDeclared).map(entityOf),
    declared: calls
      .filter(
        ({ source, target }, i) =>
          i % ONE_IN_DECLARED === 0 && isDeclared(source) && isDeclared(target),
      )
      .map(({ source, target }) => ({
        sourceRef: refOf(source),
        targetRef: refOf(target),
        kind: null,
        strength: 'hard',
      })),
    report: {
      source: 'mesh',
      reportedAt: REPORTED_AT.toISOString(),
      nodes: numbers.map(service => ({
        name: nameOf(service),
        type: 'service',
      })),
      edges: calls.map(({ source, target }, i) => ({
        source: nameOf(source),
        target: nameOf(target),
        kind: 'sync',
        calls: 1_000 + i,
        failedCalls: i % 100,
        seconds: 3_600,
        attributes: { cluster: 'eu-1', protocol: 'http' },
      })),
    },
  };
}
