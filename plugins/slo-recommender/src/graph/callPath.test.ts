import { callPath } from './callPath';

const ahead = [
  { x: 0, y: 0 },
  { x: 200, y: 50 },
] as const;

it('leads to the arrow head at the callee', () => {
  const { line, head } = callPath(...ahead, 2, 'callee');
  expect(line).toMatch(/^M0,0C.* 191,50$/);
  expect(head).toBe('M191,44.5L200,50L191,55.5z');
});

it('puts signs near the end that was asked for', () => {
  expect(callPath(...ahead, 2, 'callee').signs.x).toBeGreaterThan(100);
  expect(callPath(...ahead, 2, 'caller').signs.x).toBeLessThan(100);
});

it('passes below both where the callee lies behind', () => {
  const { signs } = callPath({ x: 200, y: 0 }, { x: 0, y: 30 }, 1, 'callee');
  expect(signs.y).toBeGreaterThan(60);
});
