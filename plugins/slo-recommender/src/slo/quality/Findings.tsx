import {
  RiAlertLine,
  RiCloseCircleLine,
  RiInformationLine,
} from '@remixicon/react';
import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { Fact, Snippet, type Tone } from '../../ui';
import styles from './Findings.module.css';

type Severity = DataQualityFinding['severity'];

const severities: Record<
  Severity,
  { rank: number; tone: Tone; icon: ReactElement; words: string }
> = {
  error: {
    rank: 0,
    tone: 'negative',
    icon: <RiCloseCircleLine />,
    words: 'cannot be believed',
  },
  warning: {
    rank: 1,
    tone: 'warning',
    icon: <RiAlertLine />,
    words: 'biased or incomplete',
  },
  info: {
    rank: 2,
    tone: 'info',
    icon: <RiInformationLine />,
    words: 'good to know',
  },
};

/** What was found in the telemetry, the gravest first, and how to fix it. */
export function Findings(props: { findings: DataQualityFinding[] }) {
  const findings = [...props.findings].sort(
    (a, b) => severities[a.severity].rank - severities[b.severity].rank,
  );
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings} aria-label="Found in the telemetry">
      {findings.map(({ code, severity, message, fix, snippet, gain }) => {
        const { tone, icon, words } = severities[severity];
        return (
          <li key={`${code} ${message}`} className={styles.finding}>
            <Fact tone={tone} icon={icon}>
              {words}
            </Fact>
            <p className={styles.message}>{message}</p>
            {fix && (
              <p className={styles.text}>
                <strong>Fix:</strong> {fix}
              </p>
            )}
            {snippet && (
              <div className={styles.snippet}>
                <p className={styles.text}>{snippet.title}</p>
                <Snippet label={snippet.title} code={snippet.text} />
              </div>
            )}
            {gain && (
              <p className={styles.text}>
                <strong>What it gains:</strong> {gain}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
