import type { Reason } from 'backstage-plugin-slo-recommender-engine';
import { writeReason } from './reasons';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const sinceMs = Date.UTC(2023, 4, 1);

describe('writeReason', () => {
  it('says how much history there is, and when it will do', () => {
    expect(
      writeReason({
        code: 'short_history',
        sinceMs,
        seenMs: 3 * DAY_MS,
        windowMs: 28 * DAY_MS,
        neededMs: 14 * DAY_MS,
        reachedAtMs: Date.UTC(2023, 4, 15),
      }),
    ).toEqual({
      code: 'short_history',
      message:
        'Only 3 days of history are known, since 2023-05-01 00:00 UTC; a window of 28 days needs 14 days. ' +
        'If telemetry keeps coming, that is reached on 2023-05-15 00:00 UTC.',
    });
  });

  it('names the first impossible hour', () => {
    expect(
      writeReason({
        code: 'bad_exceeds_total',
        hours: 18,
        firstMs: sinceMs + 30 * HOUR_MS,
      }).message,
    ).toContain(
      'In 18 hours, first at 2023-05-02 06:00 UTC, more requests failed than were made.',
    );
  });

  it('says why there is no tier where even 90 % is too much', () => {
    const reason: Reason = {
      code: 'below_ladder',
      objective: 0.9,
      attainment: 0.0052,
      missing: ['conservative', 'balanced', 'aggressive'],
      neededAttainment: 0.75,
    };
    expect(writeReason(reason).message).toBe(
      'Even 90 % is kept with a probability of only 0.5 %, so there is no conservative or balanced or ' +
        'aggressive objective (aggressive takes 75 %). Find out what fails before promising anything.',
    );
    expect(
      writeReason({ ...reason, missing: ['conservative'] }).message,
    ).not.toContain('before promising anything');
  });

  it.each<[Reason, string]>([
    [
      { code: 'not_finite', hours: 1, firstMs: sinceMs },
      'In 1 hour, first at 2023-05-01 00:00 UTC, a count is infinite.',
    ],
    [
      { code: 'stuck_at_zero', sinceMs, requests: 500, successRatio: 0 },
      'Since 2023-05-01 00:00 UTC none of 500 requests have succeeded',
    ],
    [
      { code: 'stuck_at_zero', sinceMs, requests: 1e9, successRatio: 1e-9 },
      'only < 0.1 % of 1,000,000,000 requests',
    ],
    [
      {
        code: 'unknown_outcomes',
        windowMs: 28 * DAY_MS,
        requests: 1_234,
        share: 0.04,
        leastRatio: 0.955,
      },
      'Of 4 % of the requests of the last 28 days (1,234) the outcome cannot be read, so that they count neither as good nor as failed. Had all of them failed, only 95.5 % would have succeeded.',
    ],
    [{ code: 'no_telemetry' }, 'No telemetry was found for this service.'],
    [
      {
        code: 'sparse_history',
        knownHours: 40,
        seenMs: 20 * DAY_MS,
        windowMs: 28 * DAY_MS,
        neededHours: 168,
      },
      'Only 40 hours of 20 days of history are known; a window of 28 days needs 168.',
    ],
    [
      { code: 'no_requests', sinceMs },
      'known since 2023-05-01 00:00 UTC, but not one request',
    ],
    [
      { code: 'few_requests', requests: 3.24, sinceMs, neededRequests: 30 },
      'Only 3.2 requests were seen since 2023-05-01 00:00 UTC. With no failure at all, 30 are needed',
    ],
    [
      {
        code: 'gaps',
        completeness: 0.9487,
        recentCompleteness: 1,
        neededCompleteness: 0.95,
      },
      'Counts are known for 94.8 % of the hours of the history and for 100 % of those of the last window, less than 95 %.',
    ],
    [
      { code: 'stale', newestMs: sinceMs, ageHours: 5 },
      'The newest counts end at 2023-05-01 00:00 UTC, 5 hours before this analysis.',
    ],
    [
      { code: 'idle_window', windowMs: 7 * DAY_MS },
      'Not one request was seen in the last 7 days',
    ],
    [
      { code: 'few_good_requests', objective: 0.9, neededRequests: 30 },
      'Fewer than 30 requests have succeeded, which is too little to support even 90 %.',
    ],
    [
      { code: 'single_failure_breaks', objectives: [0.999, 0.9999] },
      'the budget of 99.9 % and 99.99 % is less than one request',
    ],
  ])('%j', (reason, words) => {
    const written = writeReason(reason);
    expect(written.code).toBe(reason.code);
    expect(written.message).toContain(words);
    expect(written.message).not.toMatch(/NaN|Infinity|undefined|∞|null/);
  });

  it('passes on what is reported', () => {
    const report = { code: 'partial_telemetry', message: 'One shard is down.' };
    expect(writeReason({ code: 'reported', report })).toBe(report);
  });
});
