import { SloRecommenderClient } from './SloRecommenderClient';

function aClient(status: number, body: unknown) {
  const fetchMock = jest.fn(
    async () =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json' },
      }),
  );
  const client = new SloRecommenderClient({
    discoveryApi: {
      getBaseUrl: async plugin => `http://localhost:7007/api/${plugin}`,
    },
    fetchApi: { fetch: fetchMock },
  });
  return { client, fetchMock };
}

describe('SloRecommenderClient', () => {
  it('asks for services with repeated filters and leaves out what is not given', async () => {
    const answer = { items: [], nextCursor: null, totalItems: 0 };
    const { client, fetchMock } = aClient(200, answer);
    await expect(
      client.getServices({
        limit: 20,
        cursor: undefined,
        verdict: ['ok', 'invalid'],
      }),
    ).resolves.toEqual(answer);
    expect(fetchMock).toHaveBeenCalledWith(
      'http://localhost:7007/api/slo-recommender/v1/services?limit=20&verdict=ok&verdict=invalid',
      {},
    );
  });

  it('puts the entity reference in its normal form into the path', async () => {
    const { client, fetchMock } = aClient(404, {});
    await client.getRecommendations('Component:Shop/Check Out').catch(() => {});
    expect(fetchMock).toHaveBeenCalledWith(
      'http://localhost:7007/api/slo-recommender/v1/services/component/shop/check%20out/slo-recommendations',
      {},
    );
  });

  it('orders an analysis', async () => {
    const { client, fetchMock } = aClient(202, { id: '7' });
    await expect(
      client.analyze({ asOf: '2026-01-01T00:00:00Z' }),
    ).resolves.toEqual({ id: '7' });
    expect(fetchMock).toHaveBeenCalledWith(
      'http://localhost:7007/api/slo-recommender/v1/analyze',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"asOf":"2026-01-01T00:00:00Z"}',
      },
    );
  });

  it('rejects with the message of the backend', async () => {
    const { client } = aClient(400, {
      error: { name: 'InputError', message: 'limit: Too small' },
      response: { statusCode: 400 },
    });
    await expect(client.getStatus()).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { name: 'InputError', message: 'limit: Too small' },
    });
  });

  it('does not pass on an answer that breaks the contract', async () => {
    const { client } = aClient(200, { id: 7 });
    await expect(client.analyze()).rejects.toThrow('expected string');
  });
});
