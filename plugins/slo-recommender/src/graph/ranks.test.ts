import { callsDownstream, callsUpstream, ranks } from './ranks';

const links = [
  { source: 'web', target: 'root' },
  { source: 'root', target: 'cart' },
  { source: 'cart', target: 'db' },
  { source: 'db', target: 'web' },
  { source: 'alone', target: 'apart' },
];

it('counts calls either way, and around a circle', () => {
  expect([...callsDownstream('root', links)]).toEqual([
    ['root', 0],
    ['cart', 1],
    ['db', 2],
    ['web', 3],
  ]);
  expect(callsUpstream('root', links).get('db')).toBe(2);
});

it('puts each service on the side on which it is nearer', () => {
  expect(Object.fromEntries(ranks('root', links))).toEqual({
    root: 0,
    cart: 1,
    db: 2,
    web: -1,
  });
});
