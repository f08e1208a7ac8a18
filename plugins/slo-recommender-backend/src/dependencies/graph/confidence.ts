/** Weight of the catalog's word, or of a source that speaks for what is meant to be: declarations outlive what they declare. */
const DECLARED_WEIGHT = 0.6;

/** Weight that an observation of ever more calls comes near to: what was seen may have been put down to the wrong name. */
const OBSERVED_WEIGHT = 0.95;

/** What one source knows of an edge. */
export interface EdgeEvidence {
  claim: 'declared' | 'observed';
  /** Null if the source does not count, which is taken for a single call. */
  calls: number | null;
  /** Milliseconds since the source saw it last; 0 for what always holds. Not negative. */
  ageMs: number;
}

/**
 * How sure it is that an edge exists, in [0, 1]: 1 − Π (1 − wᵢ · 2^(−ageᵢ / staleAfter)), as if the sources erred
 * independently. A declaration weighs 0.6; an observation of n calls weighs 0.95 · n / (n + 1).
 *
 * More sources, more calls and later sightings never lower it.
 */
export function edgeConfidence(
  evidence: EdgeEvidence[],
  staleAfterMs: number,
): number {
  const doubt = evidence.reduce(
    (product, one) =>
      product * (1 - weight(one) * 2 ** (-one.ageMs / staleAfterMs)),
    1,
  );
  return 1 - doubt;
}

function weight({ claim, calls }: EdgeEvidence): number {
  if (claim === 'declared') return DECLARED_WEIGHT;
  const counted = calls ?? 1;
  return (OBSERVED_WEIGHT * counted) / (counted + 1);
}
