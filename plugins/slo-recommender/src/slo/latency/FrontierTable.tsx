import { RiCheckLine } from '@remixicon/react';
import type { FrontierPoint } from 'backstage-plugin-slo-recommender-common';
import { formatProbability, formatRatio, formatSeconds } from '../../words';
import styles from './FrontierTable.module.css';

/** The frontier in rows, fastest threshold first. */
export function FrontierTable(props: { frontier: FrontierPoint[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Faster than</th>
          <th scope="col">Achieved</th>
          <th scope="col">Objective</th>
          <th scope="col">Kept with</th>
        </tr>
      </thead>
      <tbody>
        {props.frontier.map(point => {
          const { thresholdSeconds, achieved, recommended } = point;
          return (
            <tr
              key={thresholdSeconds}
              className={recommended ? styles.recommended : undefined}
            >
              <th scope="row">
                {formatSeconds(thresholdSeconds)}
                {recommended && (
                  <span className={styles.sign}>
                    <RiCheckLine aria-hidden="true" /> recommended
                  </span>
                )}
              </th>
              <td>{achieved === null ? '–' : formatRatio(achieved)}</td>
              <td>
                {point.objective === null
                  ? 'none'
                  : formatRatio(point.objective)}
              </td>
              <td>
                {point.attainment === null
                  ? '–'
                  : formatProbability(point.attainment)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
