import type { ExclusionEffect } from 'backstage-plugin-slo-recommender-common';
import {
  formatAdjoiningWindow,
  formatQuantity,
  formatRatio,
  formatShare,
} from '../../words';
import styles from './HistoryWords.module.css';

const ratioWords = (ratio: number | null) =>
  ratio === null ? 'unknown' : formatRatio(ratio);
const objectiveWords = (ratio: number | null) =>
  ratio === null ? 'none' : formatRatio(ratio);

/** What leaving hours out does to what was achieved and to what is recommended: always both numbers. */
export function ExclusionWords(props: {
  effect: ExclusionEffect;
  window: string;
}) {
  const { effect, window } = props;
  return (
    <div className={styles.block}>
      <h3 className={styles.title}>Hours left out</h3>
      <p className={styles.text}>
        {formatShare(effect.excludedShare)} of the hours of the last{' '}
        {formatAdjoiningWindow(window)} are left out; at most{' '}
        {formatShare(effect.cap)} may be.
        {effect.hoursOverCap > 0 &&
          ` ${formatQuantity(
            effect.hoursOverCap,
            'further hour',
          )} asked to be left out ${
            effect.hoursOverCap === 1 ? 'counts' : 'count'
          } all the same, as that is reached.`}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">without those hours</th>
            <th scope="col">with all hours</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Achieved</th>
            <td>{ratioWords(effect.achievedWithExclusions)}</td>
            <td>{ratioWords(effect.achievedWithoutExclusions)}</td>
          </tr>
          <tr>
            <th scope="row">Balanced objective</th>
            <td>{objectiveWords(effect.objectiveWithExclusions)}</td>
            <td>{objectiveWords(effect.objectiveWithoutExclusions)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
