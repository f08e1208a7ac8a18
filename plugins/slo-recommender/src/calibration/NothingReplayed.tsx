import { RiHistoryLine, RiHourglassLine } from '@remixicon/react';
import type {
  FleetCalibrationResponse,
  StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import { AnalyseButton, AnalysisProgress } from '../analysis';
import type { Resource } from '../data';
import { StateCard } from '../pieces';

/** Why no past prediction can be compared with what happened: nothing analysed yet, or too little history. */
export function NothingReplayed(props: {
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
