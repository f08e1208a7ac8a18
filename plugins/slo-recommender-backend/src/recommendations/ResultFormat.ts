import type { z } from 'zod';

/**
 * How results of one kind are stored as JSON. Raise the version with every change of their form: rows of an older
 * version are upgraded if there is an upgrade for it, and otherwise not read, so that their services are analysed anew.
 */
export class ResultFormat<T> {
  /** Versions that can be read, the newest first. */
  readonly readable: readonly number[];
  readonly #schema: z.ZodType<T>;
  readonly #upgrades: Readonly<Record<number, (stored: unknown) => unknown>>;
  readonly #toJson: (text: string, version: number) => string;

  /**
   * @param options.upgrades - turn the form of one version into that of the next, by the older version.
   * @param options.toJson - of what is stored as anything else.
   */
  constructor(
    readonly version: number,
    options: {
      schema: z.ZodType<T>;
      upgrades?: Readonly<Record<number, (stored: unknown) => unknown>>;
      toJson?: (text: string, version: number) => string;
    },
  ) {
    this.#schema = options.schema;
    this.#upgrades = options.upgrades ?? {};
    this.#toJson = options.toJson ?? (text => text);
    const readable = [version];
    while (this.#upgrades[readable[readable.length - 1] - 1]) {
      readable.push(readable[readable.length - 1] - 1);
    }
    this.readable = readable;
  }

  /** Undefined for what cannot be read: another version, no JSON, or another form than the version's. */
  read(version: number, text: string): T | undefined {
    if (!this.readable.includes(version)) return undefined;
    try {
      let stored: unknown = JSON.parse(this.#toJson(text, version));
      for (let from = version; from < this.version; from++) {
        stored = this.#upgrades[from](stored);
      }
      return this.#schema.safeParse(stored).data;
    } catch {
      return undefined;
    }
  }
}
