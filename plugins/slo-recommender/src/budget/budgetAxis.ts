const STEPS = [25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000];
const MOST_TICKS = 6;

/** Ticks in per cent of the budget from what is overspent, if anything, up to 100. 0 is always one of them; 100 is left
 * out where it would lie on top of it. */
export function budgetTicks(
  /** Shares left, fractions at most 1. */
  shares: (number | null)[],
): number[] {
  const lowest = Math.min(0, ...shares.map(share => (share ?? 0) * 100));
  const step =
    STEPS.find(candidate => (100 - lowest) / candidate <= MOST_TICKS) ??
    10 ** Math.ceil(Math.log10(100 - lowest));
  const below = Math.ceil(-lowest / step);
  const negative = Array.from(
    { length: below },
    (_, index) => (index - below) * step,
  );
  const above =
    step > 200
      ? []
      : Array.from(
          { length: Math.max(1, 100 / step) },
          (_, index) => (index + 1) * Math.min(step, 100),
        );
  return [...negative, 0, ...above];
}
