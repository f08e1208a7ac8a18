/** Value below which a share q in [0, 1] of the values lies (nearest rank). */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Three significant digits, for example `0.0123 ms`, `4.50 ms` or `12,300 ms`. */
export function formatMs(ms: number): string {
  return `${formatFigure(ms)} ms`;
}

/** Three significant digits, with separators and without an exponent. */
export function formatFigure(value: number): string {
  return value.toLocaleString('en', {
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
  });
}
