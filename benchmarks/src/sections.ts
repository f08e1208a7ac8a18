import { accuracySection } from './accuracy';
import { analysisSection } from './analysis';
import { backfillSection } from './backfill';
import { changesSection } from './changePoints';
import { graphSection } from './graph';
import { ingestSection } from './ingest';
import { latencySection } from './latency';
import { readsSection } from './reads';
import type { BenchmarkSection } from './Section';

/** All that can be measured, in the order of the results. */
export const sections: readonly BenchmarkSection[] = [
  graphSection,
  ingestSection,
  backfillSection,
  analysisSection,
  readsSection,
  accuracySection,
  latencySection,
  changesSection,
];

/** @throws Error for a name that is none. Without names, all sections. */
export function chooseSections(names: readonly string[]): BenchmarkSection[] {
  const unknown = names.find(
    name => !sections.some(section => section.name === name),
  );
  if (unknown !== undefined) {
    const known = sections.map(section => section.name).join(', ');
    throw new Error(`"${unknown}" is not a benchmark; there are ${known}.`);
  }
  return sections.filter(
    section => names.length === 0 || names.includes(section.name),
  );
}
