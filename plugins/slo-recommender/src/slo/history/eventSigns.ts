import type { ServiceEventType } from 'backstage-plugin-slo-recommender-common';
import type { Marker } from '../../charts';

/** How events are told apart: by shape, word and colour. */
export const eventSigns: Record<
  ServiceEventType,
  { marker: Marker; words: string; color: string }
> = {
  deploy: { marker: 'flag', words: 'deploy', color: 'var(--chart-series)' },
  'config-change': {
    marker: 'diamond',
    words: 'configuration change',
    color: 'var(--chart-guide)',
  },
  incident: {
    marker: 'cross',
    words: 'incident',
    color: 'var(--chart-failed)',
  },
};

const gravestFirst: ServiceEventType[] = [
  'incident',
  'config-change',
  'deploy',
];

/** The type that stands for several events. */
export function gravestType(
  events: { type: ServiceEventType }[],
): ServiceEventType {
  return (
    gravestFirst.find(type => events.some(event => event.type === type)) ??
    'deploy'
  );
}
