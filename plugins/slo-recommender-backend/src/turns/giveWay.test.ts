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
});
