import fc from 'fast-check';
import { type AliasGraph, findAliasCandidates } from './findAliasCandidates';

const idOf = (name: string) =>
  name.startsWith('@')
    ? `component:default/${name.slice(1).toLowerCase()}`
    : `undeclared:${name}`;

/** A graph from lines such as `caller -> callee: 100`; names that begin with `@` are entities. */
function graphOf(lines: string[]): AliasGraph {
  const names = new Set<string>();
  const edges = lines.flatMap(line => {
    const [path, calls] = line.split(' : ');
    const [source, target] = path.split(' -> ');
    [source, target].forEach(name => name && names.add(name));
    return target
      ? [{ source: idOf(source), target: idOf(target), calls: Number(calls) }]
      : [];
  });
  return {
    nodes: [...names].map(name => {
      const entityRef = name.startsWith('@') ? idOf(name) : null;
      return { id: idOf(name), names: [name.replace('@', '')], entityRef };
    }),
    edges,
  };
}

const offered = async (lines: string[]) =>
  (await findAliasCandidates(graphOf(lines))).map(({ names, evidence }) => [
    names.join(' = '),
    [...new Set(evidence.map(({ code }) => code))].sort().join(),
  ]);

describe('findAliasCandidates', () => {
  it('offers what a platform made of one service, with the evidence and the annotation', async () => {
    expect(
      await findAliasCandidates(
        graphOf([
          'web -> @Orders_AWS::ECS::Fargate : 900',
          'web -> internal-shop-order-1a2b3c.eu-west-1.elb.amazonaws.com_remote : 90',
          'orders_client -> @Orders_AWS::ECS::Fargate : 30',
          '@Orders_AWS::ECS::Fargate -> orders_Database::SQL : 930',
        ]),
      ),
    ).toEqual([
      {
        ids: [
          'component:default/orders_aws::ecs::fargate',
          'undeclared:orders_client',
          'undeclared:internal-shop-order-1a2b3c.eu-west-1.elb.amazonaws.com_remote',
        ],
        names: [
          'Orders_AWS::ECS::Fargate',
          'orders_client',
          'internal-shop-order-1a2b3c.eu-west-1.elb.amazonaws.com_remote',
        ],
        entityRef: 'component:default/orders_aws::ecs::fargate',
        evidence: [
          {
            code: 'same-stem',
            message:
              '"Orders_AWS::ECS::Fargate" and "orders_client" are the same name without "_AWS::ECS::Fargate" and "_client", which a telemetry platform appends.',
          },
          {
            code: 'abbreviation',
            message:
              '"order" in the host name "internal-shop-order-1a2b3c.eu-west-1.elb.amazonaws.com" abbreviates "Orders_AWS::ECS::Fargate" and no other name.',
          },
          {
            code: 'chain',
            message:
              '"orders_client" calls nothing but "Orders_AWS::ECS::Fargate", and nothing calls it.',
          },
          {
            code: 'same-callers',
            message:
              'Whatever calls "internal-shop-order-1a2b3c.eu-west-1.elb.amazonaws.com_remote" also calls "Orders_AWS::ECS::Fargate".',
          },
        ],
        annotation: {
          name: 'slo-recommender.io/telemetry-name',
          value:
            'Orders_AWS::ECS::Fargate, orders_client, internal-shop-order-1a2b3c.eu-west-1.elb.amazonaws.com_remote',
        },
      },
    ]);
  });

  it.each([
    [
      'names that differ in case and port alone',
      ['web -> Search : 10', 'app -> search:8080 : 10'],
      [['Search = search:8080', 'same-name']],
    ],
    [
      'the invocation and the function of one resource',
      [
        'flow -> resize_AWS::Lambda : 100',
        'resize_AWS::Lambda -> resize_AWS::Lambda::Function : 99',
        'resize_AWS::Lambda::Function -> resize : 98',
        'resize -> images : 98',
        'resize -> archive : 98',
      ],
      [
        [
          'resize = resize_AWS::Lambda = resize_AWS::Lambda::Function',
          'chain,same-stem',
        ],
      ],
    ],
    [
      'a host that does nothing but hand on to the service of its label',
      [
        'web -> search.shop.example.com : 50',
        'search.shop.example.com -> search : 51',
      ],
      [['search = search.shop.example.com', 'chain,host-label']],
    ],
    [
      'the remote view of a service that has the same callers',
      ['web -> search : 5', 'web -> search_remote : 50'],
      [['search = search_remote', 'remote-side,same-callers']],
    ],
    [
      'one load balancer in two spellings',
      [
        'web -> search_GCP::CloudRun : 9',
        'app -> search_GCP::CloudRun : 9',
        'web -> shop-searc.eu.elb.amazonaws.com : 9',
        'app -> Shop-Searc.eu.elb.amazonaws.com : 9',
        'app -> shop-other.eu.elb.amazonaws.com : 9',
      ],
      [
        [
          'search_GCP::CloudRun = Shop-Searc.eu.elb.amazonaws.com = shop-searc.eu.elb.amazonaws.com',
          'abbreviation,same-callers,same-name',
        ],
      ],
    ],
  ])('offers %s', async (_, lines, expected) => {
    expect(await offered(lines)).toEqual(expected);
  });

  it.each([
    [
      'a gateway and the one service behind it',
      ['web -> gateway : 100', 'gateway -> monolith : 100'],
    ],
    [
      'a service and the database of its name',
      ['orders_AWS::ECS::Fargate -> orders_Database::SQL : 10'],
    ],
    [
      'a plain service and the table of its name',
      ['orders -> orders_AWS::DynamoDB::Table : 10'],
    ],
    [
      'the front end of a service that people call its client',
      ['billing_client -> billing : 100'],
    ],
    [
      'a function and the gateway stage of its name',
      [
        'orders_AWS::ApiGateway::Stage -> orders_AWS::Lambda::Function : 10',
        'web -> orders_client : 1',
      ],
    ],
    [
      'the same name in two namespaces',
      ['web -> prod/orders : 1', 'web -> staging/orders : 1'],
    ],
    [
      'entities whose owners gave them close names',
      ['web -> @orders : 1', 'web -> @Orders:80 : 1'],
    ],
    [
      'domains with the same first label',
      ['web -> shop.com : 1', 'web -> shop.org : 1', 'web -> shop : 1'],
    ],
    [
      'a host of somebody else that has the name of a service',
      ['web -> payments.stripe.com : 9', 'web -> payments : 9'],
    ],
    [
      'a load balancer whose callers do not call the service',
      ['app -> a-searc.eu.elb.amazonaws.com : 9', 'web -> petsearch : 9'],
    ],
    [
      'a load balancer that two names could be meant by',
      [
        'web -> a-searc.eu.elb.amazonaws.com : 9',
        'web -> petsearch : 9',
        'web -> searches : 9',
      ],
    ],
    [
      'a load balancer that has a whole word of a longer name',
      ['web -> a-user.eu.elb.amazonaws.com : 9', 'web -> user-profile : 9'],
    ],
    [
      'a load balancer that the service itself calls',
      ['petsearch -> a-searc.eu.elb.amazonaws.com : 9', 'web -> petsearch : 9'],
    ],
    [
      'load balancers that have the name of their stack in common',
      [
        'web -> petst-one.eu.elb.amazonaws.com : 9',
        'web -> petst-two.eu.elb.amazonaws.com : 9',
        'web -> petstore : 9',
      ],
    ],
  ])('does not offer %s', async (_, lines) => {
    expect(await offered(lines)).toEqual([]);
  });

  it('takes equal traffic of a day for evidence, and not a constant', async () => {
    const hours = Array.from({ length: 48 }, (_, hour) => 1_000 + 37 * hour);
    const graph = graphOf(['billing_client -> billing : 100']);
    const withTraffic = (one: number[], other: number[]) =>
      findAliasCandidates({
        ...graph,
        hourlyRequests: new Map([
          ['undeclared:billing', one],
          ['undeclared:billing_client', other],
        ]),
      });
    expect(
      await withTraffic(
        hours,
        hours.map(count => count * 1.01),
      ),
    ).toMatchObject([
      {
        evidence: expect.arrayContaining([
          expect.objectContaining({ code: 'same-traffic' }),
        ]),
      },
    ]);
    expect(
      await withTraffic(
        hours,
        hours.map(count => count * 1.2),
      ),
    ).toEqual([]);
    expect(await withTraffic(hours.slice(0, 12), hours.slice(0, 12))).toEqual(
      [],
    );
    expect(await withTraffic(Array(48).fill(60), Array(48).fill(60))).toEqual(
      [],
    );
    expect(await withTraffic(Array(48).fill(NaN), Array(48).fill(NaN))).toEqual(
      [],
    );
  });

  it('leaves out names that no list with commas can hold', async () => {
    expect(
      await offered(['a,b_AWS::ECS::Fargate -> x : 1', 'a,b_client -> x : 1']),
    ).toEqual([]);
  });

  it('answers the same in any order, and offers each node with a reason', async () => {
    const stem = fc.constantFrom('orders', 'Orders', 'pet-search', 'searches');
    const name = fc.oneof(
      stem,
      fc
        .tuple(stem, fc.constantFrom('_client', '_remote', '_AWS::ECS::Task'))
        .map(parts => parts.join('')),
      fc
        .constantFrom('a-searc', 'a-order', 'orders', 'b-petse')
        .map(label => `${label}.eu.elb.amazonaws.com`),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { minLength: 2, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.nat(3)), {
          maxLength: 20,
        }),
        async (names, calls) => {
          const nodes = names.map((text, index) => ({
            id: `undeclared:${text}`,
            names: [text],
            entityRef: index % 5 === 0 ? `component:default/e-${index}` : null,
          }));
          const edges = calls.flatMap(([source, target, count]) =>
            nodes[source] && nodes[target]
              ? {
                  source: nodes[source].id,
                  target: nodes[target].id,
                  calls: count,
                }
              : [],
          );
          const candidates = await findAliasCandidates({ nodes, edges });
          expect(
            await findAliasCandidates({ nodes: [...nodes].reverse(), edges }),
          ).toEqual(candidates);
          const ids = candidates.flatMap(candidate => candidate.ids);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { evidence } of candidates) {
            expect(evidence.length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it('looks through 5,000 names that share their words', async () => {
    const lines = Array.from({ length: 1_667 }, (_, index) => [
      `web-${index % 40} -> shop-service-${index}_AWS::ECS::Fargate : 100`,
      `shop-service-${index}_client -> shop-service-${index}_AWS::ECS::Fargate : 7`,
      `web-${index % 40} -> shop-servi-${index}.eu.elb.amazonaws.com : 3`,
    ]).flat();
    const begin = performance.now();
    expect(await findAliasCandidates(graphOf(lines))).toHaveLength(1_667);
    process.stdout.write(
      `5,000 names compared in ${Math.round(performance.now() - begin)} ms\n`,
    );
  });
});
