import { setTimeout } from 'timers/promises';
import { SerialQueue } from './SerialQueue';

describe('SerialQueue', () => {
  it('runs one task after the other, even if one fails', async () => {
    const queue = new SerialQueue();
    const seen: string[] = [];
    const work = (name: string, ms: number) => async () => {
      seen.push(`${name} begins`);
      await setTimeout(ms);
      seen.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
      return name;
    };
    const [a, b, c] = await Promise.allSettled([
      queue.run(work('a', 20)),
      queue.run(work('b', 1)),
      queue.run(work('c', 1)),
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
