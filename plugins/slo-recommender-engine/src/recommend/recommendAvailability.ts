import { studySli, type SliInput } from '../study';
import { recommendSli, type SliRecommendation } from './recommendSli';

/**
 * Recommends an objective from the counts of one service alone, without a fleet to calibrate on: what the next window
 * will probably keep, in three tiers, or why nothing can be said. Throws as `studySli` does.
 */
export function recommendAvailability(input: SliInput): SliRecommendation {
  return recommendSli(studySli(input));
}
