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

/** What is fetched, one after the other from each datasource. */
export type FetchPhase = 'counts' | 'latencies';

/** Share of the whole that counts are taken for: where there are latencies they take at least as long. */
const COUNTS_SHARE = 0.5;

/** Keeps count of what is fetched from all datasources, and tells it. */
export class FetchProgress {
  readonly #counts: BackfillMeter;
  readonly #latencies: BackfillMeter;
  readonly #report: (progress: SyncProgress) => Promise<void>;
  readonly #datasources: string;
  #hasLatencies = false;
  #share = 0;

  constructor(options: {
    datasourceIds: string[];
    nowMs: () => number;
    report(progress: SyncProgress): Promise<void>;
  }) {
    this.#counts = new BackfillMeter(options.nowMs);
    this.#latencies = new BackfillMeter(options.nowMs);
    this.#report = options.report;
    this.#datasources = options.datasourceIds.map(id => `'${id}'`).join(', ');
  }

  async plan(phase: FetchPhase, chunks: Chunk[]): Promise<void> {
    this.#hasLatencies ||= phase === 'latencies';
    this.#meterOf(phase).plan(chunks);
    await this.#tell(phase);
  }

  async done(phase: FetchPhase, chunk: Chunk): Promise<void> {
    this.#meterOf(phase).done(chunk);
    await this.#tell(phase);
  }

  #meterOf(phase: FetchPhase): BackfillMeter {
    return phase === 'counts' ? this.#counts : this.#latencies;
  }

  async #tell(phase: FetchPhase): Promise<void> {
    const latencies = this.#hasLatencies ? this.#latencies.share : 0;
    // a datasource that plans later than the others does not take back what was said
    this.#share = Math.max(
      this.#share,
      COUNTS_SHARE * this.#counts.share + (1 - COUNTS_SHARE) * latencies,
    );
    await this.#report({
      phase: `Fetching ${phase} from ${this.#datasources}`,
      share: this.#share,
      backfill: this.#meterOf(phase).progress,
    });
  }
}
