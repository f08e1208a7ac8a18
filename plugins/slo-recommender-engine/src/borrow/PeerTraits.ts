import type { Range } from '../calibrate';

/** Number of services that a service calls, by class. */
export type DependencyClass = 'none' | 'few' | 'many';

/** What services are alike by; null where it is not known. */
export interface PeerTraits {
  /** For example `critical`, `high`, `medium` or `low`. */
  criticality: string | null;
  /** Type in the catalog, for example `website`. */
  type: string | null;
  /** Power of ten of the requests of a window, as `trafficDecadeOf` returns it. */
  trafficDecade: number | null;
  dependencyClass: DependencyClass | null;
}

/** Decades below the first are taken together, and those from the last on. */
const FIRST_DECADE = 3;
const LAST_DECADE = 9;

/**
 * Requests of a window by powers of ten: 6 for 1 M to 10 M. Null if none is expected, for then nothing is known of the
 * traffic.
 */
export function trafficDecadeOf(requests: number): number | null {
  if (requests <= 0) {
    return null;
  }
  // the nudge keeps log10(1000) = 2.9999999999999996 in its decade
  const decade = Math.floor(Math.log10(requests) + 1e-9);
  return Math.min(LAST_DECADE, Math.max(FIRST_DECADE - 1, decade));
}

const FEW_DEPENDENCIES = 5;

export function dependencyClassOf(callees: number): DependencyClass {
  if (callees === 0) {
    return 'none';
  }
  return callees <= FEW_DEPENDENCIES ? 'few' : 'many';
}

/** What services have in common; null where they differ. */
export interface PeerGroup {
  criticality: string | null;
  type: string | null;
  /** Requests of a window. */
  requests: Range | null;
  dependencies: Range | null;
}

const DEPENDENCIES: Readonly<Record<DependencyClass, Range>> = {
  none: { from: 0, to: 1 },
  few: { from: 1, to: FEW_DEPENDENCIES + 1 },
  many: { from: FEW_DEPENDENCIES + 1, to: null },
};

/** The group of all services with the traits given; traits that are null are not asked for. */
export function peerGroupOf(traits: PeerTraits): PeerGroup {
  const { criticality, type, trafficDecade, dependencyClass } = traits;
  return {
    criticality,
    type,
    requests: trafficDecade === null ? null : requestsOf(trafficDecade),
    dependencies:
      dependencyClass === null ? null : DEPENDENCIES[dependencyClass],
  };
}

function requestsOf(decade: number): Range {
  return {
    from: decade < FIRST_DECADE ? 0 : 10 ** decade,
    to: decade < LAST_DECADE ? 10 ** (decade + 1) : null,
  };
}
