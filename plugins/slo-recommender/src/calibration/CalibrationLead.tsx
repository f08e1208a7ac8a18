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
} from '../pieces';
import {
  coverageState,
  formatCount,
  formatQuantity,
  formatRatio,
} from '../words';

/** At which the coverage of the fleet is given. */
const BALANCED = TIER_ATTAINMENT.balanced;

function levelOf(coverage: Coverage | undefined, nominal: number) {
  return coverage?.levels.find(level => level.nominal === nominal);
}

function StateFact(props: {
  state: FleetCalibrationResponse['state'];
  level: Coverage['levels'][number] | undefined;
  windows: number;
}) {
  const { state, level, windows } = props;
  if (state === 'uncalibrated') {
    return (
      <Fact tone="warning" icon={stateIcon('warning')}>
        uncalibrated
      </Fact>
    );
  }
  if (level && coverageState(level, windows) !== 'within') {
    return (
      <Fact tone="neutral" icon={stateIcon('neutral')}>
        calibrated, hardly tested: too few windows to tell from chance
      </Fact>
    );
  }
  return (
    <Fact tone="positive" icon={stateIcon('positive')}>
      calibrated
    </Fact>
  );
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
  const level = levelOf(fleet, BALANCED);
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
        <StateFact state={state} level={level} windows={windows} />
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
