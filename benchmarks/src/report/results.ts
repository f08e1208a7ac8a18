import type { BenchmarkSection, ResultTable } from '../Section';
import { formatTable } from './table';

/** The file of results before the first run. */
export function emptyResults(): string {
  return [
    '# Results of the benchmarks',
    'Written by `npm run benchmarks` in the root of the repository. With names of sections, for example `npm run benchmarks graph`, it measures these and leaves the others as they are.',
  ].join('\n\n');
}

/** Puts the tables in place of those that the section had, or at the end where it had none. */
export function replaceSection(
  results: string,
  { name, title }: Pick<BenchmarkSection, 'name' | 'title'>,
  tables: ResultTable[],
  machine: string,
): string {
  const [preface, ...parts] = results.trim().split(/\n+(?=## )/);
  const heading = `## ${title}`;
  const section = [
    heading,
    `Made by \`npm run benchmarks ${name}\`. ${machine}`,
    ...tables.flatMap(table => [
      `### ${table.title}`,
      formatTable(table.columns, table.rows),
      ...table.notes,
    ]),
  ].join('\n\n');
  const place = parts.findIndex(part => part.startsWith(`${heading}\n`));
  if (place < 0) parts.push(section);
  else parts[place] = section;
  return `${[preface, ...parts].join('\n\n')}\n`;
}
