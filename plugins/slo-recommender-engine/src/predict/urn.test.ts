import { drawWindows, pickBlocks } from './urn';

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

describe('pickBlocks', () => {
  const few = { ...options, windows: 50, blocks: 9 };

  it('picks the same, whatever was picked in between', () => {
    const first = structuredClone(pickBlocks(few));
    for (let seed = 2; seed < 600; seed++) {
      pickBlocks({ ...few, windows: 1, seed });
    }
    expect(pickBlocks(few)).toEqual(first);
  });

  it('picks what was drawn, as blocks, with the records apart', () => {
    const { places, recordFactors, rarities } = drawWindows(few);
    const picks = pickBlocks(few);
    expect([...picks.blocks]).toEqual(
      Array.from(places, place => Math.floor(place * 9)),
    );
    expect([...picks.recordPlaces]).toEqual(
      [...recordFactors.keys()].filter(place => recordFactors[place] > 0),
    );
    expect(picks.recordFactors).toEqual(
      recordFactors.filter(factor => factor > 0),
    );
    expect(picks.rarities).toEqual(rarities);
  });

  it('picks every block about as often', () => {
    const counts = new Array<number>(9).fill(0);
    for (const block of pickBlocks({ ...few, windows: 20_000 }).blocks) {
      counts[block]++;
    }
    expect(Math.min(...counts)).toBeGreaterThan(8_500);
    expect(Math.max(...counts)).toBeLessThan(9_300);
  });
});
