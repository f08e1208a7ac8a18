import { yieldToEventLoop } from './yieldToEventLoop';

function work(ms: number) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('yieldToEventLoop', () => {
  it('lets a timer fire during many short slices of work, none of which awaits I/O', async () => {
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 1);
    for (let slice = 0; slice < 50 && !fired; slice++) {
      work(2);
      await yieldToEventLoop();
    }
    expect(fired).toBe(true);
  });

  it('lets only one caller continue at a time', async () => {
    const passes: number[] = [];
    let pass = 0;
    let isOver = false;
    const countPasses = () => {
      pass++;
      if (!isOver) setImmediate(countPasses);
    };
    setImmediate(countPasses);
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let slice = 0; slice < 3; slice++) {
          work(10);
          await yieldToEventLoop();
          passes.push(pass);
        }
      }),
    );
    isOver = true;
    expect(new Set(passes).size).toBe(12);
  });
});
