import { formatCompactCount } from './amount';
import { formatRatio } from './ratio';
import { unbroken } from './unbroken';

const MINUTE = 60;
const HOUR = 3_600;

const short = (value: number) =>
  value < 10 ? String(Number(value.toPrecision(2))) : formatCompactCount(value);

/** Calls in the unit that makes them readable: `12 calls/s`, `3.5 calls/min`, `2 calls/h`. */
export function formatCallRate(callsPerSecond: number): string {
  if (callsPerSecond === 0) return 'no calls';
  if (callsPerSecond >= 0.1) return `${short(callsPerSecond)} calls/s`;
  if (callsPerSecond * MINUTE >= 0.1) {
    return `${short(callsPerSecond * MINUTE)} calls/min`;
  }
  const perHour = callsPerSecond * HOUR;
  return perHour >= 0.1 ? `${short(perHour)} calls/h` : '< 0.1 calls/h';
}

/** Calls for each request that the caller serves: `1.2`, `< 0.01`. */
export function formatCallsPerRequest(calls: number): string {
  return calls > 0 && calls < 0.01 ? '< 0.01' : short(calls);
}

/** A share of failed calls: `3 %`, `0.04 %`, `< 0.001 %`; never 0 % unless none failed. */
export function formatFailureRatio(ratio: number): string {
  const percent = ratio * 100;
  if (percent === 0) return unbroken('0 %');
  if (percent < 0.001) return unbroken('< 0.001 %');
  if (percent < 50) return unbroken(`${Number(percent.toPrecision(2))} %`);
  return formatRatio(ratio);
}
