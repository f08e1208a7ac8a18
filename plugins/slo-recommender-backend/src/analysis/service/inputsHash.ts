import { createHash } from 'crypto';
import type { ServiceEvidence } from './studyService';

/** SHA-256, in hexadecimal, over everything that a study rests on: the same inputs give the same hash anywhere. */
export function inputsHash(input: ServiceEvidence): string {
  const { service, series, latencies } = input;
  const hash = createHash('sha256').update(
    JSON.stringify([
      service.entityRef,
      service.promisedObjective,
      service.promisedLatency,
      input.asOf.toISOString(),
      input.windowMs,
      input.exclusions.map(({ fromMs, toMs }) => [fromMs, toMs]),
      input.exclusionCap,
      input.events.map(({ atMs, title, type }) => [atMs, title, type]),
      input.notices,
      input.latencyNotices,
      input.findings,
      series.startMs,
      latencies && [...latencies.boundsSeconds],
    ]),
  );
  for (const counts of [
    series.total,
    series.bad,
    ...(latencies?.counts ?? []),
  ]) {
    hash.update(counts);
  }
  return hash.digest('hex');
}
