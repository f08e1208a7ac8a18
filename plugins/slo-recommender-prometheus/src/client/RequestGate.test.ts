import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { RequestBudget } from '../config';
import { RequestGate } from './RequestGate';
import { InstantClock } from './__testUtils__/InstantClock';
import { askInParts } from './askInParts';
import { type PrometheusFailure, PrometheusRequestError } from './failures';

const MINUTE_MS = 60_000;

function create(budget: Partial<RequestBudget> = {}) {
  const clock = new InstantClock();
  const gate = new RequestGate(
    'main',
    { maxConcurrency: 4, maxQueriesPerMinute: Infinity, ...budget },
    clock,
  );
  let asked = 0;
  /** Asks a server that fails so often, then answers. */
  const ask = (
    failure?: PrometheusFailure,
    times = Infinity,
    retryAfterMs?: number,
  ) => {
    let left = failure ? times : 0;
    return gate.ask(async () => {
      asked += 1;
      if (failure && left > 0) {
        left -= 1;
        throw new PrometheusRequestError('no luck', failure, retryAfterMs);
      }
      return 'answer';
    });
  };
  return { ask, clock, gate, asked: () => asked };
}

describe('RequestGate', () => {
  it.each<[PrometheusFailure, number]>([
    ['interrupted', 5],
    ['busy', 5],
    ['throttled', 5],
    ['timed-out', 2],
    ['too-much', 1],
    ['unsupported', 1],
    ['failed', 1],
  ])('asks a server that has %s %d times', async (failure, attempts) => {
    const { ask, asked } = create();
    await expect(ask(failure)).rejects.toThrow('no luck');
    expect(asked()).toBe(attempts);
  });

  it('gives the answer of a later attempt, and waits longer before each', async () => {
    const { ask, clock } = create();
    await expect(ask('interrupted', 4)).resolves.toBe('answer');
    expect(clock.sleeps).toEqual([250, 500, 1_000, 2_000]);
  });

  it('leaves the server alone for as long as it asks for', async () => {
    const { ask, clock } = create();
    const begin = clock.nowMs();
    await expect(ask('throttled', 1, 7_000)).resolves.toBe('answer');
    expect(clock.nowMs() - begin).toBe(7_000);
  });

  it('does not wait for longer than a minute, and says until when the server is left alone', async () => {
    const { ask, asked, clock } = create();
    await expect(ask('busy', 1, 5 * MINUTE_MS)).rejects.toThrow(
      "Datasource 'main' is left alone until 2026-03-01T00:05:00.000Z, as it failed too often. The last time: no luck",
    );
    expect(asked()).toBe(1);
    clock.advance(5 * MINUTE_MS);
    await expect(ask()).resolves.toBe('answer');
  });

  it('keeps to its queries per minute', async () => {
    const { ask, clock } = create({ maxQueriesPerMinute: 10 });
    const begin = clock.nowMs();
    for (let i = 0; i < 25; i++) await ask();
    expect(clock.nowMs() - begin).toBe(2 * MINUTE_MS);
  });

  it('ends when its caller does', async () => {
    const { gate } = create();
    const signal = AbortSignal.abort(new Error('shutting down'));
    await expect(gate.ask(async () => 'answer', signal)).rejects.toThrow(
      'shutting down',
    );
  });

  describe('that has failed ten times in a row', () => {
    async function createOpen() {
      const context = create();
      await expect(context.ask('interrupted')).rejects.toThrow('no luck');
      await expect(context.ask('interrupted')).rejects.toThrow('no luck');
      return context;
    }

    it('asks no more', async () => {
      const { ask, asked } = await createOpen();
      await expect(ask()).rejects.toThrow('is left alone until');
      expect(asked()).toBe(10);
    });

    it('asks one question after a pause, and all others once that is answered', async () => {
      const { clock, gate, ask, asked } = await createOpen();
      clock.advance(30_000);
      let answer = () => {};
      const probe = gate.ask(
        () =>
          new Promise<void>(resolve => {
            answer = resolve;
          }),
      );
      const others = [ask(), ask()];
      await setImmediate();
      expect(asked()).toBe(10);
      answer();
      await probe;
      await expect(Promise.all(others)).resolves.toEqual(['answer', 'answer']);
    });

    it('refuses those that waited if the one question fails, too', async () => {
      const { clock, ask, asked } = await createOpen();
      clock.advance(30_000);
      const probe = ask('failed');
      const others = [ask(), ask()];
      await expect(probe).rejects.toThrow('no luck');
      for (const other of others) {
        await expect(other).rejects.toThrow('is left alone until');
      }
      expect(asked()).toBe(11);
    });

    it('answers a group of questions at once when the server works again', async () => {
      const { clock, gate } = await createOpen();
      clock.advance(30_000);
      const answers = await askInParts([1, 2, 3, 4, 5, 6], {
        ask: (part, signal) => gate.ask(async () => part, signal),
        halve: () => [],
      });
      expect(answers.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('asks the next question if its caller gives up on the first', async () => {
      const { clock, gate, ask } = await createOpen();
      clock.advance(30_000);
      const caller = new AbortController();
      const probe = gate.ask(async () => {
        await once(caller.signal, 'abort');
        throw caller.signal.reason;
      }, caller.signal);
      const other = ask();
      await setImmediate();
      caller.abort(
        new PrometheusRequestError('a sibling was refused', 'paused'),
      );
      await expect(probe).rejects.toThrow('a sibling was refused');
      await expect(other).resolves.toBe('answer');
    });

    it('lets those that wait for the one question give up', async () => {
      const { clock, gate, asked } = await createOpen();
      clock.advance(30_000);
      gate.ask(() => new Promise<void>(() => {})).catch(() => {});
      const caller = new AbortController();
      const other = gate.ask(async () => 'answer', caller.signal);
      await setImmediate();
      caller.abort(new Error('shutting down'));
      await expect(other).rejects.toThrow('shutting down');
      expect(asked()).toBe(10);
    });

    it('pauses for longer each time, but never for more than ten minutes', async () => {
      const { ask, asked, clock } = await createOpen();
      const pauses: number[] = [];
      for (let probe = 1; probe <= 7; probe++) {
        const begin = clock.nowMs();
        const before = asked();
        while (asked() === before) {
          clock.advance(1_000);
          await expect(ask('failed')).rejects.toThrow();
        }
        pauses.push((clock.nowMs() - begin) / 1_000);
      }
      expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
    });
  });

  it('is not alarmed by questions that are too large', async () => {
    const { ask } = create();
    for (let i = 0; i < 20; i++) {
      await expect(ask('too-much')).rejects.toThrow('no luck');
    }
    await expect(ask()).resolves.toBe('answer');
  });
});
