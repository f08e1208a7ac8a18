import { createRandom } from 'backstage-plugin-slo-recommender-engine';
import type { BenchmarkSection } from '../Section';
import { LAYOUTS } from './layouts';
import { measureComposition } from './measureComposition';
import { measureSpeed } from './measureSpeed';
import { drawServices } from './services';

const SEED = 20_251_103;
const SERVICES = 60;
const SAMPLES = 200_000;

export const latencySection: BenchmarkSection = {
  name: 'latency',
  title: 'Latency: composed quantiles',

  async run({ say }) {
    say(`• drawing ${SERVICES} services`);
    const services = drawServices(SERVICES, SAMPLES, createRandom(SEED));
    return [
      ...measureComposition(services, createRandom(SEED + 1), say),
      measureSpeed(services, LAYOUTS[1], say),
    ];
  },
};
