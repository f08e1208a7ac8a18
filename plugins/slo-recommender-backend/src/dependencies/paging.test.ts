import { pageOf } from './paging';

describe('pageOf', () => {
  it('gives each item once, while others come and go', () => {
    const first = pageOf('letters', ['b', 'd', 'a'], one => one, { limit: 2 });
    expect(first).toMatchObject({ items: ['a', 'b'], totalItems: 3 });
    const next = pageOf('letters', ['aa', 'c', 'd'], one => one, {
      limit: 2,
      cursor: first.nextCursor ?? undefined,
    });
    expect(next).toEqual({
      items: ['c', 'd'],
      nextCursor: null,
      totalItems: 3,
    });
  });

  it.each(['nonsense', 'e30', ''])('refuses the cursor %j', cursor => {
    expect(() =>
      pageOf('letters', ['a'], one => one, { limit: 1, cursor }),
    ).toThrow('Leave it out');
  });

  it('refuses the cursor of another list', () => {
    const { nextCursor } = pageOf('a', ['x', 'y'], one => one, { limit: 1 });
    expect(() =>
      pageOf('b', ['x'], one => one, { limit: 1, cursor: nextCursor ?? '' }),
    ).toThrow('Leave it out');
  });
});
