import fc from 'fast-check';
import { findClaimants, type NamedService, resolveNames } from './resolveNames';
import type { AliasRule } from '../../kernel/config/aliasRules';

const service = (
  entityRef: string,
  ...telemetryNames: string[]
): NamedService => ({
  entityRef,
  telemetryNames: telemetryNames.length
    ? telemetryNames
    : [entityRef.slice(entityRef.indexOf('/') + 1)],
});

const checkout = service('component:default/checkout');
const payment = service('component:default/payment', 'payment-v1', 'Pay');
const cart = service('component:shop/cart', 'Cart');

const rule = (
  pattern: RegExp,
  replacement: string,
  position = 0,
): AliasRule => ({
  position,
  rewrite: name =>
    pattern.test(name) ? name.replace(pattern, replacement) : undefined,
});

async function resolve(
  name: string,
  services: NamedService[] = [checkout, payment, cart],
  rules: AliasRule[] = [],
) {
  const found = (await resolveNames([name], services, rules)).get(name);
  return found && [found.entityRef, found.alias.joinedBy];
}

describe('resolveNames', () => {
  it.each([
    // as the annotation or the entity has it
    ['payment-v1', 'component:default/payment', 'annotation'],
    ['Pay', 'component:default/payment', 'annotation'],
    ['payment', 'component:default/payment', 'entity-name'],
    ['checkout', 'component:default/checkout', 'entity-name'],
    ['Cart', 'component:shop/cart', 'entity-name'],
    // but for what tells services apart
    ['Checkout', 'component:default/checkout', 'evidence'],
    ['CHECKOUT:8080', 'component:default/checkout', 'evidence'],
    ['checkout.', 'component:default/checkout', 'evidence'],
    ['http://checkout:8080/', 'component:default/checkout', 'evidence'],
    ['dns:///checkout:443', 'component:default/checkout', 'evidence'],
    ['payment_v1', 'component:default/payment', 'evidence'],
    ['Payment V1', 'component:default/payment', 'evidence'],
    ['checkout.default.svc', 'component:default/checkout', 'evidence'],
    [
      'checkout.prod.svc.cluster.local:80',
      'component:default/checkout',
      'evidence',
    ],
    [
      'checkout.prod.svc.cluster.example.',
      'component:default/checkout',
      'evidence',
    ],
    ['prod/checkout', 'component:default/checkout', 'evidence'],
    ['shop/cart', 'component:shop/cart', 'evidence'],
    ['cart.shop', 'component:shop/cart', 'evidence'],
  ])('joins %s to %s by %s', async (name, entityRef, joinedBy) => {
    expect(await resolve(name)).toEqual([entityRef, joinedBy]);
  });

  it.each([
    'unknown',
    '',
    '.',
    '/',
    ':8080',
    'check-out',
    'checkout2',
    'checkout.com',
    'checkout.example.com',
    'checkout/v2/items',
    'http://checkout/items',
    'checkout@example',
    'AWS::checkout',
    '__proto__',
    'constructor',
    '10.0.0.7:8080',
    '[::1]:8080',
  ])('joins %j to nothing', async name => {
    expect(await resolve(name)).toBeUndefined();
  });

  it('does not take a host of two labels for a service in a namespace', async () => {
    const provider = service('resource:default/provider', 'pay.example');
    for (const name of ['https://PAY.example:443/', 'pay.example.']) {
      expect(await resolve(name, [provider])).toEqual([
        'resource:default/provider',
        'evidence',
      ]);
    }
    for (const name of ['pay', 'Pay:8080', 'pay.sample', 'sample/pay']) {
      expect(await resolve(name, [provider])).toBeUndefined();
    }
  });

  it.each(['unknown', 'unknown_service:java', 'localhost', '10.0.0.7:8080'])(
    'joins %s to nothing, even if a service is called that',
    async name => {
      expect(
        await resolve(name, [
          service('component:default/unknown'),
          service('component:default/x', name),
        ]),
      ).toBeUndefined();
    },
  );

  it('prefers the annotation of one service to the name of another', async () => {
    const annotated = service('component:default/front', 'checkout');
    expect(await resolve('checkout', [checkout, annotated])).toEqual([
      'component:default/front',
      'annotation',
    ]);
  });

  it('guesses nothing where several services claim a name by annotation', async () => {
    const services = [
      service('component:default/b', 'shared'),
      service('component:default/a', 'shared'),
      service('component:other/shared'),
    ];
    await expect(resolve('shared', services)).resolves.toBeUndefined();
    await expect(findClaimants(['shared', 'b'], services)).resolves.toEqual(
      new Map([['shared', ['component:default/a', 'component:default/b']]]),
    );
    const api = service('api:default/shared', 'shared');
    await expect(resolve('shared', [services[0], api])).resolves.toEqual([
      'component:default/b',
      'annotation',
    ]);
  });

  it('prefers the service that is called so in telemetry to one whose annotation gives it another name', async () => {
    const renamed = service('component:a/orders', 'orders-v2');
    const orders = service('component:b/orders');
    await expect(resolve('orders', [renamed, orders])).resolves.toEqual([
      'component:b/orders',
      'entity-name',
    ]);
    await expect(resolve('orders', [renamed])).resolves.toEqual([
      'component:a/orders',
      'entity-name',
    ]);
  });

  it('guesses nothing where two services would match', async () => {
    const services = [
      service('component:default/api'),
      service('component:shop/api'),
      service('component:default/a-b'),
      service('component:default/a_b'),
    ];
    expect(await resolve('api', services)).toBeUndefined();
    expect(await resolve('API', services)).toBeUndefined();
    expect(await resolve('A-B', services)).toBeUndefined();
    expect(await resolve('a-b', services)).toEqual([
      'component:default/a-b',
      'entity-name',
    ]);
    // the namespace tells which
    expect(await resolve('shop/api', services)).toEqual([
      'component:shop/api',
      'evidence',
    ]);
    expect(await resolve('api.default.svc.cluster.local', services)).toEqual([
      'component:default/api',
      'evidence',
    ]);
    expect(await resolve('other/api', services)).toBeUndefined();
  });

  it('prefers the Component to the API and the Resource of the same name', async () => {
    const services = [
      service('api:default/checkout'),
      service('resource:default/checkout'),
      checkout,
    ];
    expect(await resolve('checkout', services)).toEqual([
      'component:default/checkout',
      'entity-name',
    ]);
    expect(await resolve('Checkout:80', services)).toEqual([
      'component:default/checkout',
      'evidence',
    ]);
  });

  it('does not take the same name in two namespaces for one service', async () => {
    const names = ['prod/checkout', 'staging/checkout'];
    expect(await resolveNames(names, [checkout], [])).toEqual(new Map());
    const withOwn = await resolveNames(
      [...names, 'default/checkout'],
      [checkout],
      [],
    );
    expect([...withOwn.keys()]).toEqual(['default/checkout']);
    const annotated = service('component:default/checkout', 'prod/checkout');
    expect([...(await resolveNames(names, [annotated], [])).keys()]).toEqual([
      'prod/checkout',
    ]);
  });

  describe('with rules of the operator', () => {
    const rules: AliasRule[] = [
      rule(/^legacy-(.+)$/, '$1-v1'),
      rule(/^legacy-(.+)$/, 'component:shop/$1', 1),
      rule(/-canary$/, '', 2),
    ];
    it.each([
      ['legacy-payment', 'component:default/payment', 0],
      ['legacy-cart', 'component:shop/cart', 1],
      ['checkout-canary', 'component:default/checkout', 2],
    ])(
      'rewrites %s, which is %s, by rule %d',
      async (name, entityRef, position) => {
        const found = (
          await resolveNames(
            [name, `${name} again`],
            [checkout, payment, cart],
            rules,
          )
        ).get(name);
        expect(found?.entityRef).toBe(entityRef);
        expect(found?.alias.joinedBy).toBe('rule');
        expect(found?.alias.reason).toContain(
          `sloRecommender.dependencies.aliasRules[${position}]`,
        );
      },
    );

    it('asks them after annotation and name, and goes on where one leads nowhere', async () => {
      const all: AliasRule[] = [rule(/.+/, 'checkout')];
      expect(await resolve('payment', undefined, all)).toEqual([
        'component:default/payment',
        'entity-name',
      ]);
      expect(await resolve('anything', undefined, all)).toEqual([
        'component:default/checkout',
        'rule',
      ]);
      expect(
        await resolve('Checkout', undefined, [rule(/^Checkout$/, 'nobody')]),
      ).toEqual(['component:default/checkout', 'evidence']);
    });
  });

  it('says in words what the names differ in', async () => {
    const name = 'HTTP://Check_Out:80';
    const found = (
      await resolveNames([name], [service('component:default/check-out')], [])
    ).get(name);
    expect(found?.alias.reason).toBe(
      'It differs from "check-out", a name of component:default/check-out, in nothing but case, the characters between words, the scheme and the port.',
    );
  });

  it('answers the same whatever the order, and joins each exact name', async () => {
    const word = fc.stringMatching(/^[a-cA-C]([-_.]?[a-cA-C]){0,3}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.record({
            entityRef: fc
              .tuple(fc.constantFrom('x', 'y'), word)
              .map(([namespace, name]) =>
                `component:${namespace}/${name}`.toLowerCase(),
              ),
            telemetryNames: fc.array(word, { minLength: 1, maxLength: 3 }),
          }),
          { selector: one => one.entityRef, maxLength: 8 },
        ),
        fc.array(fc.oneof(word, fc.string({ unit: 'binary' }))),
        async (services, names) => {
          const asked = [...names, ...services.flatMap(s => s.telemetryNames)];
          const resolved = await resolveNames(asked, services, []);
          const reversed = await resolveNames(
            [...asked].reverse(),
            [...services].reverse(),
            [],
          );
          expect(new Map([...reversed].sort())).toEqual(
            new Map([...resolved].sort()),
          );
          for (const [name, { entityRef, alias }] of resolved) {
            expect(alias.name).toBe(name);
            expect(alias.reason).toContain(entityRef);
            expect(services.map(one => one.entityRef)).toContain(entityRef);
          }
        },
      ),
    );
  });

  it('resolves 20,000 names among 5,000 services', async () => {
    const services = Array.from({ length: 5_000 }, (_, index) =>
      service(`component:default/service-${index}`),
    );
    const names = Array.from(
      { length: 20_000 },
      (_, index) => `Service_${index}.default.svc.cluster.local:80`,
    );
    expect((await resolveNames(names, services, [])).size).toBe(5_000);
  });
});
