import {
  formatProbability,
  formatRatio,
} from 'backstage-plugin-slo-recommender-common';
import { Panel } from '../pieces';
import {
  formatAdjoiningWindow,
  formatCount,
  formatMinutes,
  formatWindow,
  wholeRequests,
} from '../words';
import type { RungMeaning } from './rung';
import styles from './RungPanel.module.css';

function keptWords(kept: boolean | null): string {
  if (kept === null) return 'unknown';
  return kept ? 'yes' : 'no';
}

/** What promising the picked objective would mean. */
export function RungPanel(props: {
  rung: RungMeaning;
  /** Measured availability of the last window, a fraction. */
  achieved: number | null;
  window: string;
}) {
  const { rung, achieved, window } = props;
  const adjoining = formatAdjoiningWindow(window);
  const rows: [name: string, value: string][] = [
    [`Probability kept, next ${adjoining}`, formatProbability(rung.attainment)],
    ['Budget of full outage', formatMinutes(rung.budgetMinutes)],
    [
      'Budget of failed requests',
      rung.budgetRequests === null
        ? 'unknown'
        : formatCount(wholeRequests(rung.budgetRequests)),
    ],
    [
      `Achieved, last ${adjoining}`,
      achieved === null ? 'unknown' : formatRatio(achieved),
    ],
    [`Kept over the last ${adjoining}`, keptWords(rung.keptLastWindow)],
    ['Enough requests seen to offer it', rung.supported ? 'yes' : 'no'],
  ];
  return (
    <Panel
      title={<span aria-live="polite">At {formatRatio(rung.objective)}</span>}
      description={`What this promise would mean over ${formatWindow(window)}`}
    >
      <dl className={styles.rows}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.row}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
