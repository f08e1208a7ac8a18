import { AdaptiveConcurrency } from './AdaptiveConcurrency';

type Result = 'answered' | 'overloaded' | 'other';

/** The limit after requests that were made one after another. */
async function limitAfter(max: number, results: Result[]): Promise<number> {
  const concurrency = new AdaptiveConcurrency(max);
  for (const result of results) (await concurrency.enter()).leave(result);
  return Math.floor(concurrency.limit);
}

const times = (count: number, result: Result): Result[] =>
  Array<Result>(count).fill(result);

describe('AdaptiveConcurrency', () => {
  it.each<[string, number, Result[], number]>([
    ['begins with two', 4, [], 2],
    ['grows by one for a round of answers', 4, times(3, 'answered'), 3],
    ['never exceeds its maximum', 4, times(100, 'answered'), 4],
    ['stays at one where that is the maximum', 1, times(9, 'answered'), 1],
    [
      'is halved where the server is overloaded',
      4,
      [...times(100, 'answered'), 'overloaded'],
      2,
    ],
    ['never falls below one', 4, times(9, 'overloaded'), 1],
    ['takes other failures for no sign of load', 4, times(9, 'other'), 2],
    [
      'grows again after it was halved',
      4,
      [...times(2, 'overloaded'), ...times(4, 'answered')],
      3,
    ],
  ])('%s', async (_, max, results, limit) => {
    await expect(limitAfter(max, results)).resolves.toBe(limit);
  });

  it('is halved once by requests that were under way together', async () => {
    const concurrency = new AdaptiveConcurrency(4);
    for (let i = 0; i < 100; i++) {
      (await concurrency.enter()).leave('answered');
    }
    const places = await Promise.all(
      Array.from({ length: 4 }, () => concurrency.enter()),
    );
    places.forEach(place => place.leave('overloaded'));
    expect(concurrency.limit).toBe(2);
  });

  it('lets no more in than the limit, and the next when one leaves', async () => {
    const concurrency = new AdaptiveConcurrency(1);
    const first = await concurrency.enter();
    let isIn = false;
    const second = concurrency.enter().then(place => {
      isIn = true;
      return place;
    });
    await Promise.resolve();
    expect(isIn).toBe(false);
    first.leave('other');
    (await second).leave('other');
    expect(isIn).toBe(true);
  });

  it('gives up waiting when its caller does, and keeps the place for others', async () => {
    const concurrency = new AdaptiveConcurrency(1);
    const first = await concurrency.enter();
    const caller = new AbortController();
    const second = concurrency.enter(caller.signal);
    const third = concurrency.enter();
    caller.abort(new Error('shutting down'));
    await expect(second).rejects.toThrow('shutting down');
    first.leave('answered');
    await expect(third).resolves.toBeDefined();
  });
});
