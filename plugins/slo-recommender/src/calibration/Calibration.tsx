import { useApi } from '@backstage/core-plugin-api';
import { Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { RiHistoryLine, RiHourglassLine } from '@remixicon/react';
import {
  type FleetCalibrationResponse,
  type SliType,
  sliTypeSchema,
  type StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import { AnalyseButton, AnalysisProgress } from '../analysis';
import { sloRecommenderApiRef } from '../api';
import {
  useAnalysisFinished,
  usePages,
  useResource,
  useStatus,
  type Resource,
} from '../data';
import { Failure, Waiting, StateCard } from '../pieces';
import styles from './Calibration.module.css';
import { CalibrationLead } from './CalibrationLead';
import { CoveragePanel } from './CoveragePanel';
import { MonthsPanel } from './MonthsPanel';
import { ReliabilityPanel } from './ReliabilityPanel';
import { Scores } from './Scores';
import { SpreadPanel } from './SpreadPanel';

/** Why no past prediction can be compared with what happened: nothing analysed yet, or too little history. */
function NothingReplayed(props: {
  calibration: FleetCalibrationResponse;
  status: Resource<StatusResponse>;
}) {
  const { calibration, status } = props;
  if (calibration.asOf !== null) {
    return (
      <StateCard
        icon={<RiHistoryLine />}
        title="No past window can be replayed yet"
      >
        <p>{calibration.message}</p>
        <p>
          A window counts once it is over and enough was known before it began.
        </p>
      </StateCard>
    );
  }
  const active = status.data?.activeAnalysis;
  if (active) {
    return (
      <StateCard icon={<RiHourglassLine />} title="An analysis is at work">
        <p>
          It replays the past windows of every service. Until then no
          probability has been tested.
        </p>
        <AnalysisProgress analysis={active} />
      </StateCard>
    );
  }
  return (
    <StateCard
      icon={<RiHourglassLine />}
      title={
        status.data?.currentAnalysis
          ? 'No analysis has tested its predictions yet'
          : 'The fleet waits for its first analysis'
      }
    >
      <p>{calibration.message}</p>
      <AnalyseButton status={status} />
    </StateCard>
  );
}

const sliNames: Record<SliType, string> = {
  availability: 'Availability',
  latency: 'Latency',
};

function CalibrationView(props: {
  calibration: FleetCalibrationResponse;
  asOf: string;
  simulated: boolean;
}) {
  const { calibration, asOf, simulated } = props;
  return (
    <>
      <CalibrationLead
        calibration={calibration}
        asOf={asOf}
        simulated={simulated}
      />
      <Scores calibration={calibration} />
      <div className={styles.beside}>
        <ReliabilityPanel bins={calibration.reliability} />
        <SpreadPanel
          histogram={calibration.pitHistogram}
          windows={calibration.windows}
        />
      </div>
      <CoveragePanel coverage={calibration.coverage} />
      <MonthsPanel months={calibration.monthly} />
    </>
  );
}

/** How past recommendations fared: whether what was predicted with some probability happened that often. */
export function Calibration() {
  const api = useApi(sloRecommenderApiRef);
  const status = useStatus();
  const { parameters, ask } = usePages();
  const sliType =
    sliTypeSchema.safeParse(parameters.get('sliType')).data ?? 'availability';
  const { data, error, reload } = useResource(`calibration ${sliType}`, () =>
    api.getFleetCalibration({ sliType }),
  );
  useAnalysisFinished(status.data, reload);

  const content = () => {
    if (!data) return error ? null : <Waiting awaited="the calibration" />;
    if (data.asOf === null || data.windows === 0) {
      return <NothingReplayed calibration={data} status={status} />;
    }
    return (
      <CalibrationView
        calibration={data}
        asOf={data.asOf}
        simulated={
          status.data?.datasources.some(({ simulated }) => simulated) ?? false
        }
      />
    );
  };

  return (
    <section className={styles.view} aria-label="Calibration">
      <div className={styles.top}>
        <div>
          <Text as="h2" variant="title-small" className={styles.flat}>
            Do the probabilities hold?
          </Text>
          <Text as="p" variant="body-medium" className={styles.description}>
            Past windows of every service, replayed: each is predicted from what
            was known before it began, and compared with what then happened.
          </Text>
        </div>
        <ToggleButtonGroup
          aria-label="Kind of SLI"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[sliType]}
          onSelectionChange={keys =>
            ask({
              sliType: sliTypeSchema.options.find(option => keys.has(option)),
            })
          }
        >
          {sliTypeSchema.options.map(option => (
            <ToggleButton key={option} id={option}>
              {sliNames[option]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      {error && (
        <Failure
          title="The calibration could not be loaded"
          error={error}
          onRetry={reload}
        />
      )}
      {content()}
    </section>
  );
}
