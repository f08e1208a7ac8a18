import { giveWay } from './giveWay';

function work(ms: number) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('giveWay', () => {
  it('lets a timer fire during work in many short pieces, none of which waits for anything', async () => {
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 1);
    for (let piece = 0; piece < 50 && !fired; piece++) {
      work(2);
      await giveWay();
    }
    expect(fired).toBe(true);
  });

  it('lets only one go on at a time', async () => {
    const turns: number[] = [];
    let turn = 0;
    let isOver = false;
    const countTurns = () => {
      turn++;
      if (!isOver) setImmediate(countTurns);
    };
    setImmediate(countTurns);
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let piece = 0; piece < 3; piece++) {
          work(10);
          await giveWay();
          turns.push(turn);
        }
      }),
    );
    isOver = true;
    expect(new Set(turns).size).toBe(12);
  });
});
