import {
  RiAlertLine,
  RiCheckLine,
  RiFlaskLine,
  RiInformationLine,
} from '@remixicon/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { ENOUGH_COMPLETENESS } from '../../pieces';
import {
  badName,
  formatCompactCount,
  formatKnownWindow,
  formatQuantity,
  formatRatio,
} from '../../words';
import styles from './DataQualityList.module.css';

interface Line {
  icon: ReactElement;
  tone: 'good' | 'attention' | 'plain';
  text: string;
}

const good = (text: string): Line => ({
  icon: <RiCheckLine />,
  tone: 'good',
  text,
});
const attention = (text: string): Line => ({
  icon: <RiAlertLine />,
  tone: 'attention',
  text,
});
const plain = (text: string): Line => ({
  icon: <RiInformationLine />,
  tone: 'plain',
  text,
});

function qualityLines(recommendation: Recommendation, window: string): Line[] {
  const { sliType, dataQuality, requests, reasons } = recommendation;
  const {
    completeness,
    historyDays,
    source,
    evidence,
    failureDefinition,
    simulated,
  } = dataQuality;
  const completenessText = `${formatRatio(completeness)} of the hours in ${formatQuantity(
    Math.floor(historyDays),
    'day',
  )} of history are known`;
  const span = formatKnownWindow(window, historyDays);
  return [
    ...reasons.map(reason => attention(reason.message)),
    completeness >= ENOUGH_COMPLETENESS
      ? good(completenessText)
      : attention(completenessText),
    requests === null
      ? attention(`Requests over the last ${span} are unknown`)
      : plain(`${formatCompactCount(requests)} requests over the last ${span}`),
    ...(source
      ? [plain(`Counted by ${source}${evidence ? ` from ${evidence}` : ''}`)]
      : []),
    ...(failureDefinition
      ? [plain(`What counts as ${badName(sliType)}: ${failureDefinition}`)]
      : []),
    ...(simulated
      ? [
          {
            icon: <RiFlaskLine />,
            tone: 'plain' as const,
            text: 'Simulated: made up to show the product, not measured',
          },
        ]
      : []),
  ];
}

/** What the numbers rest on, and what to mend first. */
export function DataQualityList(props: {
  recommendation: Recommendation;
  window: string;
}) {
  return (
    <ul className={styles.list}>
      {qualityLines(props.recommendation, props.window).map(
        ({ icon, tone, text }) => (
          <li key={text} className={`${styles.line} ${styles[tone]}`}>
            <span aria-hidden="true" className={styles.icon}>
              {icon}
            </span>
            {text}
          </li>
        ),
      )}
    </ul>
  );
}
