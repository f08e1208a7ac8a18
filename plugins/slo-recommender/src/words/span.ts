import { parseDuration } from 'backstage-plugin-slo-recommender-common';
import { unbroken } from './unbroken';

const HOUR = 60;
const DAY = 24 * HOUR;
const HOUR_MS = 3_600_000;

/** A span of minutes in at most two units: `40 min`, `3 h 22 min`, `1 d 4 h`, and below a minute `26 s`. */
export function formatMinutes(minutes: number): string {
  return unbroken(spanWords(minutes));
}

function spanWords(minutes: number): string {
  if (minutes <= 0) return '0 min';
  if (minutes < 1) return `${Math.max(1, Math.round(minutes * 60))} s`;
  if (minutes < 10) return `${Number(minutes.toFixed(1))} min`;
  const whole = Math.round(minutes);
  if (whole < HOUR) return `${whole} min`;
  if (whole < DAY) {
    const rest = whole % HOUR;
    return `${Math.floor(whole / HOUR)} h${rest ? ` ${rest} min` : ''}`;
  }
  const hours = Math.round(whole / HOUR);
  const rest = hours % 24;
  return `${Math.floor(hours / 24)} d${rest ? ` ${rest} h` : ''}`;
}

/** An ISO 8601 or compact duration in words: `28 days`, `1 day`, `6 hours`. What cannot be read is given back as it is. */
export function formatWindow(duration: string): string {
  const ms = parseDuration(duration);
  if (ms === undefined) return duration;
  const hours = ms / HOUR_MS;
  const [count, unit] =
    hours >= 24 && hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The same after `last` or `next`: `28 days`, but `day` and `hour` alone for one. */
export function formatAdjoiningWindow(duration: string): string {
  return formatWindow(duration).replace(/^1 /, '');
}

/**
 * The last window as far as it is known, after `last`: `28 days`, but `3 days` or `14 hours` where the history is no
 * longer than that.
 *
 * @param historyDays - days from the first known hour on
 */
export function formatKnownWindow(
  duration: string,
  historyDays: number,
): string {
  const historyHours = Math.floor(historyDays * 24);
  const windowMs = parseDuration(duration);
  if (windowMs === undefined || historyHours * HOUR_MS >= windowMs) {
    return formatAdjoiningWindow(duration);
  }
  const [count, unit] =
    historyHours >= 48
      ? [Math.floor(historyHours / 24), 'day']
      : [Math.max(1, historyHours), 'hour'];
  return count === 1 ? unit : `${count} ${unit}s`;
}

/** A duration in short: `28 d`, `6 h`. */
export function formatShortWindow(duration: string): string {
  return unbroken(formatWindow(duration).replace(/ (d|h)\w+$/, ' $1'));
}
