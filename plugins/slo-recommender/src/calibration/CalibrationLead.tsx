import {
  type Coverage,
  type FleetCalibrationResponse,
  TIER_ATTAINMENT,
} from 'backstage-plugin-slo-recommender-common';
import {
  AsOfFact,
  Fact,
  FactList,
  Figure,
  Lead,
  Quantity,
  SimulatedFact,
  stateIcon,
  type Tone,
} from '../ui';
import {
  coverageState,
  formatCount,
  formatQuantity,
  formatRatio,
} from '../words';

/** At which the coverage of the fleet is given. */
const BALANCED = TIER_ATTAINMENT.balanced;

function stateOf(
  { state, windows }: FleetCalibrationResponse,
  level: Coverage['levels'][number] | undefined,
): { tone: Tone; words: string } {
  if (state === 'uncalibrated') return { tone: 'warning', words: state };
  return level && coverageState(level, windows) !== 'within'
    ? {
        tone: 'neutral',
        words: 'calibrated, hardly tested: too few windows to tell from chance',
      }
    : { tone: 'positive', words: state };
}

/** In a sentence, whether what was predicted came true; below it what that rests on. */
export function CalibrationLead(props: {
  calibration: FleetCalibrationResponse;
  asOf: string;
  simulated: boolean;
}) {
  const { calibration, asOf, simulated } = props;
  const { state, message, windows, services, coverage } = calibration;
  const fleet: Coverage | undefined = coverage[0];
  const level = fleet?.levels.find(({ nominal }) => nominal === BALANCED);
  const { tone, words } = stateOf(calibration, level);
  return (
    <Lead
      sentence={
        <>
          {state === 'uncalibrated' && (
            <>
              <Figure>Not calibrated:</Figure> {message}{' '}
            </>
          )}
          {level ? (
            <>
              Of{' '}
              <Quantity>
                {formatQuantity(fleet.windows, 'past window')}
              </Quantity>{' '}
              predicted to keep with{' '}
              <Quantity>{formatRatio(BALANCED)}</Quantity>,{' '}
              <Figure>{formatRatio(level.observed)}</Figure> did.
            </>
          ) : (
            state === 'calibrated' && message
          )}
        </>
      }
    >
      <FactList label="Basis of the calibration">
        <Fact tone={tone} icon={stateIcon(tone)}>
          {words}
        </Fact>
        <Fact>
          {formatCount(windows)} windows of{' '}
          {formatQuantity(services, 'service')}
        </Fact>
        {level && (
          <Fact>
            90&nbsp;% certain between {formatRatio(level.interval.from)} and{' '}
            {formatRatio(level.interval.to)}
          </Fact>
        )}
        {simulated && <SimulatedFact />}
        <AsOfFact asOf={asOf} />
      </FactList>
    </Lead>
  );
}
