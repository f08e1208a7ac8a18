import { nameKind, type NameKind } from 'backstage-plugin-slo-recommender-node';

/** Kinds of names that identify no service. */
export type FoldedKind = Exclude<NameKind, 'service'>;

const NOUNS: Record<FoldedKind, [one: string, many: string]> = {
  address: ['address', 'addresses'],
  placeholder: ['placeholder name', 'placeholder names'],
  personal: ['withheld name', 'withheld names'],
};

const FOLDED =
  /^(addresses|placeholder names|withheld names) (?:called by|calling) /;

/** The kind of the names that one name stands for; undefined if it is the name of a service. */
export function foldedKind(name: string): FoldedKind | undefined {
  const noun = FOLDED.exec(name)?.[1];
  if (noun === 'addresses') return 'address';
  if (noun === 'placeholder names') return 'placeholder';
  return noun === undefined ? undefined : 'personal';
}

/** For example `120 addresses`. */
export const foldedTitle = (kind: FoldedKind, names: number) =>
  `${names} ${NOUNS[kind][names === 1 ? 0 : 1]}`;

/**
 * Puts one name in place of all that identify no service: addresses, placeholders and personal data, of which none is
 * kept. There is one for each service that calls them and one for each that they call: strangers do not meet there, and
 * no path of calls leads through it.
 */
export class FoldedNames {
  readonly #kinds = new Map<string, NameKind>();
  readonly #namesBehind = new Map<string, Set<string>>();

  /** Caller and callee under the names that are kept; undefined if neither identifies a service. */
  fold(source: string, target: string): [string, string] | undefined {
    const sourceKind = this.kindOf(source);
    const targetKind = this.kindOf(target);
    if (sourceKind === 'service') {
      return targetKind === 'service'
        ? [source, target]
        : [
            source,
            this.#add(target, `${NOUNS[targetKind][1]} called by ${source}`),
          ];
    }
    return targetKind === 'service'
      ? [this.#add(source, `${NOUNS[sourceKind][1]} calling ${target}`), target]
      : undefined;
  }

  kindOf(name: string): NameKind {
    const known = this.#kinds.get(name);
    if (known) return known;
    const kind = nameKind(name);
    this.#kinds.set(name, kind);
    return kind;
  }

  /** How many names the ends of an edge stand for; undefined if both are services. */
  namesBehind(source: string, target: string): number | undefined {
    const names =
      this.#namesBehind.get(source) ?? this.#namesBehind.get(target);
    return names?.size;
  }

  /** How many different names of a kind came by. */
  count(kind: NameKind): number {
    return [...this.#kinds.values()].filter(one => one === kind).length;
  }

  #add(name: string, folded: string): string {
    const names = this.#namesBehind.get(folded) ?? new Set();
    this.#namesBehind.set(folded, names.add(name));
    return folded;
  }
}
