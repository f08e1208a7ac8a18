import { Agent, request } from 'http';
import { setTimeout } from 'timers/promises';
import fc from 'fast-check';
import {
  type Operation,
  operations,
} from 'backstage-plugin-slo-recommender-common';
import {
  arbitraryRequest,
  KnownNames,
  ofIds,
  type RawRequest,
} from './__testUtils__/arbitraryRequests';
import { isExhaustive } from './__testUtils__/propertyRuns';
import { describeOnDatabases } from './__testUtils__/shop';
import { forEachConcurrently } from './kernel/concurrency/forEachConcurrently';

jest.setTimeout(1_200_000);

const REQUESTS = isExhaustive ? 10_000 : 1_000;
const CONCURRENCY = 4;
const SEED = 20_260_310;

/** Sends exactly this, where other clients tidy paths up. */
const send = (port: string, agent: Agent, asked: RawRequest) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { operation, path, headers, body } = asked;
    const sent = request(
      {
        port,
        agent,
        path,
        method: operation.method,
        headers: { ...headers, 'Content-Length': body?.length ?? 0 },
      },
      async response => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

const arbitrary = fc.oneof(
  ...Object.values<Operation>(operations).map(operation => ({
    // about as many writes as reads, but analyses are long
    weight:
      operation.method === 'post' && operation !== operations.analyze ? 3 : 1,
    arbitrary: arbitraryRequest(operation),
  })),
);

describeOnDatabases('any request', ({ start }) => {
  it('has an answer that is documented, and so has every read after all writes', async () => {
    const { get, post, analyse, url } = await start({
      config: { rateLimits: { analyze: 10_000, reportDependencies: 10_000 } },
    });
    await post('/services/dependencies', {
      source: 'mesh',
      edges: [
        { source: 'checkout', target: 'payment' },
        { source: 'payment', target: 'checkout' },
      ],
    }).expect(200);
    await analyse();
    const { body: document } = await get('/openapi.json').expect(200);
    const documented = ({ path, method }: Operation): string[] =>
      Object.keys(
        document.paths[path.replace(/:(\w+)/g, '{$1}')][method].responses,
      );

    const agent = new Agent({ keepAlive: true });
    const known = new KnownNames();
    const reads = new Map<string, RawRequest>();
    const answers = new Map<string, number>();
    const faults: string[] = [];
    async function ask(asked: RawRequest): Promise<void> {
      const { operation, body } = asked;
      const path = known.fillIn(asked.path);
      const sent = { ...asked, path };
      const { status, text } = await send(new URL(url).port, agent, sent);
      const answer = `${operation.operationId} ${status}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      if (!documented(operation).includes(String(status))) {
        faults.push(`${answer}: ${path} ${body ?? ''}\n${text}`);
      }
      for (const [, id] of text.matchAll(/"id":"([^"\\]+)"/g)) {
        known.add(ofIds(operation), id);
      }
      for (const [, cursor] of text.matchAll(/"nextCursor":"([^"\\]+)"/g)) {
        known.add('cursor', cursor);
      }
      if (operation.method === 'get') reads.set(path, sent);
    }

    const { signal } = new AbortController();
    const requests = fc.sample(arbitrary, { seed: SEED, numRuns: REQUESTS });
    await forEachConcurrently(requests, CONCURRENCY, ask, signal);
    // the queue of analyses is full at times
    while ((await post('/analyze', {})).status === 429) await setTimeout(50);
    await analyse();
    await forEachConcurrently([...reads.values()], CONCURRENCY, ask, signal);
    agent.destroy();
    expect(faults.map(fault => fault.slice(0, 2_000))).toEqual([]);
    // neither all refused, nor nothing
    for (const { operationId, status } of Object.values<Operation>(
      operations,
    )) {
      expect([...answers.keys()]).toContain(`${operationId} ${status ?? 200}`);
    }
    if (isExhaustive) {
      const sums = [...answers].sort().map(sum => sum.join(': '));
      process.stdout.write(`${sums.join(', ')}\n`);
    }
  });
});
