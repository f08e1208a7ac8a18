import { FEWEST_REQUESTS, formatPercent, type Reason } from '../sli';
import type { CurvePoint } from './curve';
import { TIER_ATTAINMENT, type TierName, type Tiers } from './tiers';

const NAMES: readonly TierName[] = ['conservative', 'balanced', 'aggressive'];

/** What a reader must know of the tiers: why some are missing, and which a single failure breaks. */
export function reasonsOfTiers(
  curve: readonly CurvePoint[],
  tiers: Tiers,
): Reason[] {
  return [...missing(curve, tiers), ...fragile(tiers)];
}

/** The verdict stands: the measurement is sound, it is the service that promises too little. */
function missing(curve: readonly CurvePoint[], tiers: Tiers): Reason[] {
  const names = NAMES.filter(name => tiers[name] === null);
  if (names.length === 0) {
    return [];
  }
  const [lowest] = curve;
  if (!lowest.supported) {
    return [
      {
        code: 'few_good_requests',
        message:
          `Fewer than ${FEWEST_REQUESTS} requests have succeeded, which is too little to support even ` +
          `${formatPercent(lowest.objective)}. Wait for more traffic, and find out what fails.`,
      },
    ];
  }
  const last = names[names.length - 1];
  const advice =
    names.length === NAMES.length
      ? ' Find out what fails before promising anything.'
      : '';
  return [
    {
      code: 'below_ladder',
      message:
        `Even ${formatPercent(lowest.objective)} is kept with a probability of only ` +
        `${formatPercent(lowest.attainment)}, so there is no ${names.join(' or ')} objective ` +
        `(${last} takes ${formatPercent(TIER_ATTAINMENT[last])}).${advice}`,
    },
  ];
}

/** Objectives whose budget is less than one request of the next window. */
function fragile(tiers: Tiers): Reason[] {
  const objectives = new Set(
    NAMES.flatMap(name => {
      const tier = tiers[name];
      return tier && tier.budgetRequests < 1 ? [tier.objective] : [];
    }),
  );
  if (objectives.size === 0) {
    return [];
  }
  const listed = [...objectives].map(formatPercent).join(' and ');
  return [
    {
      code: 'single_failure_breaks',
      message:
        `Traffic is so low that the budget of ${listed} is less than one request: a single failure in the window ` +
        `breaks it. Promise less, or over a longer window.`,
    },
  ];
}
