import {
  DAY_MS,
  findChangePoints,
  sumWindow,
  type EventMarker,
  type SliHistory,
} from 'backstage-plugin-slo-recommender-engine';

/** Finds the days, counted from the start of the history, on which the failure ratio changed lastingly. */
export type Method = (
  history: SliHistory,
  events?: readonly EventMarker[],
) => number[];

export const ours: Method = (history, events) =>
  findChangePoints(history, { events }).map(
    ({ atMs }) => (atMs - history.startMs) / DAY_MS,
  );

/** Days from which the usual level and its spread are taken. */
const LEARNING = 14;

/**
 * Tabular CUSUM (Page 1954) with the constants of Montgomery's textbook: it notes what exceeds half a standard
 * deviation, and decides at five. Its values are daily log-odds, mean and spread those of the 14 days before; the
 * change is where the deciding sum began to grow, and 14 days after it are learnt anew.
 */
export const cusum: Method = history => {
  const values = dailyValues(history, (total, bad) =>
    Math.log((bad + 0.5) / (total - bad + 0.5)),
  );
  const found: number[] = [];
  let usual = statistics(values.slice(0, LEARNING));
  let up = { sum: 0, since: LEARNING };
  let down = { sum: 0, since: LEARNING };
  for (let i = LEARNING; i < values.length; i++) {
    const deviation = (values[i].value - usual.mean) / usual.spread;
    up = accumulate(up, deviation - 0.5, i);
    down = accumulate(down, -deviation - 0.5, i);
    const deciding = [up, down].find(({ sum }) => sum > 5);
    if (deciding) {
      found.push(values[deciding.since].day);
      i = Math.max(i, deciding.since + LEARNING - 1);
      usual = statistics(
        values.slice(deciding.since, deciding.since + LEARNING),
      );
      up = { sum: 0, since: i + 1 };
      down = { sum: 0, since: i + 1 };
    }
  }
  return found;
};

function accumulate(
  { sum, since }: { sum: number; since: number },
  excess: number,
  i: number,
) {
  const next = Math.max(0, sum + excess);
  return { sum: next, since: next > 0 ? since : i + 1 };
}

/** A day whose failure ratio is further than three standard deviations from the mean of the 14 days before it. */
export const threeSigma: Method = history => {
  const values = dailyValues(history, (total, bad) => bad / total);
  const found: number[] = [];
  for (let i = LEARNING; i < values.length; i++) {
    const { mean, spread } = statistics(values.slice(i - LEARNING, i));
    const last = found.at(-1) ?? -Infinity;
    const quiet = values[i].day - last >= LEARNING;
    if (quiet && Math.abs(values[i].value - mean) > 3 * spread) {
      found.push(values[i].day);
    }
  }
  return found;
};

interface DailyValue {
  day: number;
  value: number;
}

function dailyValues(
  history: SliHistory,
  valueOf: (total: number, bad: number) => number,
): DailyValue[] {
  const days = (history.asOfMs - history.startMs) / DAY_MS;
  return Array.from({ length: days }, (_, day) => {
    const fromMs = history.startMs + day * DAY_MS;
    const { total, bad } = sumWindow(history, fromMs, fromMs + DAY_MS);
    return { day, value: valueOf(total, bad), total };
  }).filter(({ total }) => total > 0);
}

function statistics(values: readonly DailyValue[]) {
  const mean =
    values.reduce((sum, { value }) => sum + value, 0) / values.length;
  const squares = values.reduce(
    (sum, { value }) => sum + (value - mean) ** 2,
    0,
  );
  // a service without any failure has no spread
  const spread = Math.max(1e-9, Math.sqrt(squares / (values.length - 1)));
  return { mean, spread };
}
