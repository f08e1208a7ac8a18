import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { watchMachine } from './report/machine';
import { emptyResults, replaceSection } from './report/results';
import { formatTable } from './report/table';
import { chooseSections } from './sections';

const RESULTS = resolve(__dirname, '../RESULTS.md');

function say(message: string) {
  process.stdout.write(`${message}\n`);
}

async function main(names: string[]) {
  const chosen = chooseSections(names);
  const connectionString = process.env.BENCHMARKS_POSTGRES;
  if (!connectionString) {
    throw new Error(
      'BENCHMARKS_POSTGRES is not set; start the benchmarks with "npm run benchmarks" in the root.',
    );
  }
  for (const section of chosen) {
    say(`\n${section.title}`);
    const machine = watchMachine();
    const tables = await section.run({ connectionString, say });
    for (const { title, columns, rows, notes } of tables) {
      say(['', title, formatTable(columns, rows), ...notes].join('\n'));
    }
    // read again each time: another run may have written its sections meanwhile
    const before = await readFile(RESULTS, 'utf8').catch(() => emptyResults());
    await writeFile(
      RESULTS,
      replaceSection(before, section, tables, machine()),
    );
  }
  say(`\nWritten to ${RESULTS}`);
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`\n✗ ${error.stack}\n`);
  process.exitCode = 1;
});
