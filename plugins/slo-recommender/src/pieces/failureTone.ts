import type { Tone } from './Fact';

/** Shares of failed calls from which on they are worth a look, and are grave. */
const SOME_FAIL = 0.001;
const MANY_FAIL = 0.01;

/** How grave a share of failed calls is. */
export function failureTone(failureRatio: number | null): Tone {
  if (failureRatio === null || failureRatio < SOME_FAIL) return 'neutral';
  return failureRatio < MANY_FAIL ? 'warning' : 'negative';
}
