import {
  SimulatedCompany,
  writeOpenMetrics,
} from 'backstage-plugin-slo-recommender-backend-module-demo';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const HOUR_MS = 3_600_000;

/**
 * Writes what the simulated company counted up to an instant, for promtool.
 *
 * @param anchor - midnight in UTC of the day from which its stories are told
 * @param days - length of the history
 */
export async function exportCompany(options: {
  anchor: Date;
  to: Date;
  days: number;
  file: string;
}): Promise<void> {
  const { anchor, to, days, file } = options;
  const output = createWriteStream(file);
  await writeOpenMetrics(
    new SimulatedCompany({ anchor }),
    {
      from: new Date(to.getTime() - days * 24 * HOUR_MS),
      to,
      stepMinutes: 30,
    },
    output,
  );
  output.end();
  await finished(output);
}
