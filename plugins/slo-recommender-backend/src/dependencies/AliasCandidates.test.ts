import type { CatalogEntity } from '../kernel/CatalogEntity';
import { aService } from '../__testUtils__/entities';
import { buildSnapshot } from './graph/buildSnapshot';
import { AliasCandidates } from './AliasCandidates';
import { GraphView } from './GraphView';

const QUERY = { limit: 10, text: '' };

async function aSnapshot(entities: CatalogEntity[]) {
  return buildSnapshot(
    {
      version: 1,
      changedAt: '2026-03-01T00:00:00.000Z',
      entities: new Map(entities.map(one => [one.entityRef, one])),
      danglingRefs: new Set(),
      edges: [],
      nodes: [],
      results: [],
    },
    { staleAfterMs: 1, aliasRules: [] },
  );
}

describe('AliasCandidates', () => {
  it('looks once for all that see the same of one graph, and anew for others', async () => {
    const snapshot = await aSnapshot(
      ['Orders_AWS::ECS::Fargate', 'orders_client'].map((name, i) =>
        aService(`orders-${i}`, { telemetryNames: [name] }),
      ),
    );
    const candidates = new AliasCandidates();
    const list = async (readable: Set<string> | undefined, of = snapshot) =>
      (await candidates.list(new GraphView(of, readable), QUERY)).items;
    const [first, second] = await Promise.all([
      list(undefined),
      list(new Set(snapshot.indexOf.keys())),
    ]);
    expect(first).toHaveLength(1);
    expect(second[0]).toBe(first[0]);
    await expect(
      list(new Set(['component:default/orders-0'])),
    ).resolves.toEqual([]);
    await expect(list(undefined, await aSnapshot([]))).resolves.toEqual([]);
    const again = await list(undefined);
    expect(again).toEqual(first);
    expect(again[0]).not.toBe(first[0]);
  });
});
