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
