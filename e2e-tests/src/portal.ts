import { SloRecommenderClient } from 'backstage-plugin-slo-recommender-common';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, startProcess, untilAnswering } from './processes';
import { REPOSITORY } from './repository';

const NODE_TRANSFORM = '@backstage/cli-node/config/nodeTransform.cjs';
const START_MS = 90_000;
const ANALYSIS_MS = 90_000;

/** A portal's backend with a database of its own, which also serves the built app. */
export interface Portal {
  url: string;
  /** Client with a static external-access token, as a script from outside would use it. */
  client: SloRecommenderClient;
  /** `performance.now()` at the moment in which the backend was ready. */
  readyAt: number;
  /** The end of what the backend printed. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts a portal.
 *
 * @param config - name of the file in `e2e-tests/config` that is loaded after `base.yaml`
 * @param env - what the file refers to beside `E2E_PORT`, `E2E_DATABASE` and `E2E_TOKEN`
 */
export async function startPortal(options: {
  config: string;
  port: number;
  env?: Record<string, string>;
}): Promise<Portal> {
  const database = await mkdtemp(join(tmpdir(), 'slo-recommender-e2e-'));
  const token = randomBytes(24).toString('hex');
  const url = `http://localhost:${options.port}`;
  // without the development runner, which would restart the backend when a source file changes
  const backend = startProcess(
    'node',
    [
      ...['--enable-source-maps', '--require', NODE_TRANSFORM, 'src/index'],
      ...['base.yaml', options.config].flatMap(file => [
        '--config',
        join(REPOSITORY, 'e2e-tests/config', file),
      ]),
    ],
    {
      cwd: join(REPOSITORY, 'packages/backend'),
      env: {
        ...options.env,
        NODE_ENV: 'development',
        E2E_PORT: String(options.port),
        E2E_DATABASE: database,
        E2E_TOKEN: token,
      },
    },
  );
  await untilAnswering(
    `${url}/.backstage/health/v1/readiness`,
    backend,
    START_MS,
  );
  const client = new SloRecommenderClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `${url}/api/${pluginId}`,
    },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('Authorization', `Bearer ${token}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
  return {
    url,
    client,
    readyAt: performance.now(),
    output: backend.output,
    async stop() {
      await backend.stop();
      await rm(database, { recursive: true, force: true });
    },
  };
}

async function until(
  portal: Portal,
  isReached: () => Promise<boolean>,
  whatIsAwaited: string,
): Promise<void> {
  const deadline = Date.now() + ANALYSIS_MS;
  while (Date.now() < deadline) {
    if (await isReached()) return;
    await pause(200);
  }
  throw new Error(`Waited too long for ${whatIsAwaited}.\n${portal.output()}`);
}

/** Waits until the portal has read all services from the catalog and has analysed them for the first time. */
export async function untilFirstAnalysis(
  portal: Portal,
  services: number,
): Promise<void> {
  const { client } = portal;
  await until(
    portal,
    async () => {
      const status = await client.getStatus();
      if (status.services < services || status.activeAnalysis) return false;
      const { items } = await client.getServices({ limit: 500 });
      return items.every(({ asOf }) => asOf !== null);
    },
    `the first analysis of ${services} services`,
  );
}

/**
 * Orders an analysis and waits for its end.
 *
 * @returns its id
 */
export async function analyse(portal: Portal, asOf: Date): Promise<string> {
  const { client } = portal;
  const { id } = await client.analyze({ asOf: asOf.toISOString() });
  await until(
    portal,
    async () => {
      const { status, error } = await client.getAnalysis(id);
      if (status === 'failed') throw new Error(`The analysis failed: ${error}`);
      return status === 'completed';
    },
    `analysis ${id}`,
  );
  return id;
}
