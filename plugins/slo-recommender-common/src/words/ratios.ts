/** The least share that is written in figures: one digit after the point. */
const LEAST_RATIO = 0.001;

/**
 * Writes a share, an availability or an objective as a percentage with as many nines as it needs: 0.99995 is `99.995 %`.
 * Only exactly 1 is `100 %`, and only 0 is `0 %`. The result is never closer to 100 % than the value: digits are cut, not
 * rounded.
 */
export function formatRatio(ratio: number): string {
  if (ratio >= 1) return '100 %';
  if (ratio <= 0) return '0 %';
  if (ratio < LEAST_RATIO) return '< 0.1 %';
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

/** Between which shares something lies, within a sentence: `between 97.1 % and 99.2 %`, `at most 99.2 %`, `99 %`. */
export function formatRatioBounds(bounds: {
  from: number;
  to: number;
}): string {
  const [from, to] = [formatRatio(bounds.from), formatRatio(bounds.to)];
  if (from === to) return from;
  if (bounds.from < LEAST_RATIO) return `at most ${to}`;
  return to === formatRatio(1)
    ? `at least ${from}`
    : `between ${from} and ${to}`;
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

/** A probability within a sentence: `92 %`, `more than 99.9 %`, `less than 0.1 %`. */
export function formatProbabilityInWords(probability: number): string {
  return formatProbability(probability)
    .replace('>', 'more than')
    .replace('<', 'less than');
}

/** Between which probabilities another lies: `88 % to 95 %`. */
export function formatProbabilityInterval({
  from,
  to,
}: {
  from: number;
  to: number;
}): string {
  return `${formatProbability(from)} to ${formatProbability(to)}`;
}

/** A share of failed calls in two digits: `3 %`, `0.04 %`, `< 0.001 %`; never 0 % unless none failed. */
export function formatFailureRatio(ratio: number): string {
  const percent = ratio * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.001) return '< 0.001 %';
  return percent < 50
    ? `${Number(percent.toPrecision(2))} %`
    : formatRatio(ratio);
}

/** A share of a budget as whole per cent; never 0 % or 100 % unless it is. */
export function formatShare(share: number): string {
  const percent = Math.abs(share) * 100;
  if (percent > 0 && percent < 0.5) return '< 1 %';
  if (percent > 99.5 && percent < 100) return '> 99 %';
  return `${Math.round(percent).toLocaleString('en-GB')} %`;
}
