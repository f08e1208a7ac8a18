import type { SloRecommenderApi } from 'backstage-plugin-slo-recommender-common';
import { formatInstant } from '../words';

/**
 * How an analysis ended, in a sentence; undefined while it has not.
 *
 * @param asOfBefore - instant that was shown when it was asked for; null before the first analysis
 */
export async function analysisOutcome(
  api: SloRecommenderApi,
  id: string,
  asOfBefore: string | null,
): Promise<string | undefined> {
  const { status, error, asOf } = await api.getAnalysis(id);
  if (status === 'failed') {
    return `The analysis failed: ${error ?? 'no reason is known'}`;
  }
  if (status !== 'completed') return undefined;
  // telemetry can end before the instant that was asked for; readers are shown where it ends
  const { currentAnalysis } = await api.getStatus();
  const shown = currentAnalysis?.asOf ?? asOf;
  const words = `Analysed, as of ${formatInstant(shown)}`;
  return shown === asOfBefore ? `${words}: nothing newer.` : `${words}.`;
}
