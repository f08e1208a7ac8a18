import { PrometheusRequestError } from '../client';

/**
 * Some kin of Prometheus do not support questions about labels, or limit their range: undefined then, so that nothing
 * is ruled out. Other errors are thrown.
 */
export async function answerUnlessUnsupported<T>(
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (
      error instanceof PrometheusRequestError &&
      (error.failure === 'unsupported' || error.failure === 'too-much')
    ) {
      return undefined;
    }
    throw error;
  }
}
