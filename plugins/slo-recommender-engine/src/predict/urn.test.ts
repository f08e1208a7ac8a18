import { drawWindows, drawWindowsOnce } from './urn';

const options = {
  windows: 20_000,
  blocksPerWindow: 4,
  blocksSeen: 12,
  seed: 1,
};

describe('drawWindows', () => {
  const { places, recordFactors, rarities } = drawWindows(options);

  it('has a new worst block with the probability 1/(n + 1), wherever it is drawn', () => {
    for (let place = 0; place < 4; place++) {
      const records = recordFactors.filter(
        (factor, i) => i % 4 === place && factor > 0,
      );
      expect(records.length / options.windows).toBeCloseTo(1 / 13, 2);
    }
  });

  it('has one in windows of m blocks with the probability m/(n + m), the rule of succession', () => {
    let windows = 0;
    for (let i = 0; i < recordFactors.length; i += 4) {
      if (recordFactors.subarray(i, i + 4).some(factor => factor > 0)) {
        windows++;
      }
    }
    expect(windows / options.windows).toBeCloseTo(4 / 16, 2);
  });

  it('makes half of the new worst blocks at least twice as bad as the worst seen', () => {
    const factors = recordFactors.filter(factor => factor > 0);
    expect(Math.min(...factors)).toBeGreaterThan(1);
    const twice = factors.filter(factor => factor >= 2);
    expect(twice.length / factors.length).toBeCloseTo(0.5, 1);
  });

  it('repeats blocks that it drew before', () => {
    let repeated = 0;
    for (let i = 0; i < places.length; i += 4) {
      repeated += places[i + 1] === places[i] ? 1 : 0;
    }
    // The second ball is a copy of the first with the probability 1/(12 + 1 + 1).
    expect(repeated / options.windows).toBeCloseTo(1 / 14, 2);
  });

  it('draws rarities with the mean 1', () => {
    const mean = rarities.reduce((sum, value) => sum + value) / rarities.length;
    expect(mean).toBeCloseTo(1, 1);
  });
});

describe('drawWindowsOnce', () => {
  it('draws the same, whatever was drawn in between', () => {
    const first = drawWindowsOnce({ ...options, windows: 10 });
    drawWindowsOnce({ ...options, windows: 10, seed: 2 });
    expect(drawWindowsOnce({ ...options, windows: 10 })).toEqual(first);
    expect(first).toEqual(drawWindows({ ...options, windows: 10 }));
  });
});
