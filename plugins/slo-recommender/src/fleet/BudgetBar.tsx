import { formatRemaining } from '../words';
import styles from './BudgetBar.module.css';

/** Share left below which a budget is worth watching. */
const LOW = 0.25;

/** What is left of an error budget, as a bar with its words. */
export function BudgetBar(props: { remaining: number | null }) {
  const { remaining } = props;
  if (remaining === null) return <span aria-label="unknown">–</span>;
  const width = Math.min(1, Math.max(0, remaining)) * 100;
  const tone = remaining < LOW ? styles.low : styles.enough;
  return (
    <div className={styles.budget}>
      <div
        className={`${styles.track} ${remaining <= 0 ? styles.gone : tone}`}
        aria-hidden="true"
      >
        <div className={styles.fill} style={{ width: `${width}%` }} />
      </div>
      <span className={styles.words}>{formatRemaining(remaining)}</span>
    </div>
  );
}
