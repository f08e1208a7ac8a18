import { operations } from '../operations';
import { SloRecommenderClient } from './SloRecommenderClient';

function aClient(status: number, body: unknown, type = 'application/json') {
  const fetchMock = jest.fn(
    async () =>
      new Response(
        type === 'application/json' ? JSON.stringify(body) : String(body),
        { status, headers: { 'Content-Type': type } },
      ),
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
    const answer = {
      items: [],
      nextCursor: null,
      totalItems: 0,
      counts: { ok: 0, degraded: 0, insufficient: 0, invalid: 0 },
    };
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

  it('says in a sentence what is wrong with an answer', async () => {
    const { client } = aClient(200, { id: 7 });
    await expect(client.analyze()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'The answer to POST /v1/analyze cannot be used: id: Invalid input: expected string, received number. Frontend and backend may have different versions: reload the page, or ask those who run the portal.',
    });
    const { client: another } = aClient(200, 'x', 'text/html');
    await expect(another.getStatus()).rejects.toThrow('it is not JSON');
  });

  it('says that there is no answer', async () => {
    const client = new SloRecommenderClient({
      discoveryApi: { getBaseUrl: async () => 'http://localhost' },
      fetchApi: {
        fetch: async () => {
          throw new TypeError('Failed to fetch');
        },
      },
    });
    await expect(client.getStatus()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'The backend of SLO Recommender cannot be reached; caused by TypeError: Failed to fetch',
    });
  });

  it('fills the path with the entity reference and the id', async () => {
    const { client, fetchMock } = aClient(404, {});
    await client.withdrawExclusion('component:a', 'b/c').catch(() => {});
    expect(fetchMock).toHaveBeenCalledWith(
      'http://localhost:7007/api/slo-recommender/v1/services/component/default/a/exclusions/b%2Fc/withdrawal',
      { method: 'POST' },
    );
  });

  it('has a method for each operation', () => {
    const { client } = aClient(404, {});
    expect(Object.keys(client).sort()).toEqual(Object.keys(operations).sort());
  });
});
