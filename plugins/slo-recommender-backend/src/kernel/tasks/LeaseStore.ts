import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';

interface RawDbLeaseRow {
  name: string;
  holder: string;
  ticket: number;
  expires_at: string;
}

/** The right to do one piece of work alone, until it expires. */
export interface Lease {
  name: string;
  ticket: number;
}

/**
 * Leases shared by all replicas. Each time one is taken its ticket grows, so that a holder that slept past its expiry
 * can be distinguished from the present one when it comes back to write.
 */
export class LeaseStore {
  /** Time after which a lease that is not renewed expires. */
  readonly durationMs: number;
  readonly #db: Knex;
  readonly #now: () => Date;

  constructor(db: Knex, options: { now: () => Date; durationMs: number }) {
    this.#db = db;
    this.#now = options.now;
    this.durationMs = options.durationMs;
  }

  /** Takes the lease if nobody holds it. */
  async acquire(name: string, holder: string): Promise<Lease | undefined> {
    await this.#db<RawDbLeaseRow>('leases')
      .insert({ name, holder: '', ticket: 0, expires_at: '' })
      .onConflict('name')
      .ignore();
    const row = await this.#db<RawDbLeaseRow>('leases').where({ name }).first();
    if (!row || row.expires_at > this.#now().toISOString()) return undefined;
    const ticket = row.ticket + 1;
    // the ticket in the condition makes two replicas that read the same row take turns
    const taken = await this.#db<RawDbLeaseRow>('leases')
      .where({ name, ticket: row.ticket })
      .update({ holder, ticket, expires_at: this.#expiry() });
    return taken === 1 ? { name, ticket } : undefined;
  }

  /**
   * Prolongs the lease. Inside the transaction that writes the work's result this is the fence: it locks the row until
   * the commit.
   *
   * @throws ConflictError if another holder has taken it meanwhile.
   */
  async renew(lease: Lease, tx: Knex = this.#db): Promise<void> {
    const renewed = await tx<RawDbLeaseRow>('leases')
      .where({ name: lease.name, ticket: lease.ticket })
      .update({ expires_at: this.#expiry() });
    if (renewed !== 1) {
      throw new ConflictError(
        `Another replica has taken over '${lease.name}'; this one stops.`,
      );
    }
  }

  async release(lease: Lease): Promise<void> {
    await this.#db<RawDbLeaseRow>('leases')
      .where({ name: lease.name, ticket: lease.ticket })
      .update({ holder: '', expires_at: '' });
  }

  #expiry(): string {
    return new Date(this.#now().getTime() + this.durationMs).toISOString();
  }
}
