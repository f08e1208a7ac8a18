import * as contract from 'backstage-plugin-slo-recommender-common';
import * as engine from 'backstage-plugin-slo-recommender-engine';

/** True if each of the types can stand for the other. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** True if what the engine returns can be answered, or written, as it is. */
type Within<A, B> = [A] extends [B] ? true : false;

/** What the backend makes the answer's own of: instants, sentences and labels. */
type Rewritten = 'reasons' | 'promised' | 'calibration' | 'backtest';

/** What the answer has among its facts about data quality. */
type DataQuality = Extract<
  keyof engine.SliRecommendation,
  keyof contract.DataQuality
>;

type Copied = Exclude<keyof engine.SliRecommendation, Rewritten | DataQuality>;

/**
 * The contract's schemas and the engine's types are declared apart, so what both know is compared here: `true` does not
 * compile once they differ.
 * The engine's new field of a recommendation must stand in the contract too, or it would be answered without a schema.
 */
const same: {
  verdicts: Same<engine.Verdict, contract.Verdict>;
  evidenceLevels: Same<engine.EvidenceLevel, contract.EvidenceLevel>;
  tiers: Same<engine.Tiers, contract.Tiers>;
  curvePoints: Same<engine.CurvePoint, contract.CurvePoint>;
  calibrationStates: Same<
    engine.CalibrationSummary['state'],
    contract.CalibrationSummary['state']
  >;
  directions: Same<
    engine.ChangePoint['direction'],
    contract.ChangePoint['direction']
  >;
  frontierPoints: Same<engine.FrontierPoint, contract.FrontierPoint>;
  latencyIntervals: Same<engine.LatencyInterval, contract.LatencyInterval>;
  reliabilityBins: Same<engine.ReliabilityBin, contract.ReliabilityBin>;
  recommendations: Within<
    Pick<engine.SliRecommendation, Copied>,
    Pick<contract.Recommendation, Copied>
  >;
} = {
  verdicts: true,
  evidenceLevels: true,
  tiers: true,
  curvePoints: true,
  calibrationStates: true,
  directions: true,
  frontierPoints: true,
  latencyIntervals: true,
  reliabilityBins: true,
  recommendations: true,
};

describe('the vocabulary of engine and contract', () => {
  it('is the same', () => {
    expect(Object.values(same)).not.toContain(false);
    expect(engine.TIER_ATTAINMENT).toEqual(contract.TIER_ATTAINMENT);
  });
});
