/**
 * Writes an availability or objective as a percentage with as many nines as it needs: 0.99995 is `99.995 %`, and only
 * exactly 1 is `100 %`. The result is never closer to 100 % than the value: digits are cut, not rounded.
 */
export function formatRatio(ratio: number): string {
  if (ratio >= 1) return '100 %';
  if (ratio <= 0) return '0 %';
  const unavailability = 1 - ratio;
  // two significant digits of the unavailability, three at the least for values below 99 %
  const digits =
    unavailability > 0.1
      ? 1
      : Math.min(
          10,
          Math.max(1, Math.ceil(-Math.log10(unavailability * 100)) + 1),
        );
  const scale = 10 ** digits;
  // the nudge keeps 0.999 * 100 = 99.90000000000001 and 99.89999999999999 at 99.9
  const cut = Math.floor(ratio * 100 * scale + 1e-6) / scale;
  if (cut >= 100) return `${(100 - 1 / scale).toFixed(digits)} %`;
  return `${Number(cut.toFixed(digits))} %`;
}

/**
 * Writes a probability as whole per cent, in tenths close to the ends, and beyond them as `> 99.9 %` and `< 0.1 %` since
 * it is an estimate. Digits are cut, not rounded: 98.6 % that reads 99 % would look like enough for a tier that asks 99 %.
 */
export function formatProbability(probability: number): string {
  if (probability > 0.999) return '> 99.9 %';
  if (probability < 0.001) return '< 0.1 %';
  const scale = probability > 0.99 || probability < 0.01 ? 10 : 1;
  return `${Math.floor(probability * 100 * scale + 1e-9) / scale} %`;
}
