// A process of its own that starts the plugin in a real backend whenever it is asked to, and stops it again.
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { toError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { sloRecommenderPlugin } from '../plugin';
import type { ReplicaReport, ReplicaRequest } from './createReplica';

let stop = async () => {};

async function start(config: JsonObject): Promise<ReplicaReport> {
  const warnings: string[] = [];
  const warn = (message: string, meta?: unknown) =>
    void warnings.push(
      meta instanceof Error ? `${message}: ${meta.message}` : message,
    );
  const logger: RootLoggerService = {
    debug() {},
    info() {},
    warn,
    error: warn,
    child: () => logger,
  };
  const backend = createBackend();
  backend.add(mockServices.rootConfig.factory({ data: config }));
  backend.add(
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => logger,
    }),
  );
  backend.add(catalogServiceMock.factory({ entities: [] }));
  backend.add(sloRecommenderPlugin);
  stop = () => backend.stop();
  try {
    await backend.start();
    return { warnings };
  } catch (error) {
    return { warnings, error: toError(error).stack };
  }
}

process.on('message', async ({ replica }: { replica?: ReplicaRequest }) => {
  if (!replica) return;
  const answer = replica === 'stop' ? await stop() : await start(replica);
  process.send?.({ replica: answer ?? 'stopped' });
});
// the tests have ended, perhaps without a word
process.on('disconnect', () => process.exit());
process.send?.({ replica: 'there' });
