import { Alert } from '@backstage/ui';
import type {
  LatencyProfile,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { Panel, Snippet } from '../../ui';
import {
  formatKnownWindow,
  formatLatencyInWords,
  formatRatio,
  formatSeconds,
} from '../../words';
import layout from '../layout.module.css';
import { boundariesWith } from './boundaries';
import { FrontierPanel } from './FrontierPanel';
import styles from './latency.module.css';

/** `p99`, `p99.9` */
const quantileName = (quantile: number) =>
  `p${formatRatio(quantile).replace(/\s%$/, '')}`;

/** How fast requests are, as exactly as the histogram can say, and what it cannot say. */
export function LatencyFacts(props: { profile: LatencyProfile }) {
  const { quantiles, bimodal, bucketAdvice, histogram } = props.profile;
  return (
    <Panel
      title="How fast requests are"
      description="Known to lie between two boundaries of the histogram: more it cannot say"
    >
      <div className={styles.content}>
        <dl className={styles.quantiles}>
          {quantiles.map(({ quantile, interval }) => (
            <div key={quantile} className={styles.quantile}>
              <dt className={styles.name}>{quantileName(quantile)}</dt>
              <dd className={styles.value}>{formatLatencyInWords(interval)}</dd>
            </div>
          ))}
        </dl>
        {bimodal && (
          <Alert
            role="note"
            status="info"
            icon
            title="Two kinds of requests"
            description={bimodal.message}
          />
        )}
        {bucketAdvice && (
          <>
            <Alert
              role="note"
              status="warning"
              icon
              title="Boundaries are missing"
              description={bucketAdvice.message}
            />
            <p className={styles.text}>
              Boundaries in seconds, with{' '}
              {bucketAdvice.addSeconds.map(formatSeconds).join(', ')} added:
            </p>
            <Snippet
              label="boundaries in seconds"
              code={boundariesWith(histogram, bucketAdvice)}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

/** What is known of latencies: what can be promised at each threshold, and how fast requests are. Nothing if nothing is. */
export function LatencySection(props: {
  recommendation: Recommendation;
  window: string;
}) {
  const { latency, promised, dataQuality } = props.recommendation;
  if (!latency) return null;
  return (
    <div className={layout.beside}>
      <FrontierPanel
        profile={latency}
        promised={promised}
        span={formatKnownWindow(props.window, dataQuality.historyDays)}
      />
      <LatencyFacts profile={latency} />
    </div>
  );
}
