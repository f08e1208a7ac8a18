import { quantileOf, type Distribution } from '../predict';
import { allowedFailureRatio, DAY_MS, HOUR_MS, minimumHistoryMs } from '../sli';

/** How much of a service was seen, and what is usual among its peers. */
export interface SeenSoFar {
  /** Days with known counts. */
  knownDays: number;
  /** Requests of these days. */
  requests: number;
  windowMs: number;
  peers: Distribution;
}

/** With so many failures expected among the requests seen, their share is known to about a half: 1/√5. */
const ENOUGH_FAILURES = 5;

/**
 * Variance of ln u that a single day has beyond many. An assumption: services of the fleet model have a quarter of it
 * (noise, and incidents that the day did not see), but a young service changes more than an old one.
 */
const DAY_VARIANCE = 1;

/** Below this share of failures peers are as good as perfect, and variances of the logarithm beyond reason. */
const LEAST_MEDIAN = 1e-6;

/** Least variance between peers: nobody is known so well by others that three times worse would be a wonder. */
const LEAST_PEER_VARIANCE = 0.25;

/**
 * Weight of a service's own data in [0, 1], the rest being its peers'; 1 if the data are enough.
 *
 * Bühlmann's credibility (_ASTIN Bulletin_ 1967), the empirical Bayes estimator of Efron and Morris (_JASA_ 1975), in
 * ln u: τ² / (τ² + s²). τ² is the variance between peers. s² is the variance of the service's own figure beyond that of
 * one whose data are enough: 1/λ for the few failures expected among its requests, and 1/d for d days, each less what
 * enough of them would leave. Failures are expected as the peers' median has them, so that those seen do not matter.
 */
export function ownWeight(seen: SeenSoFar): number {
  const { knownDays, windowMs, peers } = seen;
  if (knownDays <= 0 || seen.requests <= 0) {
    return 0;
  }
  const failures = seen.requests * medianOfPeers(peers);
  const variance =
    Math.max(0, 1 / failures - 1 / ENOUGH_FAILURES) +
    DAY_VARIANCE * Math.max(0, 1 / knownDays - 1 / enoughDays(windowMs));
  const between = varianceBetween(peers);
  return between / (between + variance);
}

/**
 * When the service's own data will be enough if it stays as busy as it was: now if they are. Null if that is unknown,
 * for want of requests, and if it never happens, for by then the first of them would be forgotten.
 *
 * @param seen.lookbackMs - how far back an analysis looks.
 * @returns milliseconds, on a full hour.
 */
export function sufficientAt(
  seen: SeenSoFar & { asOfMs: number; lookbackMs: number },
): number | null {
  const { knownDays, requests, windowMs, peers, asOfMs, lookbackMs } = seen;
  if (knownDays <= 0 || requests <= 0) {
    return null;
  }
  const failuresPerDay = (requests / knownDays) * medianOfPeers(peers);
  const days = Math.max(enoughDays(windowMs), ENOUGH_FAILURES / failuresPerDay);
  if (days * DAY_MS > lookbackMs) {
    return null;
  }
  const atMs = asOfMs + Math.max(0, days - knownDays) * DAY_MS;
  return Math.ceil(atMs / HOUR_MS) * HOUR_MS;
}

/** Longest window that may be promised, in whole weeks. */
const MOST_WEEKS = 12;

/**
 * The shortest window of whole weeks, up to 12 of them, whose budget is at least a few failed requests. Null where
 * even the longest has less: then the objective says too little at such traffic.
 *
 * @param wanted.failures - failed requests that the budget must allow; default 5.
 * @returns milliseconds.
 */
export function longerWindow(wanted: {
  requestsPerDay: number;
  objective: number;
  failures?: number;
}): number | null {
  const { requestsPerDay, objective, failures = ENOUGH_FAILURES } = wanted;
  const perWeek = 7 * requestsPerDay * allowedFailureRatio(objective);
  // the nudge keeps what is met exactly, but for rounding, from taking a week more
  const weeks = Math.max(1, Math.ceil(failures / perWeek - 1e-9));
  return weeks <= MOST_WEEKS ? weeks * 7 * DAY_MS : null;
}

function enoughDays(windowMs: number): number {
  return minimumHistoryMs(windowMs) / DAY_MS;
}

function medianOfPeers(peers: Distribution): number {
  return Math.max(LEAST_MEDIAN, quantileOf(peers, 0.5));
}

/** Variance of ln u among peers, from the middle two thirds, which are two standard deviations of a normal value. */
function varianceBetween(peers: Distribution): number {
  const low = Math.max(LEAST_MEDIAN, quantileOf(peers, 0.16));
  const high = Math.max(LEAST_MEDIAN, quantileOf(peers, 0.84));
  return Math.max(LEAST_PEER_VARIANCE, (Math.log(high / low) / 2) ** 2);
}
