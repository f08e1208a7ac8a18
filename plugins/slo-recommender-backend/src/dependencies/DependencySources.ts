import { setTimeout } from 'timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  type DatasourceStatus,
  dependencyReportSchema,
  reportedEdgeSchema,
  reportedNodeSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { DependencySource } from 'backstage-plugin-slo-recommender-node';
import { z } from 'zod';
import { type DatasourceStatusStore, NEVER_ASKED } from '../telemetry';
import { parseYielding } from '../kernel/http/parseYielding';
import type { DependencyReports } from './DependencyReports';

/** Longest time that a source may take. */
const TIMEOUT_MS = 60_000;

/** What a source answers: as large as it likes, for it runs in this process. */
const answerSchema = z.object({
  nodes: z.array(reportedNodeSchema),
  edges: z.array(reportedEdgeSchema),
});

/** @throws ZodError naming what is wrong. */
async function parseAnswer(
  answer: unknown,
): Promise<z.output<typeof answerSchema>> {
  const result = await parseYielding(answerSchema, answer);
  if (result.success) return result.data;
  throw new z.ZodError(result.issues);
}

/** Sets these statuses apart from those of datasources. */
const STATUS_TYPE = 'dependency-source';
const statusId = (id: string) => `${STATUS_TYPE}:${id}`;

/** Dependency sources that modules brought. */
export class DependencySources {
  readonly #sources: readonly DependencySource[];
  readonly #reports: DependencyReports;
  readonly #statuses: DatasourceStatusStore;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    sources: readonly DependencySource[];
    reports: DependencyReports;
    statuses: DatasourceStatusStore;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#sources = options.sources;
    this.#reports = options.reports;
    this.#statuses = options.statuses;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** How each of them answered when it was asked last, by whichever replica. */
  async list(): Promise<DatasourceStatus[]> {
    if (this.#sources.length === 0) return [];
    const attempts = await this.#statuses.list();
    return this.#sources.map(({ id }) => ({
      id,
      type: STATUS_TYPE,
      simulated: false,
      ...(attempts.get(statusId(id)) ?? NEVER_ASKED),
    }));
  }

  /** Asks all of them. A failure or a missing answer is recorded, and what the source reported before stays. */
  async askAll(asOf: Date, signal: AbortSignal): Promise<void> {
    for (const source of this.#sources) {
      signal.throwIfAborted();
      try {
        await this.#ask(source, asOf, signal);
        await this.#record(source, 'ok', null);
      } catch (error) {
        signal.throwIfAborted();
        const message = `Dependency source '${
          source.id
        }' failed, what it told before stays: ${stringifyError(error)}`;
        this.#logger.warn(message);
        await this.#record(source, 'failing', message);
      }
    }
  }

  #record(
    { id }: DependencySource,
    state: 'ok' | 'failing',
    message: string | null,
  ): Promise<void> {
    return this.#statuses.record(statusId(id), state, message, this.#now());
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
        ...(await parseAnswer(answer)),
      });
    } finally {
      answered.abort();
      timeout.catch(() => {});
    }
  }
}
