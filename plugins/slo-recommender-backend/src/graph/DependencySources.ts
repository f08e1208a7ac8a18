import { setTimeout } from 'timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  dependencyReportSchema,
  reportedEdgeSchema,
  reportedNodeSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { DependencySource } from 'backstage-plugin-slo-recommender-node';
import { z } from 'zod';
import type { DependencyReports } from './DependencyReports';

/** Longest time that a source may take. */
const TIMEOUT_MS = 60_000;

/** What a source answers: as large as it likes, for it runs in this process. */
const answerSchema = z.object({
  nodes: z.array(reportedNodeSchema),
  edges: z.array(reportedEdgeSchema),
});

/** Dependency sources that modules brought. */
export class DependencySources {
  readonly #sources: readonly DependencySource[];
  readonly #reports: DependencyReports;
  readonly #logger: LoggerService;

  constructor(options: {
    sources: readonly DependencySource[];
    reports: DependencyReports;
    logger: LoggerService;
  }) {
    this.#sources = options.sources;
    this.#reports = options.reports;
    this.#logger = options.logger;
  }

  /** Asks all of them. One that fails or does not answer is logged, and what it told before stays. */
  async askAll(asOf: Date, signal: AbortSignal): Promise<void> {
    for (const source of this.#sources) {
      signal.throwIfAborted();
      try {
        await this.#ask(source, asOf, signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#logger.warn(
          `Dependency source '${
            source.id
          }' failed, what it told before stays: ${stringifyError(error)}`,
        );
      }
    }
  }

  async #ask(
    source: DependencySource,
    asOf: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const answered = new AbortController();
    const timeout = setTimeout(TIMEOUT_MS, undefined, {
      signal: AbortSignal.any([answered.signal, signal]),
      ref: false,
    }).then(() => {
      throw new Error(`It did not answer within ${TIMEOUT_MS / 1_000} s.`);
    });
    try {
      const answer = await Promise.race([
        source.fetchDependencies({
          asOf,
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        }),
        timeout,
      ]);
      const { source: id } = dependencyReportSchema.parse({
        source: source.id,
      });
      await this.#reports.take({
        source: id,
        claim: source.claim,
        // calls that are not seen any more were seen once; what is not declared any more never was
        mode: source.claim === 'declared' ? 'replace' : 'merge',
        reportedAt: asOf.toISOString(),
        ...answerSchema.parse(answer),
      });
    } finally {
      answered.abort();
      timeout.catch(() => {});
    }
  }
}
