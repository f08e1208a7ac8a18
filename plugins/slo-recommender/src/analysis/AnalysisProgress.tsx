import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { formatShare } from '../words';
import { BackfillProgress } from './BackfillProgress';
import styles from './AnalysisProgress.module.css';

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
