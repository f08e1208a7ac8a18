import type {
  DependencyEdge,
  EdgeLatency,
  EdgeProvenance,
} from 'backstage-plugin-slo-recommender-common';
import {
  Definition,
  Definitions,
  Fact,
  FactList,
  failureTone,
  STALE_ICON,
  stateIcon,
} from '../ui';
import {
  claimWords,
  formatAge,
  formatCallRate,
  formatCallsPerRequest,
  formatFailureRatio,
  formatInstant,
  formatLatencyInterval,
  formatProbabilityInWords,
  kindWords,
  strengthWords,
  formatCount,
  formatDay,
  formatQuantity,
  originWords,
} from '../words';
import styles from './EdgeFacts.module.css';

function sightings(source: EdgeProvenance): string {
  const { firstSeenAt, lastSeenAt, reports } = source;
  const told = `told of it ${formatQuantity(reports, 'time')}`;
  if (!lastSeenAt) return told;
  const last = `last ${formatAge(lastSeenAt)}`;
  return firstSeenAt
    ? `${told}, first on ${formatDay(firstSeenAt)}, ${last}`
    : `${told}, ${last}`;
}

function counts(source: EdgeProvenance): string | null {
  const { calls, failedCalls } = source;
  if (calls === null) return null;
  return failedCalls === null
    ? `${formatCount(calls)} calls counted`
    : `${formatCount(calls)} calls counted, ${formatCount(
        failedCalls,
      )} of them failed`;
}

/** Which sources know a call, since when, and what they say of it. */
function Provenance(props: { sources: EdgeProvenance[] }) {
  return (
    <div>
      <h4 className={styles.title}>Sources</h4>
      <ul className={styles.sources}>
        {props.sources.map(source => (
          <li key={source.origin}>
            <strong className={styles.origin}>
              {originWords(source.origin)}
            </strong>
            <span>{sightings(source)}</span>
            {counts(source) && <span>{counts(source)}</span>}
            {Object.entries(source.attributes).map(([name, value]) => (
              <code key={name} className={styles.attribute}>
                {name}: {value}
              </code>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Latency(props: { latency: EdgeLatency }) {
  const { p50, p95, p99, side } = props.latency;
  return (
    <>
      <div>half {formatLatencyInterval(p50)}</div>
      <div>95&nbsp;% {formatLatencyInterval(p95)}</div>
      <div>99&nbsp;% {formatLatencyInterval(p99)}</div>
      <div>measured by the {side === 'client' ? 'caller' : 'callee'}</div>
    </>
  );
}

const seen = (instant: string) =>
  `${formatInstant(instant)}, ${formatAge(instant)}`;

/** What is known of a call, and from whom. */
export function EdgeFacts(props: { edge: DependencyEdge }) {
  const { edge } = props;
  const { callsPerSecond, callsPerRequest, failureRatio, latency } = edge;
  const tone = failureTone(failureRatio);
  const callsEach =
    callsPerRequest === null ? null : formatCallsPerRequest(callsPerRequest);
  return (
    <>
      {(edge.stale || tone !== 'neutral') && (
        <FactList label="State of the call">
          {tone !== 'neutral' && failureRatio !== null && (
            <Fact tone={tone} icon={stateIcon(tone)}>
              {formatFailureRatio(failureRatio)} of the calls fail
            </Fact>
          )}
          {edge.stale && (
            <Fact tone="warning" icon={STALE_ICON}>
              not seen for long
            </Fact>
          )}
        </FactList>
      )}
      <Definitions>
        <Definition term="Known">{claimWords(edge)}</Definition>
        <Definition term="Traffic">
          {callsPerSecond === null ? 'unknown' : formatCallRate(callsPerSecond)}
        </Definition>
        {callsEach !== null && (
          <Definition term="Per request">
            {callsEach} {callsEach === '1' ? 'call' : 'calls'} for each request
            that the caller serves, retries included
          </Definition>
        )}
        <Definition term="Failing">
          {failureRatio === null
            ? 'unknown'
            : `${formatFailureRatio(failureRatio)}, as the caller sees it`}
        </Definition>
        <Definition term="Latency">
          {latency ? <Latency latency={latency} /> : 'unknown'}
        </Definition>
        <Definition term="Kind">{kindWords[edge.kind]}</Definition>
        <Definition term="Strength">{strengthWords[edge.strength]}</Definition>
        {edge.firstSeenAt && (
          <Definition term="First seen">{seen(edge.firstSeenAt)}</Definition>
        )}
        {edge.lastSeenAt && (
          <Definition term="Last seen">{seen(edge.lastSeenAt)}</Definition>
        )}
        <Definition term="Confidence">
          {formatProbabilityInWords(edge.confidence)} that it exists
        </Definition>
      </Definitions>
      <Provenance sources={edge.provenance} />
    </>
  );
}
