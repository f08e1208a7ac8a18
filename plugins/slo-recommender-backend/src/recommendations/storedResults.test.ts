import { z } from 'zod';
import { ResultFormat } from './storedResults';

describe('ResultFormat', () => {
  const format = new ResultFormat<{ ratio: number; name: string }>(3, {
    schema: z.object({ ratio: z.number(), name: z.string() }),
    upgrades: {
      2: stored => ({ ...z.object({}).loose().parse(stored), name: 'all' }),
    },
  });

  it('reads the present version, and older ones through their upgrades', () => {
    expect(format.readable).toEqual([3, 2]);
    expect(format.read(3, '{"ratio":0.5,"name":"eu"}')).toEqual({
      ratio: 0.5,
      name: 'eu',
    });
    expect(format.read(2, '{"ratio":0.5}')).toEqual({
      ratio: 0.5,
      name: 'all',
    });
  });

  it('reads what is not stored as JSON, by its version', () => {
    const coded = new ResultFormat<number>(2, {
      schema: z.number(),
      upgrades: { 1: stored => stored },
      toJson: (text, version) => (version < 2 ? text : atob(text)),
    });
    expect(coded.read(1, '5')).toBe(5);
    expect(coded.read(2, btoa('7'))).toBe(7);
    expect(coded.read(2, '{')).toBeUndefined();
  });

  it.each([
    ['an older version without an upgrade', 1, '{"ratio":0.5,"name":"eu"}'],
    ['a later version', 4, '{"ratio":0.5,"name":"eu"}'],
    ['no version', NaN, '{"ratio":0.5,"name":"eu"}'],
    ['what is no JSON', 3, '{"ratio":0.5'],
    ['another form', 3, '{"ratio":"0.5","name":"eu"}'],
    ['what an upgrade refuses', 2, 'null'],
  ])('does not read %s', (_, version, json) => {
    expect(format.read(version, json)).toBeUndefined();
  });
});
