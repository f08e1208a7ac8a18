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
  ])('takes %s for what it is', async (_, origin, name, nodeId) => {
    const { nodeIdOf } = await identifyNames({
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
  ])('joins reported aliases %s', async (_, reported, expected) => {
    const { nodeIdOf, aliases } = await identify(reported);
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

  it.each<[string, string[], string]>([
    [
      'however they are written',
      ['https://api.pay.example:443/', 'API.PAY.EXAMPLE', 'api.pay.example.'],
      'undeclared:api.pay.example',
    ],
    [
      'of two labels',
      ['pay.example', 'PAY.example:443', 'dns:///pay.example.'],
      'undeclared:pay.example',
    ],
    [
      'of one label with a port',
      ['redis:6379', 'redis', 'tcp://redis'],
      'undeclared:redis',
    ],
    [
      'of a cluster',
      ['Mail.Shop.svc.cluster.local:25', 'mail.shop.svc.cluster.local'],
      'undeclared:mail.shop.svc.cluster.local',
    ],
    [
      'with their letters',
      ['MyApp.Service', 'MyApp.Service:80'],
      'undeclared:MyApp.Service',
    ],
  ])(
    'takes names of one host for one service, %s',
    async (_, names, nodeId) => {
      const named = names.map(name => ({ origin: 'telemetry:a', name }));
      const { nodeIdOf, aliases } = await identifyNames({
        names: named,
        reported: [],
        entities,
        rules: [],
      });
      expect(named.map(nodeIdOf)).toEqual(names.map(() => nodeId));
      expect(aliases.get(nodeId)?.map(({ name }) => name)).toEqual(
        names.filter(name => `undeclared:${name}` !== nodeId).sort(),
      );
      expect(aliases.get(nodeId)?.[0].reason).toMatch(
        /^It differs from ".*" in nothing but /,
      );
    },
  );

  it.each([
    ['pay.example', 'pay.sample'],
    ['api.pay.example', 'pay.example'],
    ['Orders', 'orders'],
    ['pay', 'pay.example'],
    ['http://x/y', 'x'],
    ['prod/mail', 'mail'],
  ])('keeps %s and %s apart', async (one, other) => {
    const named = [one, other].map(name => ({ origin: 'telemetry:a', name }));
    const { nodeIdOf } = await identifyNames({
      names: named,
      reported: [],
      entities,
      rules: [],
    });
    expect(nodeIdOf(named[0])).not.toBe(nodeIdOf(named[1]));
  });

  it('joins a host to what a report says of it, however it is written', async () => {
    const { nodeIdOf } = await identifyNames({
      names: [{ origin: 'telemetry:a', name: 'HTTPS://PAY.EXAMPLE:443' }],
      reported: [node('component:default/shop', ['pay.example'])],
      entities,
      rules: [],
    });
    expect(
      nodeIdOf({ origin: 'telemetry:a', name: 'HTTPS://PAY.EXAMPLE:443' }),
    ).toBe('component:default/shop');
  });
});
