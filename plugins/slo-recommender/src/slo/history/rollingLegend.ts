import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import type { LegendEntry } from '../../charts';
import { comparablePromise } from '../comparablePromise';
import { formatRatio } from '../../words';
import { eventSigns } from './eventSigns';
import type { Happenings } from './timeline';

/** Colours and dashes of the lines. */
export const lines = {
  achieved: { color: 'var(--chart-series)', dash: undefined },
  recommended: { color: 'var(--chart-recommended)', dash: '8 4' },
  promised: { color: 'var(--chart-promised)', dash: '2 4' },
  level: { color: 'var(--chart-guide)', dash: '1 3' },
};

/** What of all this there is to see. */
export function rollingLegend(
  recommendation: Recommendation,
  happenings: Happenings,
): LegendEntry[] {
  const { tiers, regime } = recommendation;
  const promised = comparablePromise(recommendation);
  const types = new Set(happenings.events.map(({ type }) => type));
  return [
    { name: 'achieved', ...lines.achieved },
    ...(tiers.balanced
      ? [
          {
            name: `recommended ${formatRatio(tiers.balanced.objective)}`,
            ...lines.recommended,
          },
        ]
      : []),
    ...(promised
      ? [
          {
            name: `promised ${formatRatio(promised.objective)}`,
            ...lines.promised,
          },
        ]
      : []),
    ...(regime && regime.changePoints.length > 0
      ? [{ name: 'level between lasting changes', ...lines.level }]
      : []),
    ...[...types].map(type => ({
      name: eventSigns[type].words,
      color: eventSigns[type].color,
      shape: eventSigns[type].marker,
    })),
    ...(happenings.exclusions.length > 0
      ? [
          {
            name: 'hours left out',
            color: 'var(--chart-guide)',
            shape: 'hatching' as const,
          },
        ]
      : []),
  ];
}
