import { emptyResults, replaceSection } from './results';

const graph = { name: 'graph', title: 'Dependency graph' };
const planner = { name: 'planner', title: 'Back-fill planner' };

const tableOf = (title: string, figure: string) => ({
  title,
  columns: ['what', 'time'],
  rows: [['a query', figure]],
  notes: ['Measured once.'],
});

describe('replaceSection', () => {
  const one = replaceSection(
    emptyResults(),
    graph,
    [tableOf('Queries', '5 ms')],
    'One machine.',
  );
  const two = replaceSection(
    one,
    planner,
    [tableOf('Chunks', '7 ms')],
    'One machine.',
  );

  it('says how the figures are made, then shows them', () => {
    expect(one).toBe(`${emptyResults()}

## Dependency graph

Made by \`npm run benchmarks graph\`. One machine.

### Queries

| what    | time |
| ------- | ---: |
| a query | 5 ms |

Measured once.
`);
  });

  it('adds a new section at the end', () => {
    expect(two.startsWith(one.trimEnd())).toBe(true);
    expect(two).toContain('## Back-fill planner');
  });

  it('replaces the section that is measured anew and leaves the others', () => {
    const again = replaceSection(
      two,
      graph,
      [tableOf('Queries', '4 ms')],
      'Another machine.',
    );
    expect(again).toBe(
      two.replace('5 ms', '4 ms').replace('One machine', 'Another machine'),
    );
  });
});
