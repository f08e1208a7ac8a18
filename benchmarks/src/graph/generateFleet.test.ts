import {
  buildGraph,
  createRandom,
  fanIn,
  stronglyConnectedComponents,
} from 'backstage-plugin-slo-recommender-engine';
import { generateFleet } from './generateFleet';

const size = { nodeCount: 1_000, edgeCount: 10_000 };

describe.each(['layered', 'tangled'] as const)('a %s fleet', shape => {
  const fleet = generateFleet({ ...size, shape }, createRandom(1));
  const graph = buildGraph(fleet.nodeCount, fleet.sources, fleet.targets);

  it('is the same for the same seed', () => {
    expect(generateFleet({ ...size, shape }, createRandom(1))).toEqual(fleet);
  });

  it('has as many different calls as were asked for', () => {
    const calls = [...fleet.sources].map(
      (source, edge) => `${source} ${fleet.targets[edge]}`,
    );
    expect(new Set(calls).size).toBe(size.edgeCount);
  });

  it('has services that are far more popular than most', () => {
    const callers = fanIn(graph).toSorted();
    expect(callers.at(-1)).toBeGreaterThan(10 * callers[500]);
  });

  it('has cycles', () => {
    expect(stronglyConnectedComponents(graph).count).toBeLessThan(
      size.nodeCount,
    );
  });
});
