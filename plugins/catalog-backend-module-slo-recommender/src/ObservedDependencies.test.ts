import { mockServices } from '@backstage/backend-test-utils';
import {
  type FetchObserved,
  MAX_AGE_MS,
  ObservedDependencies,
} from './ObservedDependencies';

const edge = (source: string, target: string) => ({ source, target });
const MINUTE_MS = 60_000;
const running = new AbortController().signal;

function setUp(fetchObserved: FetchObserved) {
  const logger = mockServices.logger.mock();
  let nowMs = 1_000_000;
  const fetched = jest.fn(fetchObserved);
  const observed = new ObservedDependencies({
    fetchObserved: fetched,
    logger,
    now: () => new Date(nowMs),
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { observed, fetched, logger, pass };
}

describe('ObservedDependencies', () => {
  it('knows nothing before the first answer, and then each entity', async () => {
    const { observed } = setUp(async () => [
      edge('a', 'c'),
      edge('a', 'b'),
      edge('a', 'a'),
    ]);
    expect(observed.calleesOf('a')).toBeUndefined();
    await observed.refreshWhenDue(running);
    expect(observed.calleesOf('a')?.entityRefs).toEqual(['b', 'c']);
    expect(observed.calleesOf('other')?.entityRefs).toEqual([]);
  });

  it('asks every five minutes, and once at a time', async () => {
    const { observed, fetched, pass } = setUp(async () => []);
    await Promise.all([
      observed.refreshWhenDue(running),
      observed.refreshWhenDue(running),
    ]);
    pass(4 * MINUTE_MS);
    await observed.refreshWhenDue(running);
    expect(fetched).toHaveBeenCalledTimes(1);
    pass(MINUTE_MS);
    await observed.refreshWhenDue(running);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('keeps the last answer for a day while the backend fails, says so once, and asks more often', async () => {
    let isBroken = false;
    const { observed, fetched, logger, pass } = setUp(async () => {
      if (isBroken) throw new Error('connection refused');
      return [edge('a', 'b')];
    });
    await observed.refreshWhenDue(running);
    isBroken = true;
    pass(5 * MINUTE_MS);
    await observed.refreshWhenDue(running);
    pass(MINUTE_MS / 2);
    await observed.refreshWhenDue(running);
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('connection refused')],
    ]);
    expect(observed.calleesOf('a')?.entityRefs).toEqual(['b']);
    pass(MAX_AGE_MS);
    expect(observed.calleesOf('a')).toBeUndefined();
    isBroken = false;
    await observed.refreshWhenDue(running);
    expect(observed.calleesOf('a')?.entityRefs).toEqual(['b']);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });

  it('gives a request up at the shutdown, and does not call that a failure', async () => {
    const shutdown = new AbortController();
    const { observed, logger } = setUp(
      signal =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const refresh = observed.refreshWhenDue(shutdown.signal);
    shutdown.abort();
    await refresh;
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
