import type {
  DependencyEdge,
  DependencyKind,
  DependencyStrength,
} from '../schemas/dependencies';
import { formatCompactCount } from './numbers';
import { formatFailureRatio } from './ratios';

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

const MINUTE = 60;
const HOUR = 3_600;

const short = (value: number) =>
  value < 10 ? String(Number(value.toPrecision(2))) : formatCompactCount(value);

/** Calls in the unit that makes them readable: `12 calls/s`, `3.5 calls/min`, `2 calls/h`. */
export function formatCallRate(callsPerSecond: number): string {
  if (callsPerSecond === 0) return 'no calls';
  if (callsPerSecond >= 0.1) return `${short(callsPerSecond)} calls/s`;
  if (callsPerSecond * MINUTE >= 0.1) {
    return `${short(callsPerSecond * MINUTE)} calls/min`;
  }
  const perHour = callsPerSecond * HOUR;
  return perHour >= 0.1 ? `${short(perHour)} calls/h` : '< 0.1 calls/h';
}

/** Calls for each request that the caller serves: `1.2`, `< 0.01`. */
export function formatCallsPerRequest(calls: number): string {
  return calls > 0 && calls < 0.01 ? '< 0.01' : short(calls);
}
