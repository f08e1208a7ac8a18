import { setTimeout } from 'timers/promises';
import { Turnstile } from './Turnstile';

describe('Turnstile', () => {
  it('does one thing after the other, also where one fails', async () => {
    const turnstile = new Turnstile();
    const seen: string[] = [];
    const work = (name: string, ms: number) => async () => {
      seen.push(`${name} begins`);
      await setTimeout(ms);
      seen.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
      return name;
    };
    const [a, b, c] = await Promise.allSettled([
      turnstile.pass(work('a', 20)),
      turnstile.pass(work('b', 1)),
      turnstile.pass(work('c', 1)),
    ]);
    expect(seen).toEqual([
      'a begins',
      'a ends',
      'b begins',
      'b ends',
      'c begins',
      'c ends',
    ]);
    expect(a).toMatchObject({ value: 'a' });
    expect(b.status).toBe('rejected');
    expect(c).toMatchObject({ value: 'c' });
  });
});
