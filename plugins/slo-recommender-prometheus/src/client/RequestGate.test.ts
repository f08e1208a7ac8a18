import { setImmediate } from 'node:timers/promises';
import type { RequestBudget } from '../config';
import { RequestGate } from './RequestGate';
import { askInParts } from './askInParts';
import { type PrometheusFailure, PrometheusRequestError } from './failures';

const MINUTE_MS = 60_000;

beforeEach(() => {
  jest.useFakeTimers({
    now: Date.parse('2026-03-01T00:00:00Z'),
    doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'],
  });
});
afterEach(() => jest.useRealTimers());

/** Lets all waiting pass until the work is done. */
async function settle<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  await jest.runAllTimersAsync();
  return work;
}

function create(budget: Partial<RequestBudget> = {}) {
  const gate = new RequestGate('main', {
    maxConcurrency: 4,
    maxQueriesPerMinute: Infinity,
    ...budget,
  });
  const askedAtMs: number[] = [];
  /** Asks a server that fails so often, then answers. */
  const ask = (
    failure?: PrometheusFailure,
    times = Infinity,
    retryAfterMs?: number,
  ) => {
    let left = failure ? times : 0;
    return settle(
      gate.ask(async () => {
        askedAtMs.push(Date.now());
        if (failure && left > 0) {
          left -= 1;
          throw new PrometheusRequestError('no luck', failure, retryAfterMs);
        }
        return 'answer';
      }),
    );
  };
  return { ask, gate, askedAtMs, asked: () => askedAtMs.length };
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
    const { ask, askedAtMs } = create();
    await expect(ask('interrupted', 4)).resolves.toBe('answer');
    expect(askedAtMs.map(atMs => atMs - askedAtMs[0])).toEqual([
      0, 250, 750, 1_750, 3_750,
    ]);
  });

  it('leaves the server alone for as long as it asks for', async () => {
    const { ask, askedAtMs } = create();
    const throttled = ask('throttled', 1, 7_000);
    await setImmediate();
    const other = ask();
    await expect(throttled).resolves.toBe('answer');
    await expect(other).resolves.toBe('answer');
    expect(askedAtMs.map(atMs => atMs - askedAtMs[0])).toEqual([
      0, 7_000, 7_000,
    ]);
  });

  it('does not wait for longer than a minute, and says until when the server is left alone', async () => {
    const { ask, asked } = create();
    await expect(ask('busy', 1, 5 * MINUTE_MS)).rejects.toThrow(
      "Datasource 'main' is left alone until 2026-03-01T00:05:00.000Z, as it failed too often. The last time: no luck",
    );
    expect(asked()).toBe(1);
    jest.advanceTimersByTime(5 * MINUTE_MS);
    await expect(ask()).resolves.toBe('answer');
  });

  it('keeps to its queries per minute', async () => {
    const { ask } = create({ maxQueriesPerMinute: 10 });
    const begin = Date.now();
    for (let i = 0; i < 25; i++) await ask();
    expect(Date.now() - begin).toBe(2 * MINUTE_MS);
  });

  it('ends when its caller does', async () => {
    const { gate } = create();
    const signal = AbortSignal.abort(new Error('shutting down'));
    await expect(gate.ask(async () => 'answer', signal)).rejects.toThrow(
      'shutting down',
    );
  });

  it('ends at once while it waits for the next attempt', async () => {
    const { gate } = create();
    const caller = new AbortController();
    const answer = gate.ask(async () => {
      throw new PrometheusRequestError('no luck', 'interrupted');
    }, caller.signal);
    await setImmediate();
    caller.abort(new Error('shutting down'));
    await expect(answer).rejects.toThrow('shutting down');
  });

  describe('with several questions at a time', () => {
    /** Asks a server that answers on demand. */
    function createHeld(maxConcurrency: number) {
      const { gate } = create({ maxConcurrency });
      const answers: (() => void)[] = [];
      const ask = (signal?: AbortSignal) =>
        gate.ask(
          () =>
            new Promise<string>(resolve => {
              answers.push(() => resolve('answer'));
            }),
          signal,
        );
      return { ask, answers };
    }

    it.each([1, 4])(
      'asks %d at most, and the next when one is answered',
      async maxConcurrency => {
        const { ask, answers } = createHeld(maxConcurrency);
        const all = Array.from({ length: 6 }, () => ask());
        await setImmediate();
        expect(answers).toHaveLength(maxConcurrency);
        answers[0]();
        await setImmediate();
        expect(answers).toHaveLength(maxConcurrency + 1);
        for (let next = 1; next < 6; next++) {
          await setImmediate();
          answers[next]();
        }
        await expect(Promise.all(all)).resolves.toHaveLength(6);
      },
    );

    it('gives up waiting when its caller does, and keeps the place for others', async () => {
      const { ask, answers } = createHeld(1);
      const first = ask();
      const caller = new AbortController();
      const second = ask(caller.signal);
      const third = ask();
      await setImmediate();
      caller.abort(new Error('shutting down'));
      await expect(second).rejects.toThrow('shutting down');
      answers[0]();
      await first;
      await setImmediate();
      answers[1]();
      await expect(third).resolves.toBe('answer');
      expect(answers).toHaveLength(2);
    });
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
      const { gate, ask, asked } = await createOpen();
      jest.advanceTimersByTime(30_000);
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
      const { ask, asked } = await createOpen();
      jest.advanceTimersByTime(30_000);
      const probe = ask('failed');
      const others = [ask(), ask()];
      await expect(probe).rejects.toThrow('no luck');
      for (const other of others) {
        await expect(other).rejects.toThrow('is left alone until');
      }
      expect(asked()).toBe(11);
    });

    it('answers a group of questions at once when the server works again', async () => {
      const { gate } = await createOpen();
      jest.advanceTimersByTime(30_000);
      const answers = await askInParts([1, 2, 3, 4, 5, 6], {
        ask: (part, signal) => gate.ask(async () => part, signal),
        halve: () => [],
      });
      expect(answers.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('waits for the answer to the one question though its caller gives up', async () => {
      const { gate, ask, asked } = await createOpen();
      jest.advanceTimersByTime(30_000);
      const caller = new AbortController();
      let answer = () => {};
      const probe = gate.ask(
        signal =>
          new Promise<void>((resolve, reject) => {
            answer = resolve;
            signal?.addEventListener('abort', () => reject(signal.reason));
          }),
        caller.signal,
      );
      const other = ask();
      await setImmediate();
      caller.abort(
        new PrometheusRequestError('a sibling was refused', 'paused'),
      );
      await expect(probe).rejects.toThrow('a sibling was refused');
      await setImmediate();
      expect(asked()).toBe(10);
      answer();
      await expect(other).resolves.toBe('answer');
    });

    it('lets those that wait for the one question give up', async () => {
      const { gate, asked } = await createOpen();
      jest.advanceTimersByTime(30_000);
      gate.ask(() => new Promise<void>(() => {})).catch(() => {});
      const caller = new AbortController();
      const other = gate.ask(async () => 'answer', caller.signal);
      await setImmediate();
      caller.abort(new Error('shutting down'));
      await expect(other).rejects.toThrow('shutting down');
      expect(asked()).toBe(10);
    });

    it('pauses for longer each time, but never for more than ten minutes', async () => {
      const { ask, asked } = await createOpen();
      const pauses: number[] = [];
      for (let probe = 1; probe <= 7; probe++) {
        const begin = Date.now();
        const before = asked();
        while (asked() === before) {
          jest.advanceTimersByTime(1_000);
          await expect(ask('failed')).rejects.toThrow();
        }
        pauses.push((Date.now() - begin) / 1_000);
      }
      expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
    });
  });

  it('takes no failure of a sibling for one of the server', async () => {
    const { gate, ask } = create();
    for (let group = 0; group < 20; group++) {
      const siblings = new AbortController();
      const aborted = gate.ask(async signal => {
        await setImmediate();
        signal?.throwIfAborted();
      }, siblings.signal);
      siblings.abort(new PrometheusRequestError('no luck', 'failed'));
      await expect(aborted).rejects.toThrow('no luck');
      await setImmediate();
    }
    await expect(ask()).resolves.toBe('answer');
  });

  it('is not alarmed by questions that are too large', async () => {
    const { ask } = create();
    for (let i = 0; i < 20; i++) {
      await expect(ask('too-much')).rejects.toThrow('no luck');
    }
    await expect(ask()).resolves.toBe('answer');
  });

  it('hands each attempt and each state of the breaker to the meter', async () => {
    const measured: unknown[] = [];
    const meter = {
      request: (outcome: string, seconds: number) => {
        expect(seconds).toBeGreaterThanOrEqual(0);
        measured.push(outcome);
      },
      breaker: (state: string) => measured.push(state),
    };
    const gate = new RequestGate(
      'main',
      { maxConcurrency: 4, maxQueriesPerMinute: Infinity },
      0,
      meter,
    );
    const failures: PrometheusFailure[] = ['interrupted'];
    const ask = () =>
      gate.ask(async () => {
        const failure = failures.shift();
        if (failure) throw new PrometheusRequestError('no luck', failure);
      });
    await settle(ask());
    expect(measured.splice(0)).toEqual(['closed', 'interrupted', 'ok']);

    failures.push(...Array<PrometheusFailure>(4).fill('timed-out'));
    await expect(settle(ask())).rejects.toThrow('no luck');
    await expect(settle(ask())).rejects.toThrow('no luck');
    expect(measured.splice(0)).toEqual([
      'timed-out',
      'timed-out',
      'timed-out',
      'timed-out',
      'open',
    ]);
    jest.setSystemTime(Date.now() + 60_000);
    await settle(ask());
    expect(measured).toEqual(['half_open', 'ok', 'closed']);
  });
});
