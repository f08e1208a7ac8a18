import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import type { DialectConfig } from '../dialects/config';
import {
  type EdgeDialect,
  istioEdges,
  serviceGraphEdges,
} from '../dialects/edges';
import { resolveDialects } from '../dialects/resolve';
import { type Dialect, DIALECT_IDS } from '../dialects/types';
import { isShort } from '../hours';
import {
  type DiscoveredNames,
  discoverNames,
  type InventoryAnswer,
  type Resolution,
  takeInventory,
} from './inventory';
import { type Review, reviewTelemetry } from './review';
import { countKnownHours, countSeries } from './series';

/** Exporters change seldom, services are added any time. */
const INVENTORY_LIFETIME_MS = 6 * 3_600_000;
const NAMES_LIFETIME_MS = 10 * 60_000;

interface Entry<T> {
  range: HourRange;
  loadedAt: number;
  value: Promise<T>;
}

/**
 * What was learnt about a range of hours, for a while. It also answers for ranges that lie within or end as little
 * later, and for whoever asks while it is still being learnt.
 */
class RangeCache<T> {
  private entry: Entry<T> | undefined;

  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => Date,
  ) {}

  /** @param isWorthKeeping - false for answers that are to be asked again the next time. */
  async get(
    range: HourRange,
    load: () => Promise<T>,
    isWorthKeeping: (value: T) => boolean = () => true,
  ): Promise<T> {
    const known = this.entry;
    if (
      known &&
      this.now().getTime() - known.loadedAt < this.lifetimeMs &&
      known.range.from <= range.from &&
      range.to.getTime() <= known.range.to.getTime() + this.lifetimeMs
    ) {
      return known.value;
    }
    const entry = { range, loadedAt: this.now().getTime(), value: load() };
    this.entry = entry;
    const forget = () => {
      if (this.entry === entry) {
        this.entry = undefined;
      }
    };
    try {
      const value = await entry.value;
      if (!isWorthKeeping(value)) {
        forget();
      }
      return value;
    } catch (error) {
      forget();
      throw error;
    }
  }
}

/**
 * What a datasource holds: asked once, and remembered for a while, so that chunks of one run share it. Where it was
 * answered only in part it is asked again.
 */
export class DatasourceSurvey {
  private readonly inventory: RangeCache<InventoryAnswer>;
  private readonly review: RangeCache<Review>;
  private readonly names = new Map<string, RangeCache<DiscoveredNames>>();

  private readonly knownHours = new Map<
    string,
    RangeCache<ReadonlyMap<string, number> | undefined>
  >();

  private readonly series = new Map<
    string,
    RangeCache<ReadonlyMap<string, number> | undefined>
  >();

  constructor(
    private readonly client: PrometheusClient,
    private readonly config: DialectConfig,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.inventory = new RangeCache(INVENTORY_LIFETIME_MS, now);
    this.review = new RangeCache(NAMES_LIFETIME_MS, now);
  }

  async resolve(range: HourRange, signal?: AbortSignal): Promise<Resolution> {
    const inventory = await this.inventory.get(
      range,
      () => takeInventory(this.client, range, signal),
      ({ warnings, metrics }) =>
        warnings.length === 0 && metrics !== undefined && metrics.size > 0,
    );
    const { preferred, template } = this.config;
    const order = preferred ?? ['template' as const, ...DIALECT_IDS];
    const dialects = order.flatMap(id =>
      id === 'template' ? (template ?? []) : resolveDialects(inventory, [id]),
    );
    return {
      dialects,
      edgeDialect: this.findEdges(inventory),
      isOrderChosen: preferred !== undefined,
      inventory,
    };
  }

  /** As configured where that names a source of edges, else the service graph before the mesh. */
  private findEdges(inventory: InventoryAnswer): EdgeDialect | undefined {
    const ids = ['service-graph', 'istio'] as const;
    const chosen = this.config.preferred?.filter(
      id => id === 'service-graph' || id === 'istio',
    );
    const id = (chosen?.length ? chosen : ids).find(
      one => resolveDialects(inventory, [one]).length > 0,
    );
    if (id === undefined) {
      return undefined;
    }
    return id === 'istio'
      ? istioEdges(inventory)
      : serviceGraphEdges(inventory);
  }

  /** Services that a dialect knows in the range. */
  namesOf(
    dialect: Dialect,
    range: HourRange,
    signal?: AbortSignal,
  ): Promise<DiscoveredNames> {
    const key = keyOf(dialect);
    const cache =
      this.names.get(key) ?? new RangeCache(NAMES_LIFETIME_MS, this.now);
    this.names.set(key, cache);
    return cache.get(
      range,
      () => discoverNames(this.client, dialect, range, signal),
      ({ warnings }) => warnings.length === 0,
    );
  }

  /** For how much of the range a dialect knows each service; see {@link countKnownHours}. */
  knownHoursOf(
    dialect: Dialect,
    range: HourRange,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number> | undefined> {
    const key = keyOf(dialect);
    const cache =
      this.knownHours.get(key) ?? new RangeCache(NAMES_LIFETIME_MS, this.now);
    this.knownHours.set(key, cache);
    return cache.get(range, () =>
      countKnownHours(this.client, dialect, range, signal),
    );
  }

  /** How many series each service has at the end of the range; see {@link countSeries}. */
  seriesOf(
    counter: Pick<Dialect, 'source' | 'serviceLabel'>,
    range: HourRange,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number> | undefined> {
    const key = keyOf(counter);
    const cache =
      this.series.get(key) ?? new RangeCache(NAMES_LIFETIME_MS, this.now);
    this.series.set(key, cache);
    return cache.get({ from: range.to, to: range.to }, () =>
      countSeries(this.client, counter, range.to, signal),
    );
  }

  /** Learns what a back-fill of the range will need, so that it is not asked again after one that was cut off. */
  async learn(range: HourRange, signal?: AbortSignal): Promise<void> {
    const { services } = await this.reviewAt(range, signal);
    if (services.length > 1 && !isShort(range)) {
      await Promise.all(
        services.map(({ dialect }) =>
          this.knownHoursOf(dialect, range, signal),
        ),
      );
    }
  }

  /** What the last day of the range says of how far the counts can be trusted. */
  async reviewAt(range: HourRange, signal?: AbortSignal): Promise<Review> {
    const resolution = await this.resolve(range, signal);
    const day = { from: range.to, to: range.to };
    return this.review.get(day, () =>
      reviewTelemetry(this.client, resolution, {
        range,
        namesOf: dialect => this.namesOf(dialect, range, signal),
        signal,
      }),
    );
  }
}

function keyOf({
  source,
  serviceLabel,
}: Pick<Dialect, 'source' | 'serviceLabel'>): string {
  return JSON.stringify([source, serviceLabel]);
}
