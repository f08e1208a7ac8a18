/** A service whose latencies are known: as many as were drawn, in seconds. */
export interface SimulatedService {
  kind: 'lognormal' | 'gamma' | 'two kinds';
  seconds: Float64Array;
}

const FASTEST_MEDIAN = 0.008;
const SLOWEST_MEDIAN = 0.9;

/**
 * Draws services in turn: lognormal (σ 0.25 to 1), gamma (shape 1 to 8), and a mixture of two lognormals, of which the slow
 * one is 4 to 20 times slower and has 2 to 30 % of the requests. Medians of the first two, and of the fast part of the
 * third, are from 8 to 900 ms, evenly on a logarithmic scale.
 *
 * @param random - draws from (0, 1).
 */
export function drawServices(
  count: number,
  samples: number,
  random: () => number,
): SimulatedService[] {
  const between = (low: number, high: number) => low + (high - low) * random();
  const normal = () =>
    Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const draw = (seconds: () => number) =>
    Float64Array.from({ length: samples }, seconds);

  return Array.from({ length: count }, (_, i): SimulatedService => {
    const median =
      FASTEST_MEDIAN * (SLOWEST_MEDIAN / FASTEST_MEDIAN) ** random();
    if (i % 3 === 0) {
      const sigma = between(0.25, 1);
      return {
        kind: 'lognormal',
        seconds: draw(() => median * Math.exp(sigma * normal())),
      };
    }
    if (i % 3 === 1) {
      const shape = between(1, 8);
      // Wilson and Hilferty's approximation of the median
      const scale = median / (shape * (1 - 1 / (9 * shape)) ** 3);
      return {
        kind: 'gamma',
        seconds: draw(() => scale * drawGamma(shape, random, normal)),
      };
    }
    const slowShare = between(0.02, 0.3);
    const times = between(4, 20);
    const fastSigma = between(0.2, 0.5);
    const slowSigma = between(0.2, 0.5);
    return {
      kind: 'two kinds',
      seconds: draw(() =>
        random() < slowShare
          ? times * median * Math.exp(slowSigma * normal())
          : median * Math.exp(fastSigma * normal()),
      ),
    };
  });
}

/** Gamma of scale 1 and a shape from 1 on (Marsaglia and Tsang, _ACM Trans. Math. Softw._ 2000). */
function drawGamma(
  shape: number,
  random: () => number,
  normal: () => number,
): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (
      v > 0 &&
      Math.log(random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)
    ) {
      return d * v;
    }
  }
}
