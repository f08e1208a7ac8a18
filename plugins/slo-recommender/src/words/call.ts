import type {
  DependencyEdge,
  DependencyKind,
  DependencyStrength,
} from 'backstage-plugin-slo-recommender-common';
import { formatCallRate, formatFailureRatio } from './traffic';

export const kindWords: Record<DependencyKind, string> = {
  sync: 'synchronous call',
  async: 'asynchronous, through a queue or topic',
  database: 'database call',
  virtual: 'call known from the caller’s side alone',
};

export const strengthWords: Record<DependencyStrength, string> = {
  hard: 'hard: the caller fails where the callee does',
  soft: 'soft: the caller can do without',
};

type Claim = Pick<DependencyEdge, 'declared' | 'observed'>;

/** On whose word a call is known. */
export function claimWords({ declared, observed }: Claim): string {
  if (declared && observed) return 'declared and observed';
  return declared ? 'declared, not observed' : 'observed, not declared';
}

/** Who says so, from the origin of a provenance. */
export function originWords(origin: string): string {
  const [source, ...rest] = origin.split(':');
  const name = rest.join(':');
  if (source === 'telemetry') return `telemetry of datasource ‘${name}’`;
  if (source === 'report') return `report of ‘${name}’`;
  return origin;
}

/** Traffic and failures in short: `12 calls/s, 3 % failing`. */
export function trafficWords(
  edge: Pick<DependencyEdge, 'callsPerSecond' | 'failureRatio'>,
): string {
  const { callsPerSecond, failureRatio } = edge;
  if (callsPerSecond === null) return 'traffic unknown';
  const traffic = formatCallRate(callsPerSecond);
  return failureRatio === null || failureRatio === 0
    ? traffic
    : `${traffic}, ${formatFailureRatio(failureRatio)} failing`;
}
