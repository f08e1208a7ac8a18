import { useApi } from '@backstage/core-plugin-api';
import { Text } from '@backstage/ui';
import { RiHistoryLine } from '@remixicon/react';
import {
  type FleetCalibrationResponse,
  type SliType,
  sliTypeSchema,
  type StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderApiRef } from '../api';
import {
  useAnalysisFinished,
  usePages,
  useResource,
  useStatus,
  type Resource,
} from '../data';
import { Choice, LoadFailure, StateCard, Waiting } from '../ui';
import { AwaitsAnalysis } from '../service';
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
  return (
    <AwaitsAnalysis
      status={status}
      atWork={{
        title: 'An analysis is at work',
        words:
          'It replays the past windows of every service. Until then no probability has been tested.',
      }}
      waiting={{
        title: status.data?.currentAnalysis
          ? 'No analysis has tested its predictions yet'
          : 'The fleet waits for its first analysis',
        words: calibration.message,
      }}
    />
  );
}

const sliTypes: { id: SliType; words: string }[] = [
  { id: 'availability', words: 'Availability' },
  { id: 'latency', words: 'Latency' },
];

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
  const answer = useResource(`calibration ${sliType}`, () =>
    api.getFleetCalibration({ sliType }),
  );
  const { data, error } = answer;
  useAnalysisFinished(status.data, answer.reload);

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
        <Choice
          label="Kind of SLI"
          options={sliTypes}
          value={sliType}
          onChange={picked => ask({ sliType: picked })}
        />
      </div>
      <LoadFailure awaited="the calibration" answer={answer} />
      {content()}
    </section>
  );
}
