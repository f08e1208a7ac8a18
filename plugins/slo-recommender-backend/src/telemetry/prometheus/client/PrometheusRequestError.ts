import { CustomErrorBase } from '@backstage/errors';

/**
 * What is wrong with an answer:
 *
 * - `too-much`: more was asked than the server computes, or we read; a smaller question may be answered.
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
