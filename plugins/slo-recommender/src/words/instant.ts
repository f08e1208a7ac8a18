import { formatCount } from './amount';

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
});
const yearFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const weekdayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `21 Nov 2026, 18:00 UTC` */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  return `${yearFormat.format(date)}, ${timeFormat.format(date)} UTC`;
}

/** `Tue 24 Nov, 14:00 UTC`, for instants near now. */
export function formatNearInstant(instant: string): string {
  const date = new Date(instant);
  return `${weekdayFormat.format(date).replace(',', '')}, ${timeFormat.format(
    date,
  )} UTC`;
}

/** `21 Nov 2026` */
export function formatYearDay(instant: string): string {
  return yearFormat.format(new Date(instant));
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

/** `24 Aug to 21 Sept`, with the years where they differ. */
export function formatDays(from: string, to: string): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const format = sameYear ? dayFormat : yearFormat;
  return `${format.format(new Date(from))} to ${format.format(new Date(to))}`;
}
