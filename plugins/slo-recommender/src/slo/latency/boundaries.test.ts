import { latencyRecommendation } from '../../__testUtils__/recommendations';
import { boundariesWith } from './boundaries';

it('puts the boundaries to add among those there are, each once', () => {
  expect(
    boundariesWith(latencyRecommendation.latency?.histogram ?? [], {
      addSeconds: [0.2, 0.3],
    }),
  ).toBe('[0.1, 0.2, 0.3, 1]');
});
