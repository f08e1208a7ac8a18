import type {
  HourRange,
  LabelMatcher,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { runTogether } from '../client/askInParts';
import type { DialectConfig } from '../dialects/config';
import {
  type EdgeDialect,
  istioEdges,
  serviceGraphEdges,
} from '../dialects/edges';
import { dialectWithScrapers, withScrapers } from '../dialects/replicas';
import { resolveDialects, resolveInternalSpans } from '../dialects/resolve';
import { selectEdges, selectIn } from '../dialects/selection';
import { type Dialect, DIALECT_IDS, isTemplate } from '../dialects/types';
import { addHours, isShort } from '../hours';
import { findFailuresAtCallers, type SeenByCallers } from './callers';
import {
  type DiscoveredNames,
  discoverNames,
  type InventoryAnswer,
  type Resolution,
  takeInventory,
} from './inventory';
import {
  type EdgeReview,
  type Review,
  reviewEdges,
  reviewServices,
  type ServiceReview,
} from './review';
import { countKnownHours, countSeries } from './series';

/** Exporters change seldom, services are added any time. */
const INVENTORY_LIFETIME_MS = 6 * 3_600_000;
const NAMES_LIFETIME_MS = 10 * 60_000;

const HOURS_OF_A_MONTH = 31 * 24;

/**
 * Answers about ranges of hours by key, for a while. They also serve ranges that lie within or end as little later, and
 * callers that ask while the answer is still on its way.
 */
class RangeCache<T> {
  readonly #lifetimeMs: number;
  readonly #entries = new Map<
    string,
    { range: HourRange; loadedAtMs: number; value: Promise<T> }
  >();

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  /** @param isWorthKeeping - false for answers that are to be asked again the next time. */
  async get(
    key: string,
    range: HourRange,
    load: () => Promise<T>,
    isWorthKeeping: (value: T) => boolean = () => true,
  ): Promise<T> {
    const known = this.#entries.get(key);
    if (
      known &&
      Date.now() - known.loadedAtMs < this.#lifetimeMs &&
      known.range.from <= range.from &&
      range.to.getTime() <= known.range.to.getTime() + this.#lifetimeMs
    ) {
      return known.value;
    }
    for (const [other, { loadedAtMs }] of this.#entries) {
      if (Date.now() - loadedAtMs >= this.#lifetimeMs) {
        this.#entries.delete(other);
      }
    }
    const entry = { range, loadedAtMs: Date.now(), value: load() };
    this.#entries.set(key, entry);
    let isKept = false;
    try {
      const value = await entry.value;
      isKept = isWorthKeeping(value);
      return value;
    } finally {
      if (!isKept && this.#entries.get(key) === entry) {
        this.#entries.delete(key);
      }
    }
  }
}

/** Answers of the datasource. */
class Memory {
  readonly inventory = new RangeCache<InventoryAnswer>(INVENTORY_LIFETIME_MS);
  readonly services = new RangeCache<ServiceReview[]>(NAMES_LIFETIME_MS);
  readonly edges = new RangeCache<EdgeReview>(NAMES_LIFETIME_MS);
  readonly names = new RangeCache<DiscoveredNames>(NAMES_LIFETIME_MS);
  readonly lately = new RangeCache<DiscoveredNames>(INVENTORY_LIFETIME_MS);
  readonly knownHours = new RangeCache<NumberByName>(NAMES_LIFETIME_MS);
  readonly series = new RangeCache<NumberByName>(NAMES_LIFETIME_MS);
  readonly callers = new RangeCache<SeenByCallers | undefined>(
    NAMES_LIFETIME_MS,
  );
}

/** Undefined if the server cannot say. */
type NumberByName = ReadonlyMap<string, number> | undefined;

/**
 * What a datasource holds: asked once, and remembered for a while, so that chunks of one run share it. Where it was
 * answered only in part it is asked again.
 */
export class DatasourceSurvey {
  readonly #client: PrometheusClient;
  readonly #config: DialectConfig;
  readonly #memory: Memory;
  readonly #ofServices: readonly LabelMatcher[];

  /** @param ofServices - what owners of services select beside the operator. */
  constructor(
    client: PrometheusClient,
    config: DialectConfig,
    memory = new Memory(),
    ofServices: readonly LabelMatcher[] = [],
  ) {
    this.#client = client;
    this.#config = config;
    this.#memory = memory;
    this.#ofServices = ofServices;
  }

  /** The same survey, asking through another client. */
  through(client: PrometheusClient): DatasourceSurvey {
    return new DatasourceSurvey(
      client,
      this.#config,
      this.#memory,
      this.#ofServices,
    );
  }

  /** The same survey of services of which only some series count. */
  selecting(matchers: readonly LabelMatcher[]): DatasourceSurvey {
    return new DatasourceSurvey(
      this.#client,
      this.#config,
      this.#memory,
      matchers,
    );
  }

  /** The same survey of everything that there is, and what is selected of that. */
  unselected(): {
    survey: DatasourceSurvey;
    selection: readonly LabelMatcher[];
  } {
    const { matchers, ...config } = this.#config;
    return {
      survey: new DatasourceSurvey(this.#client, config, this.#memory),
      selection: this.#selection,
    };
  }

  get #selection(): readonly LabelMatcher[] {
    return [...(this.#config.matchers ?? []), ...this.#ofServices];
  }

  async resolve(range: HourRange, signal?: AbortSignal): Promise<Resolution> {
    const inventory = await this.#memory.inventory.get(
      '',
      range,
      () => takeInventory(this.#client, range, signal),
      ({ warnings, metrics }) =>
        warnings.length === 0 && metrics !== undefined && metrics.size > 0,
    );
    const { preferred, template } = this.#config;
    const order = preferred ?? ['template' as const, ...DIALECT_IDS];
    const dialects = [
      ...order.flatMap(id =>
        id === 'template' ? (template ?? []) : resolveDialects(inventory, [id]),
      ),
      ...order.flatMap(id =>
        id === 'template' ? [] : resolveInternalSpans(inventory, [id]),
      ),
    ]
      .flatMap(
        dialect => selectIn(dialect, this.#selection, inventory.labels) ?? [],
      )
      .map(dialect => dialectWithScrapers(dialect, inventory.labels));
    return {
      dialects,
      edgeDialect: this.#findEdges(inventory),
      isOrderChosen: preferred !== undefined,
      inventory,
    };
  }

  /** As configured where that names a source of edges, else the service graph before the mesh. */
  #findEdges(inventory: InventoryAnswer): EdgeDialect | undefined {
    const ids = ['service-graph', 'istio'] as const;
    const chosen = this.#config.preferred?.filter(
      id => id === 'service-graph' || id === 'istio',
    );
    const id = (chosen?.length ? chosen : ids).find(
      one => resolveDialects(inventory, [one]).length > 0,
    );
    if (id === undefined) {
      return undefined;
    }
    const edges =
      id === 'istio' ? istioEdges(inventory) : serviceGraphEdges(inventory);
    const { labels } = inventory;
    return selectEdges(
      { ...edges, counter: withScrapers(edges.counter, labels) },
      this.#config.matchers ?? [],
      labels,
    );
  }

  /** Services that a dialect knows in the range, whatever is selected of them: that is asked once for all. */
  namesOf(
    { source, ...dialect }: Dialect,
    range: HourRange,
    signal?: AbortSignal,
  ): Promise<DiscoveredNames> {
    const whole = {
      ...dialect,
      source: isTemplate(source) ? source : { ...source, selection: undefined },
    };
    return this.#memory.names.get(
      keyOf(whole),
      range,
      () => discoverNames(this.#client, whole, range, signal),
      ({ warnings }) => warnings.length === 0,
    );
  }

  /** Services that a dialect knew within a month before; undefined if the server cannot say. */
  async knownLately(
    dialect: Dialect,
    { to }: HourRange,
    signal?: AbortSignal,
  ): Promise<ReadonlySet<string> | undefined> {
    const { names } = await this.#memory.lately.get(
      keyOf(dialect),
      { from: to, to },
      () =>
        discoverNames(
          this.#client,
          dialect,
          { from: addHours(to, -HOURS_OF_A_MONTH), to },
          signal,
        ),
      ({ warnings }) => warnings.length === 0,
    );
    return names;
  }

  /** For how much of the range a dialect knows each service; see {@link countKnownHours}. */
  knownHoursOf(
    dialect: Dialect,
    range: HourRange,
    signal?: AbortSignal,
  ): Promise<NumberByName> {
    return this.#memory.knownHours.get(keyOf(dialect), range, () =>
      countKnownHours(this.#client, dialect, range, signal),
    );
  }

  /** Hours in which callers saw calls fail, by each metric that shows it; see {@link findFailuresAtCallers}. */
  async failuresAtCallers(
    range: HourRange,
    signal?: AbortSignal,
  ): Promise<{ dialect: Dialect; seen: SeenByCallers }[]> {
    const { dialects } = await this.resolve(range, signal);
    if (dialects.every(({ isSeenByCallers }) => isSeenByCallers)) {
      return [];
    }
    const answers = await runTogether(
      either =>
        dialects
          .filter(({ isSeenByCallers }) => isSeenByCallers)
          .map(async dialect => {
            const seen = await this.#memory.callers.get(
              keyOf(dialect),
              range,
              () => findFailuresAtCallers(this.#client, dialect, range, either),
              answer => answer?.warnings.length === 0,
            );
            return seen ? [{ dialect, seen }] : [];
          }),
      signal,
    );
    return answers.flat();
  }

  /** How many series each service has at the end of the range; see {@link countSeries}. */
  seriesOf(
    counter: Pick<Dialect, 'source' | 'serviceLabel'>,
    range: HourRange,
    signal?: AbortSignal,
  ): Promise<NumberByName> {
    const end = { from: range.to, to: range.to };
    return this.#memory.series.get(keyOf(counter), end, () =>
      countSeries(this.#client, counter, range.to, signal),
    );
  }

  /** Learns what a back-fill of the range will need, so that it is not asked again after one that was cut off. */
  async learn(range: HourRange, signal?: AbortSignal): Promise<void> {
    const { services } = await this.reviewAt(range, signal);
    if (services.length > 1 && !isShort(range)) {
      await runTogether(
        either => [
          ...services.map(({ dialect }) =>
            this.knownHoursOf(dialect, range, either),
          ),
          this.failuresAtCallers(range, either),
        ],
        signal,
      );
    }
  }

  /** What the last day of the range says of how far the counts can be trusted. */
  async reviewAt(range: HourRange, signal?: AbortSignal): Promise<Review> {
    const resolution = await this.resolve(range, signal);
    const day = { from: range.to, to: range.to };
    const [services, edges] = await runTogether(
      either => [
        this.#memory.services.get(JSON.stringify(this.#selection), day, () =>
          reviewServices(this.#client, resolution, {
            range,
            namesOf: (dialect, one) => this.namesOf(dialect, range, one),
            signal: either,
          }),
        ),
        this.#memory.edges.get('', day, () =>
          reviewEdges(this.#client, resolution, range.to, either),
        ),
      ],
      signal,
    );
    return { services, ...edges };
  }
}

function keyOf({
  source,
  serviceLabel,
}: Pick<Dialect, 'source' | 'serviceLabel'>): string {
  return JSON.stringify([source, serviceLabel]);
}
