import type { Verdict } from 'backstage-plugin-slo-recommender-common';

export const verdictWords: Record<Verdict, string> = {
  ok: 'recommendation ready',
  degraded: 'ready, data flawed',
  insufficient: 'not enough data',
  invalid: 'SLI broken',
};
