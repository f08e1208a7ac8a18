import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { databaseInstant } from '../database/DatabaseClock';
import type { Metrics } from '../metrics/Metrics';

interface RawDbLeaseRow {
  name: string;
  holder: string;
  ticket: number;
  expires_at: string;
}

/** The right to do some work alone, until it expires. */
export interface Lease {
  name: string;
  ticket: number;
}

/**
 * Leases shared by all replicas, by the clock of the database: those of replicas may differ. Each time one is taken its
 * ticket grows, so that a holder that slept past its expiry can be distinguished from the present one when it comes back
 * to write.
 */
export class LeaseStore {
  /** Time after which a lease that is not renewed expires. */
  readonly durationMs: number;
  readonly #db: Knex;
  readonly #metrics: Pick<Metrics, 'leaseChanged'>;

  constructor(
    db: Knex,
    options: { durationMs: number; metrics: Pick<Metrics, 'leaseChanged'> },
  ) {
    this.#db = db;
    this.durationMs = options.durationMs;
    this.#metrics = options.metrics;
  }

  /** Takes the lease if nobody holds it. */
  async acquire(name: string, holder: string): Promise<Lease | undefined> {
    const row = () => this.#db<RawDbLeaseRow>('leases').where({ name });
    await this.#db<RawDbLeaseRow>('leases')
      .insert({ name, holder: '', ticket: 0, expires_at: '' })
      .onConflict('name')
      .ignore();
    const [taken] = await row()
      .where('expires_at', '<=', databaseInstant(this.#db))
      .update({
        holder,
        ticket: this.#db.raw('ticket + 1'),
        expires_at: this.#expiry(),
      })
      .returning('ticket');
    if (taken) {
      this.#metrics.leaseChanged(name, 'acquired');
      return { name, ticket: taken.ticket };
    }
    // A clock that was set back, or a holder of a version that went by its own, must not keep the others out for longer.
    await row()
      .where('expires_at', '>', this.#expiry())
      .update({ expires_at: this.#expiry() });
    return undefined;
  }

  /**
   * Prolongs the lease. Inside the transaction that writes the work's result this is the fence: it locks the row until
   * the commit.
   *
   * @throws ConflictError if another holder has taken it meanwhile.
   */
  async renew(lease: Lease, tx: Knex = this.#db): Promise<void> {
    const { name, ticket } = lease;
    let renewed: number;
    try {
      renewed = await tx<RawDbLeaseRow>('leases')
        .where({ name, ticket })
        .update({ expires_at: this.#expiry() });
    } catch (error) {
      this.#metrics.leaseChanged(name, 'renewal_failed');
      throw error;
    }
    this.#metrics.leaseChanged(name, renewed === 1 ? 'renewed' : 'lost');
    if (renewed !== 1) {
      throw new ConflictError(
        `Another replica has taken over '${name}'; this one stops.`,
      );
    }
  }

  async release({ name, ticket }: Lease): Promise<void> {
    await this.#db<RawDbLeaseRow>('leases')
      .where({ name, ticket })
      .update({ holder: '', expires_at: '' });
    this.#metrics.leaseChanged(name, 'released');
  }

  #expiry() {
    return databaseInstant(this.#db, this.durationMs);
  }
}
