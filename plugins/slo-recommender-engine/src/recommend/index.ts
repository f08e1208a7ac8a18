export { attainmentCurve, isSupported, type CurvePoint } from './curve';
export {
  pickTiers,
  TIER_ATTAINMENT,
  type Tier,
  type TierName,
  type Tiers,
} from './tiers';
export {
  recommendAvailability,
  type AvailabilityInput,
  type AvailabilityRecommendation,
} from './recommendAvailability';
