import { RiTimer2Line } from '@remixicon/react';
import type {
  StatusResponse,
  BackfillProgress as Backfill,
} from 'backstage-plugin-slo-recommender-common';
import { Fact, FactList } from '../ui';
import {
  formatShare,
  formatCompactCount,
  formatCount,
  formatMinutes,
} from '../words';
import styles from './AnalysisProgress.module.css';

/** How much of the history is fetched already, and how long the rest takes. */
function BackfillProgress(props: { backfill: Backfill }) {
  const {
    services,
    servicesDone,
    serviceHours,
    serviceHoursDone,
    secondsLeft,
  } = props.backfill;
  return (
    <FactList label="Fetching of the history">
      <Fact>
        {formatCount(servicesDone)} of {formatCount(services)} services done
      </Fact>
      <Fact>
        {formatCompactCount(serviceHoursDone)} of{' '}
        {formatCompactCount(serviceHours)} service hours fetched
      </Fact>
      <Fact icon={<RiTimer2Line />}>
        {secondsLeft === null
          ? 'time left unknown yet'
          : `about ${formatMinutes(secondsLeft / 60)} left`}
      </Fact>
    </FactList>
  );
}

type ActiveAnalysis = NonNullable<StatusResponse['activeAnalysis']>;

/** How far an analysis is and what it is doing. */
export function AnalysisProgress(props: { analysis: ActiveAnalysis }) {
  const { status, progress, phase, backfill } = props.analysis;
  const words =
    status === 'queued'
      ? 'An analysis is waiting for its turn.'
      : `Analysis at work: ${phase}, ${formatShare(progress)}`;
  return (
    <div className={styles.progress}>
      <span role="status">{words}</span>
      <progress
        className={styles.bar}
        aria-label="Progress of the analysis"
        max={1}
        value={progress}
      />
      {backfill && <BackfillProgress backfill={backfill} />}
    </div>
  );
}
