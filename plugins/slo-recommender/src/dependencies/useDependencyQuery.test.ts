import { readDependencyQuery, toDependenciesQuery } from './useDependencyQuery';

const read = (text: string) => readDependencyQuery(new URLSearchParams(text));

it('reads what an address says', () => {
  expect(
    read(
      'direction=upstream&depth=all&claim=declared&includeStale=true&view=table&node=component:default/cart',
    ),
  ).toEqual({
    direction: 'upstream',
    depth: 'all',
    claim: 'declared',
    includeStale: true,
    view: 'table',
    selection: { kind: 'node', id: 'component:default/cart' },
  });
});

it('leaves out what it does not understand', () => {
  expect(read('direction=sideways&depth=-3&claim=1&view=globe')).toEqual({
    direction: 'both',
    depth: '2',
    claim: 'any',
    includeStale: false,
    view: undefined,
    selection: null,
  });
});

it.each([
  ['depth=3', 3],
  ['depth=all', 100],
])('asks the backend for %s', (text, depth) => {
  expect(toDependenciesQuery(read(text))).toMatchObject({ depth });
});
