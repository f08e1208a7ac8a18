import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';

/** Requests and failures of one hour. */
interface TrueCounts {
  total: number;
  bad: number;
}

/** Spreads a number evenly over 32 bits (Steele et al., 2014: the finaliser of SplitMix). */
export function spread(seed: number): number {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** Services whose every count follows from name and hour alone, so that any answer can be checked. */
export class SyntheticFleet {
  readonly names: string[];
  readonly #indexes: Map<string, number>;

  constructor(readonly size: number) {
    this.names = Array.from(
      { length: size },
      (_, index) => `service-${String(index).padStart(5, '0')}`,
    );
    this.#indexes = new Map(this.names.map((name, index) => [name, index]));
  }

  /**
   * What the service served in the hour that begins at `hourMs`; undefined where it stood idle, as every tenth service
   * does for two hours a night.
   */
  countsOf(name: string, hourMs: number): TrueCounts | undefined {
    const index = this.#indexes.get(name);
    if (index === undefined) return undefined;
    const hour = hourMs / HOUR_MS;
    if (index % 10 === 0 && hour % 24 < 2) return undefined;
    const random = spread(index * 1_000_003 + hour);
    const total = 100 + (random % 9_900);
    const bad = random % 7 === 0 ? 1 + (random % Math.min(total, 50)) : 0;
    return { total, bad };
  }

  /** Each service calls the next three. */
  get edges(): { client: string; server: string }[] {
    return this.names.flatMap((client, index) =>
      [1, 2, 3]
        .filter(step => index + step < this.size)
        .map(step => ({ client, server: this.names[index + step] })),
    );
  }

  callsOf(clientIndex: number, hourMs: number): number {
    return 10 + (spread(clientIndex * 7_919 + hourMs / HOUR_MS) % 90);
  }
}
