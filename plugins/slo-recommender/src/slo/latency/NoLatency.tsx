import { RiTimerLine } from '@remixicon/react';
import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-common';
import { Snippet, StateCard } from '../../ui';

/** Boundaries that leave few services without a threshold near what they do. */
const COLLECTOR_YAML = `connectors:
  spanmetrics:
    histogram:
      explicit:
        buckets: [5ms, 10ms, 25ms, 50ms, 75ms, 100ms, 150ms, 200ms, 300ms, 400ms, 500ms, 750ms, 1s, 1.5s, 2s, 3s, 5s, 10s]`;

/** Findings that keep latencies which are measured from an objective. */
const OBSTACLES = new Set([
  'no_measurable_threshold',
  'no_recent_latencies',
  'unusable_histogram',
]);

function NoHistogram() {
  return (
    <StateCard icon={<RiTimerLine />} title="No latencies are measured">
      <p>
        The latest analysis found no histogram of request durations for this
        entity, so that nothing can be said of how fast it is. An objective for
        latency needs one, such as <code>http.server.request.duration</code>{' '}
        from the OpenTelemetry instrumentation, or <code>duration</code> from
        the span metrics connector of the collector:
      </p>
      <Snippet label="collector configuration" code={COLLECTOR_YAML} />
      <p>
        The next analysis after it arrives shows it here; an objective follows
        once enough days are known.
      </p>
    </StateCard>
  );
}

/** A service without a latency objective: what stands in its way, or what would measure latencies where nobody does. */
export function NoLatency(props: {
  /** What was found in the telemetry of the service. */
  findings: DataQualityFinding[];
}) {
  const obstacles = props.findings.filter(({ code }) => OBSTACLES.has(code));
  if (obstacles.length === 0) return <NoHistogram />;
  return (
    <StateCard
      icon={<RiTimerLine />}
      title="Latencies are measured, but no objective can be told"
    >
      {obstacles.map(({ code, message, fix }) => (
        <div key={`${code} ${message}`}>
          <p>{message}</p>
          {fix && (
            <p>
              <strong>Fix:</strong> {fix}
            </p>
          )}
        </div>
      ))}
    </StateCard>
  );
}
