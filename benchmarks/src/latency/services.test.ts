import { createRandom } from 'backstage-plugin-slo-recommender-engine';
import { median } from '../report/figures';
import { drawServices } from './services';

describe('drawServices', () => {
  const services = drawServices(30, 2_001, createRandom(1));

  it('is the same for the same seed', () => {
    expect(drawServices(30, 2_001, createRandom(1))).toEqual(services);
  });

  it.each(['lognormal', 'gamma'])('has %s medians of 8 to 900 ms', kind => {
    const medians = services
      .filter(service => service.kind === kind)
      .map(({ seconds }) => median([...seconds]));
    expect(medians).toHaveLength(10);
    expect(Math.min(...medians)).toBeGreaterThan(0.007);
    expect(Math.max(...medians)).toBeLessThan(1);
  });
});
