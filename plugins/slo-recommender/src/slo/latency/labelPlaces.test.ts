import { apart } from './labelPlaces';

it.each([
  [
    'far from each other',
    [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ],
    [],
    [0, 100],
  ],
  [
    'side by side without room: the first stays',
    [
      { x: 0, y: 0 },
      { x: 40, y: 10 },
    ],
    [],
    [0],
  ],
  [
    'one well above the other',
    [
      { x: 0, y: 60 },
      { x: 40, y: 0 },
    ],
    [],
    [0, 40],
  ],
  ['crossed by a line', [{ x: 0, y: 0 }], [30], []],
  ['beside a line', [{ x: 0, y: 0 }], [70], [0]],
])('keeps labels that are %s', (_, labels, lines, kept) => {
  expect(apart(labels, lines).map(({ x }) => x)).toEqual(kept);
});
