import { aService } from '../../__testUtils__/entities';
import type { StoredNode } from '../store/dependencyRows';
import { identifyNames } from './identifyNames';

const entities = new Map(
  ['shop', 'cart'].map(name => {
    const entity = aService(name);
    return [entity.entityRef, entity];
  }),
);

const node = (name: string, aliases: string[]): StoredNode => ({
  origin: 'report:mesh',
  name,
  title: null,
  type: null,
  aliases,
  requests: null,
  seconds: null,
});

const identify = (reported: StoredNode[]) =>
  identifyNames({ names: [], reported, entities, rules: [] });

describe('identifyNames', () => {
  it.each([
    [
      'an entity reference in a report',
      'report:mesh',
      'component:other/x',
      'component:other/x',
    ],
    [
      'a telemetry name with colon and slash',
      'telemetry:a',
      'db:5432/orders',
      'undeclared:db:5432/orders',
    ],
    [
      'a reference that telemetry had',
      'telemetry:a',
      'component:default/shop',
      'component:default/shop',
    ],
    ['a URL in a report', 'report:mesh', 'http://x/y', 'undeclared:http://x/y'],
  ])('takes %s for what it is', (_, origin, name, nodeId) => {
    const { nodeIdOf } = identifyNames({
      names: [{ origin, name }],
      reported: [],
      entities,
      rules: [],
    });
    expect(nodeIdOf({ origin, name })).toBe(nodeId);
  });

  it.each<[string, StoredNode[], Record<string, string>]>([
    [
      'of an entity',
      [node('component:default/shop', ['x'])],
      { x: 'component:default/shop' },
    ],
    [
      'of a name that is an entity',
      [node('x', ['shop', 'y'])],
      { x: 'component:default/shop', y: 'component:default/shop' },
    ],
    [
      'of an undeclared service',
      [node('a', ['b']), node('b', ['c'])],
      { a: 'undeclared:a', b: 'undeclared:a', c: 'undeclared:a' },
    ],
    [
      'in a circle',
      [node('a', ['b']), node('b', ['a'])],
      { a: 'undeclared:a', b: 'undeclared:a' },
    ],
    [
      'that are entities of their own',
      [node('component:default/shop', ['cart'])],
      { cart: 'component:default/cart' },
    ],
  ])('joins reported aliases %s', (_, reported, expected) => {
    const { nodeIdOf, aliases } = identify(reported);
    const names = Object.keys(expected);
    expect(
      Object.fromEntries(
        names.map(name => [name, nodeIdOf({ origin: 'telemetry:a', name })]),
      ),
    ).toEqual(expected);
    const joined = names.filter(
      name => expected[name] !== `undeclared:${name}`,
    );
    expect([...aliases.values()].flat().map(({ name }) => name)).toEqual(
      expect.arrayContaining(joined),
    );
  });
});
