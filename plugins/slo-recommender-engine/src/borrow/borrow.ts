import type { Distribution } from '../predict';

/**
 * Shares of failures below this are taken for as much, for a logarithm has no 0: a tenth of what the highest rung,
 * 99.999 %, allows. Lower ones make no difference to any objective.
 */
const FLOOR = 1e-6;

/**
 * What a service itself lets expect, and what its peers do: quantile by quantile the weighted geometric mean (Vincent
 * 1912, here of ln u). It lies between the two and rises with either, so that a failure more never raises a target.
 *
 * @param own - null where the service has shown nothing yet; then the peers speak alone.
 * @param ownWeight - in [0, 1]; must not depend on the failures seen, only on how much was seen.
 */
export function borrow(
  own: Distribution | null,
  peers: Distribution,
  ownWeight: number,
): Distribution {
  if (own === null || ownWeight <= 0) {
    return peers.slice();
  }
  if (ownWeight >= 1) {
    return own.slice();
  }
  return own.map((u, i) =>
    Math.exp(
      ownWeight * Math.log(Math.max(FLOOR, u)) +
        (1 - ownWeight) * Math.log(Math.max(FLOOR, peers[i])),
    ),
  );
}
