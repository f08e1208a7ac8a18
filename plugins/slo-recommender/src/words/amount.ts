import { unbroken } from './unbroken';

const countFormat = new Intl.NumberFormat('en-GB', {
  maximumFractionDigits: 0,
});
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
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A share of a budget as whole per cent; never 0 % or 100 % unless it is. */
export function formatShare(share: number): string {
  const percent = Math.abs(share) * 100;
  if (percent > 0 && percent < 0.5) return unbroken('< 1 %');
  if (percent > 99.5 && percent < 100) return unbroken('> 99 %');
  return unbroken(`${formatCount(percent)} %`);
}

/** A burn rate: `0.8 ×`, `14 ×`. */
export function formatBurnRate(rate: number): string {
  if (rate > 0 && rate < 0.05) return unbroken('< 0.1 ×');
  return unbroken(
    `${rate < 10 ? Number(rate.toFixed(1)) : formatCount(rate)} ×`,
  );
}

/** What is left of a budget, in words: `38 % left`, `overspent by 42 %`, `spent 37 times over`. */
export function formatRemaining(remaining: number): string {
  if (remaining >= 0) return `${formatShare(remaining)} left`;
  return remaining > -1
    ? `overspent by ${formatShare(remaining)}`
    : `spent ${formatCount(1 - remaining)} times over`;
}

/** A count that is expected and not seen, in tenths where it is small: `fewer than 0.1`, `1.3`, `42`. */
export function formatExpectedCount(count: number): string {
  if (count > 0 && count < 0.1) return 'fewer than 0.1';
  return count < 10 ? String(Number(count.toFixed(1))) : formatCount(count);
}

/** What is expected of a budget to be spent: `58 % of it`, `3.2 × as much`. */
export function formatSpend(share: number): string {
  return share <= 1
    ? `${formatShare(share)} of it`
    : `${formatBurnRate(share)} as much`;
}
