import { setImmediate } from 'node:timers/promises';
import type { MatrixSeries } from '../client/api';

/** Recorded at once, in a few milliseconds. */
const SAMPLES_PER_SLICE = 20_000;

/** Records series one after the other, and lets other work of the process run in between. */
export async function inSlices(
  all: readonly MatrixSeries[],
  record: (series: MatrixSeries) => void,
): Promise<void> {
  let samples = 0;
  for (const series of all) {
    record(series);
    samples += series.values.length;
    if (samples > SAMPLES_PER_SLICE) {
      samples = 0;
      await setImmediate();
    }
  }
}
