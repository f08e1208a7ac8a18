import { latencyRecommendation } from '../../__testUtils__/recommendations';
import { axisToLatency, latencyAxis } from './latencyAxis';

const { latency } = latencyRecommendation;
if (!latency) throw new Error('The fixture has latencies.');

describe('the axis of latencies', () => {
  const axis = latencyAxis(latency);

  it('gives 0 and what lies above the last bucket a finite place', () => {
    expect(axis?.domain.map(axisToLatency)).toEqual([
      expect.closeTo(0.05),
      expect.closeTo(2),
    ]);
    expect(axis?.buckets.map(({ from, to }) => to > from)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('puts each tenfold at the same distance', () => {
    const share = axis?.shareOf ?? (() => Number.NaN);
    expect(share(1) - share(0.1)).toBeCloseTo(share(0.3) - share(0.03));
  });

  it('leaves out empty buckets at its ends', () => {
    const wide = latencyAxis({
      ...latency,
      histogram: [
        { fromSeconds: 0, toSeconds: 0.001, share: 0 },
        { fromSeconds: 0.001, toSeconds: 0.1, share: 1 },
        { fromSeconds: 60, toSeconds: null, share: 0 },
      ],
      frontier: [],
    });
    expect(wide?.boundaries).toEqual([0.001, 0.1]);
  });

  it('is not there where no boundary is', () => {
    expect(
      latencyAxis({
        histogram: [{ fromSeconds: 0, toSeconds: null, share: 1 }],
        frontier: [],
      }),
    ).toBeNull();
  });
});
