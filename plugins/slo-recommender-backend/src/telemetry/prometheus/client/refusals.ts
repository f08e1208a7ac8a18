import type { PrometheusFailure } from './PrometheusRequestError';

/** What a status code of HTTP means for the one who asked, and what helps. */
export interface Refusal {
  remedy: string;
  failure: PrometheusFailure;
}

const OTHER_REFUSAL: Refusal = {
  remedy: "look at the server's log",
  failure: 'failed',
};

const REFUSALS = new Map<number, Refusal>([
  [
    400,
    {
      remedy: 'the server may not support what was asked; look at its log',
      failure: 'unsupported',
    },
  ],
  [401, { remedy: 'put valid credentials under headers', failure: 'failed' }],
  [
    403,
    {
      remedy: 'check the rights of the credentials under headers, and tenant',
      failure: 'failed',
    },
  ],
  [
    404,
    {
      remedy: 'check the path in url; it ends before /api/v1',
      failure: 'unsupported',
    },
  ],
  [
    405,
    {
      remedy: 'let the proxy before the server pass GET and POST',
      failure: 'unsupported',
    },
  ],
  [
    422,
    {
      remedy:
        "raise the server's limits for queries (such as query.max-samples)",
      failure: 'too-much',
    },
  ],
  [
    429,
    {
      remedy: "raise the server's rate limit, or lower maxQueriesPerMinute",
      failure: 'throttled',
    },
  ],
  [
    501,
    {
      remedy: 'the server does not implement this endpoint',
      failure: 'unsupported',
    },
  ],
  [
    502,
    {
      remedy: 'check that the server behind the proxy is up',
      failure: 'interrupted',
    },
  ],
  [
    503,
    {
      remedy: 'wait until the server is ready, or give it more resources',
      failure: 'busy',
    },
  ],
  [
    504,
    {
      remedy: "look at the server's load, or raise the proxy's timeout",
      failure: 'busy',
    },
  ],
]);

export function refusalOf(status: number): Refusal {
  return REFUSALS.get(status) ?? OTHER_REFUSAL;
}

/**
 * How long the server asks to be left alone, in milliseconds; undefined where it does not say. The header holds seconds
 * or a date (RFC 9110, section 10.2.3).
 */
export function readRetryAfter(
  header: string | null,
  nowMs: number,
): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const waitMs = /^\s*\d+\s*$/.test(header)
    ? Number(header) * 1_000
    : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
}
