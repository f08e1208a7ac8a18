/** Calls per second; null where either is unknown, or the quotient is more than a number can hold. */
export function perSecond(
  calls: number | null,
  seconds: number | null,
): number | null {
  if (calls === null || seconds === null) return null;
  const rate = calls / seconds;
  return Number.isFinite(rate) ? rate : null;
}
