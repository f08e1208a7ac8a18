import { formatCount } from 'backstage-plugin-slo-recommender-common';

/**
 * - `layered`: from gateways down to the platform, in domains of 50 services. Six calls in ten stay within the domain,
 *   and 1 % of these go back up, which makes cycles; the others go down to any layer.
 * - `tangled`: no layers. Anybody calls anybody, and nearly all services are in one cycle.
 */
export type FleetShape = 'layered' | 'tangled';

/** A generated graph: call i goes from `sources[i]` to `targets[i]`. */
export interface GeneratedFleet {
  shape: FleetShape;
  nodeCount: number;
  sources: Int32Array;
  targets: Int32Array;
}

const SERVICES_PER_DOMAIN = 50;
const SHARE_WITHIN_DOMAIN = 0.6;
const SHARE_BACKWARDS = 0.01;
const SHARE_SELF_CALLS = 0.002;

/**
 * Draws the calls of a company's services, no two with the same caller and callee. Some services call many (of 50, the
 * first five make a third of the calls), and a few are called by very many. Numbers of services and calls are shuffled:
 * neighbours do not lie side by side in memory.
 *
 * @param random - draws from (0, 1).
 */
export function generateFleet(
  fleet: { shape: FleetShape; nodeCount: number; edgeCount: number },
  random: () => number,
): GeneratedFleet {
  const { shape, nodeCount, edgeCount } = fleet;
  const numbers = shuffled(nodeCount, random);
  const sources = new Int32Array(edgeCount);
  const targets = new Int32Array(edgeCount);
  const drawn = new Set<number>();
  while (drawn.size < edgeCount) {
    const [caller, callee] = drawCall(shape, nodeCount, random);
    const key = caller * nodeCount + callee;
    if (!drawn.has(key)) {
      sources[drawn.size] = numbers[caller];
      targets[drawn.size] = numbers[callee];
      drawn.add(key);
    }
  }
  return { shape, nodeCount, sources, targets };
}

/** For people, for example `5,000 / 50,000 layered`. */
export function fleetName({
  shape,
  nodeCount,
  sources,
}: GeneratedFleet): string {
  const [services, calls] = [nodeCount, sources.length].map(formatCount);
  return `${services} / ${calls} ${shape}`;
}

/** Caller and callee by layer: 0 is the topmost. */
function drawCall(
  shape: FleetShape,
  nodeCount: number,
  random: () => number,
): [caller: number, callee: number] {
  const below = (limit: number) => Math.floor(random() * limit);
  const domain = below(nodeCount / SERVICES_PER_DOMAIN) * SERVICES_PER_DOMAIN;
  const caller = domain + Math.floor(random() ** 2 * SERVICES_PER_DOMAIN);
  if (random() < SHARE_SELF_CALLS) return [caller, caller];
  // the cube makes few services popular
  const popularity = random() ** 3;
  if (shape === 'tangled') return [caller, Math.floor(popularity * nodeCount)];
  if (random() < SHARE_WITHIN_DOMAIN) {
    const other = domain + below(SERVICES_PER_DOMAIN);
    const down = random() >= SHARE_BACKWARDS;
    return caller < other === down ? [caller, other] : [other, caller];
  }
  const lower = nodeCount - 1 - caller;
  return [caller, nodeCount - 1 - Math.floor(popularity * lower)];
}

/** 0 … length − 1 in random order (Fisher and Yates). */
function shuffled(length: number, random: () => number): Int32Array {
  const numbers = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
  }
  return numbers;
}
