import { setTimeout } from 'timers/promises';
import { forEachConcurrently } from './forEachConcurrently';

const never = new AbortController().signal;

describe('forEachConcurrently', () => {
  it('works on every item in order, on no more than the limit at a time', async () => {
    const begun: number[] = [];
    let atWork = 0;
    let most = 0;
    await forEachConcurrently(
      [5, 1, 4, 2, 3],
      2,
      async item => {
        begun.push(item);
        most = Math.max(most, ++atWork);
        await setTimeout(item);
        atWork--;
      },
      never,
    );
    expect(begun).toEqual([5, 1, 4, 2, 3]);
    expect(most).toBe(2);
  });

  it('throws the first failure once the others have settled, and begins nothing more', async () => {
    const events: string[] = [];
    await expect(
      forEachConcurrently(
        ['bad', 'slow', 'unwanted'],
        2,
        async (item, signal) => {
          events.push(item);
          if (item === 'bad') throw new Error('bad failed');
          await setTimeout(5);
          events.push(signal.aborted ? 'slow was aborted' : 'slow went on');
        },
        never,
      ),
    ).rejects.toThrow('bad failed');
    expect(events).toEqual(['bad', 'slow', 'slow was aborted']);
  });

  it('begins nothing once the caller aborts', async () => {
    const begun: number[] = [];
    const abort = new AbortController();
    await expect(
      forEachConcurrently(
        [1, 2, 3],
        1,
        async item => {
          begun.push(item);
          abort.abort(new Error('no longer wanted'));
        },
        abort.signal,
      ),
    ).rejects.toThrow('no longer wanted');
    expect(begun).toEqual([1]);
  });
});
