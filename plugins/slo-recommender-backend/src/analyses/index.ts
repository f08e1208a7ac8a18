import { operations } from 'backstage-plugin-slo-recommender-common';
import type { Feature } from '../kernel/Feature';
import { defineRoute } from '../kernel/http/route';
import { AnalysisQueue, type AnalysisQueueOptions } from './AnalysisQueue';
import { AnalysisRunner, type AnalysisRunnerOptions } from './AnalysisRunner';
import {
  AnalysisSchedule,
  type AnalysisScheduleOptions,
} from './AnalysisSchedule';
import { AnalysisWorker, type AnalysisWorkerOptions } from './AnalysisWorker';
import { StatusReader, type StatusReaderOptions } from './StatusReader';

export { AnalysisStore } from './AnalysisStore';

export type AnalysesFeatureOptions = AnalysisRunnerOptions &
  StatusReaderOptions &
  Omit<AnalysisQueueOptions, 'wake'> &
  Omit<AnalysisScheduleOptions, 'queue'> &
  Omit<AnalysisWorkerOptions, 'runner' | 'shutdownSignal'>;

export interface AnalysesFeature extends Feature {
  queue: AnalysisQueue;
}

/** Analyses, made of the steps of all slices: when they are due, how they run, and how far they are. */
export function createAnalysesFeature(
  options: AnalysesFeatureOptions,
): AnalysesFeature {
  const { visibility } = options;
  const runner = new AnalysisRunner(options);
  const shutdown = new AbortController();
  const worker = new AnalysisWorker({
    ...options,
    runner,
    shutdownSignal: shutdown.signal,
  });
  const queue = new AnalysisQueue({
    ...options,
    wake: () => void worker.drain(),
  });
  const schedule = new AnalysisSchedule({ ...options, queue });
  const status = new StatusReader(options);
  return {
    queue,
    // an analysis that is cut off is begun anew by the replica that takes its lease
    async stop() {
      shutdown.abort();
      await worker.drain();
    },
    routes: [
      defineRoute(operations.analyze, async ({ body, caller, credentials }) => {
        const { asOf, entityRefs } = body;
        const readable =
          entityRefs && (await visibility.readable(entityRefs, credentials));
        const id = await queue.add({
          trigger: 'request',
          requestedBy: caller,
          asOf: asOf === undefined ? undefined : new Date(asOf),
          entityRefs,
          mayRead: readable && (entityRef => readable.has(entityRef)),
        });
        return { id };
      }),
      defineRoute(operations.getAnalysis, ({ id, ...reader }) =>
        status.getAnalysis(id, reader),
      ),
      defineRoute(operations.getStatus, ({ credentials }) =>
        status.getStatus(credentials),
      ),
    ],
    figures: {
      queue: async metrics =>
        metrics.setQueue(await options.analyses.countActive()),
    },
    tasks: [
      {
        id: 'slo-recommender-schedule',
        scope: 'global',
        frequency: { seconds: 5 },
        timeout: { minutes: 5 },
        fn: () => schedule.tick(),
      },
      {
        // every replica looks for work: the lease decides which one does it
        id: 'slo-recommender-analyses',
        scope: 'local',
        frequency: { seconds: 5 },
        timeout: { hours: 2 },
        fn: () => worker.drain(),
      },
    ],
  };
}
