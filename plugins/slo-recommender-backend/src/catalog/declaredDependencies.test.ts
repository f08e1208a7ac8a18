import type { Entity } from '@backstage/catalog-model';
import { formatObservedDependencies } from 'backstage-plugin-slo-recommender-common';
import { aComponent } from '../__testUtils__/entities';
import { references } from './danglingReferences';
import { declaredDependencies } from './declaredDependencies';
import { readEntity } from './readEntity';

const SHOP = 'component:default/shop';
const CART = 'component:default/cart';

/** What the catalog holds where the processor has emitted the relation from shop to cart. */
function catalog(options: {
  spec?: { shop?: object; cart?: object };
  cartOptedIn?: boolean;
  observed?: string[];
}): Entity[] {
  const shop = aComponent('shop', {
    annotations: {
      'slo-recommender.io/observed-dependencies': formatObservedDependencies(
        options.observed ?? [CART],
      ),
    },
    relations: [{ type: 'dependsOn', targetRef: CART }],
  });
  const cart = aComponent('cart', {
    annotations: {
      'slo-recommender.io/enabled': String(options.cartOptedIn ?? true),
    },
    relations: [{ type: 'dependencyOf', targetRef: SHOP }],
  });
  return [
    { ...shop, spec: { type: 'service', ...options.spec?.shop } },
    { ...cart, spec: { type: 'service', ...options.spec?.cart } },
  ];
}

function declared(entities: Entity[]) {
  const read = entities.map(entity => readEntity(entity, 'annotated'));
  const services = read.filter(({ entity }) => entity.optedIn);
  const byRef = new Map(read.map(one => [one.entity.entityRef, one]));
  return declaredDependencies(services, byRef).map(
    ({ sourceRef, targetRef }) => `${sourceRef} ${targetRef}`,
  );
}

describe('declaredDependencies', () => {
  it('does not take for declared what the processor emitted, on either side', () => {
    expect(declared(catalog({}))).toEqual([]);
    expect(declared(catalog({ cartOptedIn: false }))).toEqual([]);
    const [shop, cart] = catalog({});
    const notOptedIn = aComponent('shop', {
      annotations: {
        ...shop.metadata.annotations,
        'slo-recommender.io/enabled': 'false',
      },
      relations: shop.relations,
    });
    expect(declared([notOptedIn, cart])).toEqual([]);
  });

  it.each([
    ['the caller', { shop: { dependsOn: ['component:cart'] } }],
    ['the callee', { cart: { dependencyOf: ['Component:Shop'] } }],
  ])('takes for declared what %s describes, emitted or not', (_, spec) => {
    const edge = [`${SHOP} ${CART}`];
    expect(declared(catalog({ spec }))).toEqual(edge);
    expect(declared(catalog({ spec, cartOptedIn: false }))).toEqual(edge);
    expect(declared(catalog({ spec, observed: [] }))).toEqual(edge);
  });

  it('takes other relations for declared', () => {
    expect(declared(catalog({ observed: ['component:default/x'] }))).toEqual([
      `${SHOP} ${CART}`,
    ]);
  });

  it('leaves observed dependencies out of the references of an entity', () => {
    const [shop] = catalog({});
    expect(references([readEntity(shop, 'annotated')])).toEqual([
      {
        targetRef: 'group:default/team',
        entityRef: SHOP,
        relation: 'ownedBy',
      },
    ]);
  });
});
