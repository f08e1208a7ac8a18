import type { JsonObject } from '@backstage/types';
import type {
  DataQualityFinding,
  HourlyCounts,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { createSource } from '../../testing/createSource';
import type { RecordedSeries } from '../../__testUtils__/openMetrics';
import { PROMETHEUS } from '../../__testUtils__/recordedServers';
import { LAST_DAY, TRAP_RECORDING } from './trapRecording';

export interface RecordedSource {
  source: TelemetrySource;
  /** Another source of the same data, configured otherwise. */
  configured(more: JsonObject): TelemetrySource;
  stop(): Promise<void>;
}

/** A server that holds a recording, {@link TRAP_RECORDING} by default. */
export async function startRecordedSource(
  recording: readonly RecordedSeries[] = TRAP_RECORDING,
  kind = PROMETHEUS,
): Promise<RecordedSource> {
  const server = await kind.start(recording);
  const configured = (more: JsonObject) => createSource(server.url, more);
  return { source: configured({}), configured, stop: server.stop };
}

/** What a source says of one service on the last day. */
export async function lastDayOf(
  source: TelemetrySource,
  ...telemetryNames: string[]
): Promise<{
  counts: HourlyCounts | undefined;
  total: number;
  bad: number;
  unknown: number;
  findings: DataQualityFinding[];
  codes: string[];
}> {
  const entityRef = 'component:default/asked';
  const answer = await source.fetchHourlyCounts(
    [{ entityRef, telemetryNames }],
    LAST_DAY,
  );
  const counts = answer.counts.get(entityRef);
  const findings = answer.findings.get(entityRef) ?? [];
  const sum = (values: Float64Array | undefined) =>
    [...(values ?? [])].reduce((all, value) => all + value, 0);
  return {
    counts,
    total: sum(counts?.total),
    bad: sum(counts?.bad),
    unknown: sum(counts?.unknown),
    findings,
    codes: findings.map(({ code }) => code),
  };
}
