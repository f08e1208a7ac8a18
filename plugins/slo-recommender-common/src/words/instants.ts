import { formatCount } from './numbers';

const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });

const dayFormat = utc({ day: 'numeric', month: 'short' });
const monthFormat = utc({ month: 'short', year: 'numeric' });
const dateFormat = utc({ day: 'numeric', month: 'short', year: 'numeric' });
const weekdayFormat = utc({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const timeFormat = utc({ hour: '2-digit', minute: '2-digit' });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `21 Nov 2026, 18:00 UTC` */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  return `${dateFormat.format(date)}, ${timeFormat.format(date)} UTC`;
}

/** `Tue 24 Nov, 14:00 UTC`, for instants near now. */
export function formatNearInstant(instant: string): string {
  const date = new Date(instant);
  return `${weekdayFormat.format(date).replace(',', '')}, ${timeFormat.format(
    date,
  )} UTC`;
}

/** `2024-05-17 13:00 UTC`, from milliseconds since 1970: for messages that name hours as they are entered. */
export function formatMinute(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `21 Nov 2026` */
export function formatDate(instant: string): string {
  return dateFormat.format(new Date(instant));
}

/** `21 Nov`, for the ticks of an axis. */
export function formatDay(day: string): string {
  return dayFormat.format(new Date(day));
}

/** `14:00`, for the ticks of an axis within a day or three. */
export function formatHour(instant: string): string {
  return timeFormat.format(new Date(instant));
}

/** `Sat 21 Nov 2026` */
export function formatFullDay(day: string): string {
  const date = new Date(day);
  return `${weekdayFormat
    .format(date)
    .replace(',', '')} ${date.getUTCFullYear()}`;
}

/** `2026-10` as `Oct 2026`. */
export function formatMonth(month: string): string {
  return monthFormat.format(new Date(`${month}-01T00:00:00Z`));
}

/** How long ago an instant was, in its largest whole unit: `just now`, `12 min ago`, `3 h ago`, `4 days ago`. */
export function formatAge(instant: string, now: number = Date.now()): string {
  const age = now - Date.parse(instant);
  if (age < 0) return 'in the future';
  if (age < MINUTE_MS) return 'just now';
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min ago`;
  if (age < 2 * DAY_MS) return `${Math.floor(age / HOUR_MS)} h ago`;
  return `${formatCount(Math.floor(age / DAY_MS))} days ago`;
}

/** Whether an instant is so long ago, more than two days, that what held then need not hold now. */
export function isLongAgo(instant: string, now: number = Date.now()): boolean {
  return now - Date.parse(instant) > 2 * DAY_MS;
}

/** `24 Aug to 21 Sept`, with the years if they differ. */
export function formatDateRange(from: string, to: string): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const format = sameYear ? dayFormat : dateFormat;
  return `${format.format(new Date(from))} to ${format.format(new Date(to))}`;
}
