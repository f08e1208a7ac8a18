import { formatRatio } from './ratio';

/** Between which shares something lies, within a sentence: `between 97.1 % and 99.2 %`, `at most 99.2 %`, `99 %`. */
export function formatRatioBounds(bounds: {
  from: number;
  to: number;
}): string {
  const [from, to] = [formatRatio(bounds.from), formatRatio(bounds.to)];
  if (from === to) return from;
  if (from === formatRatio(0)) return `at most ${to}`;
  return to === formatRatio(1)
    ? `at least ${from}`
    : `between ${from} and ${to}`;
}
