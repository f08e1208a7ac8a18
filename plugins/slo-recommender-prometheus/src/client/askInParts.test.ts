import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { askInParts, runTogether } from './askInParts';
import { PrometheusRequestError } from './failures';

describe('askInParts', () => {
  const halve = (part: number[]) =>
    part.length > 1 ? part.map(one => [one]) : [];

  it('asks in halves for what is too much for the server', async () => {
    const answers = await askInParts([[1, 2], [3]], {
      ask: async part => {
        if (part.length > 1) {
          throw new PrometheusRequestError('too much', 'too-much');
        }
        return part[0];
      },
      halve,
    });
    expect(answers.sort()).toEqual([1, 2, 3]);
  });

  it('asks for no part, and for no half of one, once another has failed', async () => {
    const asked: number[][] = [];
    const answers = askInParts([[1, 2], [3, 4], [5], [6], [7], [8]], {
      ask: async (part, signal) => {
        asked.push(part);
        if (part[0] === 3) {
          throw new PrometheusRequestError('no rights', 'failed');
        }
        await once(signal, 'abort');
        throw signal.reason;
      },
      halve,
    });
    await expect(answers).rejects.toThrow('no rights');
    expect(asked).toEqual([[1, 2], [3, 4], [5], [6]]);
  });
});

describe('runTogether', () => {
  it('resolves like Promise.all', async () => {
    await expect(
      runTogether(() => [Promise.resolve('a'), Promise.resolve(1)]),
    ).resolves.toEqual(['a', 1]);
  });

  it('throws the first failure once all others have ended', async () => {
    let hasEnded = false;
    const work = runTogether(signal => [
      once(signal, 'abort').then(async () => {
        await setImmediate();
        hasEnded = true;
      }),
      Promise.reject(new Error('refused')),
    ]);
    await expect(work).rejects.toThrow('refused');
    expect(hasEnded).toBe(true);
  });

  it('ends when its caller does', async () => {
    const caller = new AbortController();
    const work = runTogether(
      signal => [
        once(signal, 'abort').then(() => {
          throw signal.reason;
        }),
      ],
      caller.signal,
    );
    caller.abort(new Error('shutting down'));
    await expect(work).rejects.toThrow('shutting down');
  });
});
