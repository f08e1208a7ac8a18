import { normalScore, normalShare } from './normal';

describe('the normal distribution', () => {
  it.each<[number, number]>([
    [0, 0.5],
    [1, 0.8413447461],
    [-1, 0.1586552539],
    [2.326347874, 0.99],
    [-4, 0.00003167124183],
    [6, 0.9999999990134],
  ])('has %d above a share of %d', (score, share) => {
    expect(normalShare(score)).toBeCloseTo(share, 6);
    expect(normalScore(share)).toBeCloseTo(score, 5);
  });

  it('has scores that rise with the share, as far as shares go', () => {
    const shares = Array.from({ length: 2_000 }, (_, i) => (i + 1) / 2_001);
    const scores = [1e-300, 1e-12, ...shares, 1 - 1e-12].map(normalScore);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  });
});
