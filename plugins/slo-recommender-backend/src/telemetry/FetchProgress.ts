import type { BackfillProgress } from 'backstage-plugin-slo-recommender-common';
import { BackfillMeter } from './BackfillMeter';
import type { Chunk } from './planChunks';

export interface SyncProgress {
  phase: string;
  /** Share of the fetching done. */
  share: number;
  /** Of the present phase; null where nothing has to be fetched. */
  backfill: BackfillProgress | null;
}

/** Progress of the fetching from all datasources, which each are asked for one kind of values after the other. */
export class FetchProgress {
  /** By kind. */
  readonly #meters: ReadonlyMap<string, BackfillMeter>;
  /** Kinds that at least one datasource has a plan for. */
  readonly #planned = new Set<string>();
  readonly #report: (progress: SyncProgress) => Promise<void>;
  readonly #datasources: string;
  #share = 0;

  constructor(options: {
    kinds: string[];
    datasourceIds: string[];
    nowMs: () => number;
    report(progress: SyncProgress): Promise<void>;
  }) {
    this.#meters = new Map(
      options.kinds.map(kind => [kind, new BackfillMeter(options.nowMs)]),
    );
    this.#report = options.report;
    this.#datasources = options.datasourceIds.map(id => `'${id}'`).join(', ');
  }

  async plan(kind: string, chunks: Chunk[]): Promise<void> {
    this.#planned.add(kind);
    this.#meters.get(kind)?.plan(chunks);
    await this.#show(kind);
  }

  async done(kind: string, chunk: Chunk): Promise<void> {
    this.#meters.get(kind)?.done(chunk);
    await this.#show(kind);
  }

  async #show(kind: string): Promise<void> {
    // every kind is taken for the same share of the work
    const shares = [...this.#meters].map(([known, { share }]) =>
      this.#planned.has(known) ? share / this.#meters.size : 0,
    );
    // a datasource that plans later than the others does not take back what was said
    this.#share = Math.max(
      this.#share,
      shares.reduce((sum, share) => sum + share, 0),
    );
    await this.#report({
      phase: `Fetching ${kind} from ${this.#datasources}`,
      share: this.#share,
      backfill: this.#meters.get(kind)?.progress ?? null,
    });
  }
}
