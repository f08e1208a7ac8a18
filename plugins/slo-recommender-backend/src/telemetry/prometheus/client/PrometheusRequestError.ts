import { CustomErrorBase } from '@backstage/errors';

/**
 * What is wrong with an answer:
 *
 * - `too-much`: more was asked than the server computes, or we read; a smaller question may be answered.
 * - `busy`: the server has no time now, or not enough; a smaller question may be answered.
 * - `unsupported`: the server does not know the endpoint or a parameter of it.
 * - `failed`: anything else.
 */
export type PrometheusFailure = 'too-much' | 'busy' | 'unsupported' | 'failed';

/** A request that got no usable answer. The message names the datasource, what was asked, and the remedy. */
export class PrometheusRequestError extends CustomErrorBase {
  name = 'PrometheusRequestError';

  constructor(
    message: string,
    readonly failure: PrometheusFailure,
  ) {
    super(message);
  }
}
