/** A text as it reads, its no-break spaces as plain ones. */
export const spaced = (text: string | null): string =>
  (text ?? '').replaceAll('\u00a0', ' ');
