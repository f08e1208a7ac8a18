import { formatShare } from './ratios';

const countFormat = new Intl.NumberFormat('en-GB', {
  maximumFractionDigits: 0,
});
const listFormat = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const compactFormat = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** Whole things with thousands separated: `21,400`. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** Large counts in three digits: `1.25M`, `934K`. */
export function formatCompactCount(count: number): string {
  return compactFormat.format(count);
}

/** A count that need not be whole, as rates extrapolated to an hour are, in tenths if small: `3.2`, `30`, `1,250,000`. */
export function formatMeasuredCount(count: number): string {
  return count < 10
    ? String(Math.round(count * 10) / 10)
    : formatCount(Math.round(count));
}

/** A count that is expected and not seen, in tenths if small: `fewer than 0.1`, `1.3`, `42`. */
export function formatExpectedCount(count: number): string {
  return count > 0 && count < 0.1
    ? 'fewer than 0.1'
    : formatMeasuredCount(count);
}

/**
 * Requests that a budget allows: whole ones, never more than there are. The nudge keeps 2139.9999999, which is 2140
 * but for floating point, from losing one.
 */
export function wholeRequests(requests: number): number {
  return Math.floor(requests + 1e-6);
}

/** `1 service`, `23 services`. */
export function formatQuantity(
  count: number,
  noun: string,
  plural: string = `${noun}s`,
): string {
  const whole = Math.round(count);
  return `${formatCount(whole)} ${whole === 1 ? noun : plural}`;
}

/** A burn rate: `0.8 ×`, `14 ×`. */
export function formatBurnRate(rate: number): string {
  if (rate > 0 && rate < 0.05) return '< 0.1 ×';
  return `${rate < 10 ? Number(rate.toFixed(1)) : formatCount(rate)} ×`;
}

/** What is left of a budget, in words: `38 % left`, `overspent by 42 %`, `spent 37 times over`. */
export function formatRemaining(remaining: number): string {
  if (remaining >= 0) return `${formatShare(remaining)} left`;
  return remaining > -1
    ? `overspent by ${formatShare(remaining)}`
    : `spent ${formatCount(1 - remaining)} times over`;
}

/** What is expected of a budget to be spent: `58 % of it`, `3.2 × as much`. */
export function formatSpend(share: number): string {
  return share <= 1
    ? `${formatShare(share)} of it`
    : `${formatBurnRate(share)} as much`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return listFormat.format(words);
}
