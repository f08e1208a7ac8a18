import type {
  Recommendation,
  SliType,
} from 'backstage-plugin-slo-recommender-common';
import { formatCount, wholeRequests } from './amount';
import { formatSeconds } from './latency';
import { formatRatio } from './ratio';

type Sli = Pick<Recommendation, 'sliType' | 'thresholdSeconds'>;

const badNames: Record<SliType, string> = {
  availability: 'failed',
  latency: 'slow',
};

/** What a request that does not count as good is called: `failed`, `slow`. */
export function badName(sliType: SliType): string {
  return badNames[sliType];
}

/** Requests that a budget allows, in words: `21,400 failed requests`, `1 slow request`, `less than 1 failed request`. */
export function formatBudgetRequests(
  requests: number,
  sliType: SliType,
): string {
  const whole = wholeRequests(requests);
  if (whole === 0) return `less than 1 ${badName(sliType)} request`;
  return `${formatCount(whole)} ${badName(sliType)} request${
    whole === 1 ? '' : 's'
  }`;
}

/** What the good requests of an SLI did: `succeeded`, `were faster than 300 ms`. */
export function goodWords({ sliType, thresholdSeconds }: Sli): string {
  if (sliType === 'availability') return 'did not fail by the service’s fault';
  return thresholdSeconds === undefined
    ? 'were fast enough'
    : `were faster than ${formatSeconds(thresholdSeconds)}`;
}

/** An objective with what it is of: `99.9 % availability`, `99 % of requests faster than 300 ms`. */
export function formatObjective(
  objective: number,
  { sliType, thresholdSeconds }: Sli,
): string {
  const ratio = formatRatio(objective);
  if (sliType === 'availability') return `${ratio} availability`;
  return thresholdSeconds === undefined
    ? `${ratio} of requests fast enough`
    : `${ratio} of requests faster than ${formatSeconds(thresholdSeconds)}`;
}
