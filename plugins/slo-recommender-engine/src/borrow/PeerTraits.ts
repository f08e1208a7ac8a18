/** What services are alike by; null where it is not known. */
export interface PeerTraits {
  /** For example `critical`, `high`, `medium` or `low`. */
  criticality: string | null;
  /** Type in the catalog, for example `website`. */
  type: string | null;
  /** Requests of a window by powers of ten, in words, as `trafficDecadeOf` writes them. */
  trafficDecade: string | null;
  /** How many services it calls, in words, as `dependencyClassOf` writes them. */
  dependencyClass: string | null;
}

/** From this power of ten on, and below the first, decades are not told apart. */
const FIRST_DECADE = 3;
const LAST_DECADE = 9;

/**
 * Requests of a window by powers of ten, for example `1 M to 10 M requests`. Null where none is expected, for then
 * nothing is known of the traffic.
 */
export function trafficDecadeOf(requests: number): string | null {
  if (requests <= 0) {
    return null;
  }
  // the nudge keeps log10(1000) = 2.9999999999999996 in its decade
  const decade = Math.floor(Math.log10(requests) + 1e-9);
  if (decade < FIRST_DECADE) {
    return `fewer than ${formatPowerOfTen(FIRST_DECADE)} requests`;
  }
  return decade >= LAST_DECADE
    ? `${formatPowerOfTen(LAST_DECADE)} requests or more`
    : `${formatPowerOfTen(decade)} to ${formatPowerOfTen(decade + 1)} requests`;
}

function formatPowerOfTen(exponent: number): string {
  const unit = ['', ' k', ' M', ' G'][Math.floor(exponent / 3)];
  return `${10 ** (exponent % 3)}${unit}`;
}

const FEW_DEPENDENCIES = 5;

/** How many services a service calls, in words. */
export function dependencyClassOf(callees: number): string {
  if (callees === 0) {
    return 'no dependencies';
  }
  return callees <= FEW_DEPENDENCIES
    ? `1 to ${FEW_DEPENDENCIES} dependencies`
    : `more than ${FEW_DEPENDENCIES} dependencies`;
}

/** What services with the traits given have in common, in words; traits that are null are not mentioned. */
export function describePeers(traits: PeerTraits): string {
  const { criticality, type, trafficDecade, dependencyClass } = traits;
  const withWords = [trafficDecade, dependencyClass].filter(
    word => word !== null,
  );
  if (criticality === null && type === null && withWords.length === 0) {
    return 'services of all kinds';
  }
  const ofWords = [
    type === null ? null : `type ${type}`,
    criticality === null || criticality === 'critical'
      ? null
      : `${criticality} criticality`,
  ].filter(word => word !== null);
  return [
    criticality === 'critical' ? 'critical services' : 'services',
    ...(ofWords.length > 0 ? [`of ${ofWords.join(' and ')}`] : []),
    ...(withWords.length > 0 ? [`with ${withWords.join(' and ')}`] : []),
  ].join(' ');
}
