import { boundaryAt, type LatencyHistory } from './LatencyHistory';
import { sharesWithin } from './LatencyHistogram';
import { lastWindow, type LatencyQuestion } from './lastWindow';

const MOST_CANDIDATES = 4;

/** Percentiles by how much an objective near them is worth. */
const WORTH: readonly number[] = [0.99, 0.95, 0.9, 0.5];

/** Share of an error budget that may be spent where an objective is proposed: one met just now is kept half of the time. */
const SPENT = 0.75;

/**
 * Indices of the boundaries at which an objective is worth a study, ascending, at most four: the promised threshold, if
 * it is on a boundary; for p99, p95, p90 and p50 the lowest boundary at which such an objective would have a fourth of
 * its budget left; and, where these coincide, the next one above. Without requests in the window there is only the
 * promised one. A boundary at 0 s is none.
 *
 * Throws an EngineInputError for a history that is not shaped as described, an instant outside of 1970 to 9999, and a
 * window that is not of 1 to 90 whole days.
 */
export function candidateThresholds(
  history: LatencyHistory,
  question: LatencyQuestion,
): number[] {
  const histogram = lastWindow(history, question);
  const { boundsSeconds } = histogram;
  const { shares, requests } = sharesWithin(histogram);
  const candidates: number[] = [];
  const propose = (index: number) => {
    const measurable =
      index >= 0 && index < boundsSeconds.length && boundsSeconds[index] > 0;
    if (
      measurable &&
      candidates.length < MOST_CANDIDATES &&
      !candidates.includes(index)
    ) {
      candidates.push(index);
    }
  };
  if (question.promised) {
    propose(boundaryAt(boundsSeconds, question.promised.thresholdSeconds));
  }
  if (requests > 0) {
    for (const percentile of WORTH) {
      const leastShare = 1 - SPENT * (1 - percentile);
      propose(
        shares.findIndex(
          (share, i) => share >= leastShare && boundsSeconds[i] > 0,
        ),
      );
    }
    propose(Math.max(...candidates) + 1);
  }
  return candidates.sort((a, b) => a - b);
}
