import { CustomErrorBase } from '@backstage/errors';

/**
 * What is wrong with an answer:
 *
 * - `too-much`: more was asked than the server computes, or we read; a smaller question may be answered.
 * - `range-too-long`: the question spans more time than the server allows; a shorter one may be answered.
 * - `busy`: the server has no time now; later, or for a smaller question, it may have.
 * - `throttled`: the server has had enough questions for now.
 * - `timed-out`: no answer in time; a smaller question may be answered.
 * - `interrupted`: the connection broke, or only a part of the answer arrived; another attempt may do.
 * - `unsupported`: the server does not know the endpoint or a parameter of it.
 * - `paused`: the server was not asked, as it has failed too often.
 * - `failed`: anything else.
 */
export type PrometheusFailure =
  | 'too-much'
  | 'range-too-long'
  | 'busy'
  | 'throttled'
  | 'timed-out'
  | 'interrupted'
  | 'unsupported'
  | 'paused'
  | 'failed';

/** A request that got no usable answer. The message names the datasource, what was asked, and the remedy. */
export class PrometheusRequestError extends CustomErrorBase {
  name = 'PrometheusRequestError';

  constructor(
    message: string,
    readonly failure: PrometheusFailure,
    /** How long the server asks to be left alone, in milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/**
 * The answer; undefined if the server failed to give it in a way that is expected. Everything else is thrown, the reason
 * of the signal too: that may be the failure of a sibling, which says nothing of this question.
 */
export async function answerIfPossible<T>(
  ask: () => Promise<T>,
  signal: AbortSignal | undefined,
  isExpected = (failure: PrometheusFailure) => failure !== 'paused',
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof PrometheusRequestError && isExpected(error.failure)) {
      return undefined;
    }
    throw error;
  }
}

/** What to do about a failure. */
interface Reaction {
  /** How often the same question is asked in all. */
  attempts: number;
  /** How often the question may be halved after that. */
  halvings: number;
  /** How much the failure counts toward leaving the server alone; 0 where it shows that the server works. */
  strikes: number;
}

/** A server without time gets worse with every question; one with a limit says so at once. */
export const REACTIONS: Record<PrometheusFailure, Reaction> = {
  'too-much': { attempts: 1, halvings: 6, strikes: 0 },
  'range-too-long': { attempts: 1, halvings: 10, strikes: 0 },
  busy: { attempts: 5, halvings: 1, strikes: 1 },
  throttled: { attempts: 5, halvings: 0, strikes: 0 },
  'timed-out': { attempts: 2, halvings: 1, strikes: 3 },
  interrupted: { attempts: 5, halvings: 1, strikes: 1 },
  unsupported: { attempts: 1, halvings: 0, strikes: 0 },
  paused: { attempts: 1, halvings: 0, strikes: 0 },
  failed: { attempts: 1, halvings: 0, strikes: 1 },
};

/** What a status code of HTTP means for the one who asked, and what helps. */
interface Refusal {
  remedy: string;
  failure: PrometheusFailure;
}

const OTHER_REFUSAL: Refusal = {
  remedy: "look at the server's log",
  failure: 'failed',
};

const TOO_LONG: Refusal = {
  remedy: "raise the server's limit for the length of requests",
  failure: 'too-much',
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
  [413, TOO_LONG],
  [414, TOO_LONG],
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
  [431, TOO_LONG],
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

/** How servers word a limit that they tell with HTTP 400, which they give for mistakes, too. */
const LIMIT = /\bexceed|\btoo (?:long|large|big|many)\b|\bmax(?:imum)?[-_ ]/i;
const MISTAKE = /\bparse error\b/i;

/** Limits on something else than the time that a question spans. */
const LIMIT_OF_SIZE =
  /\b(?:bytes?|characters|chunks|expression|samples|series|size)\b/i;
const RESOLUTION = /\bmaximum resolution\b/i;

/** @param words - what the server says of it. */
export function refusalOf(status: number, words: string): Refusal {
  if (status === 400 && LIMIT.test(words) && !MISTAKE.test(words)) {
    const isOfSize = LIMIT_OF_SIZE.test(words) && !RESOLUTION.test(words);
    return {
      remedy: "raise the server's limits for queries",
      failure: isOfSize ? 'too-much' : 'range-too-long',
    };
  }
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
