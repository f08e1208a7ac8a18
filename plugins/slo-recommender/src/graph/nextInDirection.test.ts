import { nextInDirection } from './nextInDirection';

const places = new Map([
  ['middle', { x: 0, y: 0 }],
  ['right', { x: 300, y: 10 }],
  ['far right', { x: 600, y: 0 }],
  ['below', { x: 0, y: 80 }],
  ['aside below', { x: 300, y: 90 }],
]);

it.each([
  ['middle', 'ArrowRight', 'right'],
  ['middle', 'ArrowDown', 'below'],
  ['middle', 'ArrowLeft', undefined],
  ['right', 'ArrowRight', 'far right'],
  ['right', 'ArrowLeft', 'middle'],
  ['aside below', 'ArrowUp', 'right'],
  ['nobody', 'ArrowUp', undefined],
] as const)('from %s by %s', (from, key, to) => {
  expect(nextInDirection(from, key, places)).toBe(to);
});
