import type { CycleState } from 'backstage-plugin-slo-recommender-common';
import type { Tone } from '../ui';

/** How the state of a cycle reads. */
export const cycleStates: Record<CycleState, { tone: Tone; words: string }> = {
  open: { tone: 'warning', words: 'open' },
  acknowledged: { tone: 'neutral', words: 'acknowledged' },
  resolved: { tone: 'positive', words: 'resolved' },
};

/** Names that still fit into a line. */
const MOST_NAMES = 4;

/** The members of a cycle in a line. */
export function memberNames(cycle: {
  members: { name: string }[];
  hiddenMembers: number;
}): string {
  const { members, hiddenMembers } = cycle;
  const names = members.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = members.length - names.length + hiddenMembers;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
