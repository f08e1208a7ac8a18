import { useApi } from '@backstage/core-plugin-api';
import {
  type Verdict,
  verdictSchema,
} from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderApiRef } from '../api';
import { useResource } from '../data';
import { formatCount, verdictWords } from '../words';
import styles from './VerdictCounts.module.css';

/** How many services each verdict has. A tile narrows the table to its verdict, and lifts that again. */
export function VerdictCounts(props: {
  /** Names the analysis that the counts are of. */
  analysisId: string | undefined;
  picked: Verdict | undefined;
  onPick: (verdict: Verdict | undefined) => void;
}) {
  const { analysisId, picked, onPick } = props;
  const api = useApi(sloRecommenderApiRef);
  const counts = useResource(
    `counts ${analysisId}`,
    analysisId === undefined
      ? null
      : async () => (await api.getServices({ limit: 1 })).counts,
  );
  const { data } = counts;
  if (!data) return null;
  return (
    <ul className={styles.tiles} aria-label="Services by recommendation">
      {verdictSchema.options.map(verdict => (
        <li key={verdict}>
          <button
            type="button"
            className={styles.tile}
            aria-pressed={picked === verdict}
            onClick={() => onPick(picked === verdict ? undefined : verdict)}
          >
            <span className={styles.count}>{formatCount(data[verdict])}</span>
            <span className={styles.words}>{verdictWords[verdict]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
