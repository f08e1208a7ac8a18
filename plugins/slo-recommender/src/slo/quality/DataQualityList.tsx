import {
  RiAlertLine,
  RiCheckLine,
  RiFlaskLine,
  RiInformationLine,
} from '@remixicon/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { ENOUGH_COMPLETENESS } from '../../ui';
import {
  badName,
  formatCompactCount,
  formatKnownWindow,
  formatQuantity,
  formatRatio,
} from '../../words';
import styles from './DataQualityList.module.css';

interface Line {
  tone: 'good' | 'attention' | 'plain';
  text: string;
  icon?: ReactElement;
}

const icons: Record<Line['tone'], ReactElement> = {
  good: <RiCheckLine />,
  attention: <RiAlertLine />,
  plain: <RiInformationLine />,
};

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
  const lines: (Line | false)[] = [
    ...reasons.map(({ message }) => ({
      tone: 'attention' as const,
      text: message,
    })),
    {
      tone: completeness >= ENOUGH_COMPLETENESS ? 'good' : 'attention',
      text: completenessText,
    },
    requests === null
      ? {
          tone: 'attention',
          text: `Requests over the last ${span} are unknown`,
        }
      : {
          tone: 'plain',
          text: `${formatCompactCount(requests)} requests over the last ${span}`,
        },
    Boolean(source) && {
      tone: 'plain',
      text: `Counted by ${source}${evidence ? ` from ${evidence}` : ''}`,
    },
    Boolean(failureDefinition) && {
      tone: 'plain',
      text: `What counts as ${badName(sliType)}: ${failureDefinition}`,
    },
    simulated && {
      tone: 'plain',
      text: 'Simulated: made up to show the product, not measured',
      icon: <RiFlaskLine />,
    },
  ];
  return lines.filter(line => line !== false);
}

/** What the numbers rest on, and what to fix first. */
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
              {icon ?? icons[tone]}
            </span>
            {text}
          </li>
        ),
      )}
    </ul>
  );
}
