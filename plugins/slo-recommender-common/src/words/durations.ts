const UNITS: Record<string, number> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/** Reads a compact or ISO 8601 duration (`28d`, `90m`, `P28D`, `PT1H`) into milliseconds; undefined if it is neither. */
export function parseDuration(text: string): number | undefined {
  const compact = /^(\d{1,9})(ms|w|d|h|m|s)$/.exec(text);
  if (compact) return Number(compact[1]) * UNITS[compact[2]];
  const iso =
    /^P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/.exec(
      text,
    );
  if (!iso || text === 'P' || text.endsWith('T')) return undefined;
  const units = ['w', 'd', 'h', 'm', 's'];
  return units.reduce(
    (sum, unit, i) => sum + Number(iso[i + 1] ?? 0) * UNITS[unit],
    0,
  );
}

/** Writes milliseconds as an ISO 8601 duration in days, hours, minutes and seconds, for example `P28D` or `PT1H`. */
export function formatDuration(ms: number): string {
  const days = Math.floor(ms / UNITS.d);
  const hours = Math.floor((ms % UNITS.d) / UNITS.h);
  const minutes = Math.floor((ms % UNITS.h) / UNITS.m);
  const seconds = (ms % UNITS.m) / UNITS.s;
  const time = [
    hours ? `${hours}H` : '',
    minutes ? `${minutes}M` : '',
    seconds ? `${seconds}S` : '',
  ].join('');
  if (!days && !time) return 'PT0S';
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}

const HOUR_MS = 3_600_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** A span of minutes in at most two units: `40 min`, `3 h 22 min`, `1 d 4 h`, and below a minute `26 s`. */
export function formatMinutes(minutes: number): string {
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

/** Days with one digit if they are few, cut: `2.5 days`, `90 days`, `1 day`. */
export function formatDays(days: number): string {
  const cut = days < 10 ? Math.floor(days * 10) / 10 : Math.floor(days);
  return `${cut} ${cut === 1 ? 'day' : 'days'}`;
}

/** An ISO 8601 or compact duration in words: `28 days`, `1 day`, `6 hours`. What cannot be read is returned as it is. */
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
 * The last window as far as it is known, after `last`: `28 days`, but `3 days` or `14 hours` if the history is no longer
 * than that.
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
  return formatWindow(duration).replace(/ (d|h)\w+$/, ' $1');
}
