import { InputError } from '@backstage/errors';
import { type Histogram, HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { type Company, type SimulatedService, webShop } from '../company';
import { type CompanyDay, simulateDay } from './simulateDay';
import { simulateLatencies } from './simulateLatencies';

export const DAY_MS = 24 * HOUR_MS;

/** Days of history before the anchor. */
const HISTORY_DAYS = 180;

/** Days are kept so that services asked for one after the other share the work; about 30 kB each. */
const KEPT_DAYS = 200;

export interface SimulatedCompanyOptions {
  /** Any integer; another seed gives other noise and other incidents, with the same stories. Default 1. */
  seed?: number;
  /**
   * The UTC midnight that the stories are told from: history begins 180 days before it, a deploy went wrong 14 days
   * before it. Counts of an hour depend on it, so it must never change where counts are stored.
   */
  anchor: Date;
  company?: Company;
}

/** The simulated company through time, a UTC day at a time. */
export class SimulatedCompany {
  readonly company: Company;
  readonly historyStart: Date;
  private readonly seed: number;
  private readonly anchor: Date;
  private readonly days = new Map<number, CompanyDay>();

  /** @throws InputError where the anchor is not a midnight in UTC */
  constructor(options: SimulatedCompanyOptions) {
    const { seed = 1, anchor, company = webShop } = options;
    if (!(anchor.getTime() % DAY_MS === 0)) {
      throw new InputError(
        `The anchor of the simulated company is ${anchor.getTime()} ms since 1970; it must be midnight in UTC.`,
      );
    }
    this.seed = seed;
    this.anchor = anchor;
    this.company = company;
    this.historyStart = new Date(anchor.getTime() - HISTORY_DAYS * DAY_MS);
  }

  /** The service of a telemetry name; undefined where the company has none of that name. */
  find(telemetryName: string): SimulatedService | undefined {
    return this.company.services.find(({ name }) => name === telemetryName);
  }

  /** Counts of the UTC day that begins at `start`, which must not lie before the start of history. */
  day(start: Date): CompanyDay {
    const day = (start.getTime() - this.anchor.getTime()) / DAY_MS;
    const kept = this.days.get(day);
    if (kept) return kept;
    const simulated = simulateDay(
      this.company,
      this.seed,
      day,
      start.getUTCDay(),
    );
    this.days.set(day, simulated);
    const [oldest] = this.days.keys();
    if (this.days.size > KEPT_DAYS) this.days.delete(oldest);
    return simulated;
  }

  /**
   * How long requests to a service took in the hours of the UTC day that begins at `start`. Undefined where nobody
   * measures that, or the service does not exist yet.
   */
  latencies(telemetryName: string, start: Date): Histogram[] | undefined {
    const service = this.find(telemetryName);
    const counts = this.day(start).services.get(telemetryName);
    const day = (start.getTime() - this.anchor.getTime()) / DAY_MS;
    return service && counts
      ? simulateLatencies(service, this.seed, day, counts)
      : undefined;
  }
}
