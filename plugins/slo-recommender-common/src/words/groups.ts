import type {
  PeerGroup,
  StratumRange,
} from 'backstage-plugin-slo-recommender-engine';

type Range = StratumRange['requests'];

/** `1 M to 100 M requests a window, 28 to 56 days of history`; of the whole fleet, null, `All services`. */
export function stratumWords(stratum: StratumRange | null): string {
  if (stratum === null) return 'All services';
  const { requests, historyDays } = stratum;
  return `${requestsWords(requests, 'requests a window')}, ${historyWords(historyDays)}`;
}

function historyWords({ from, to }: Range): string {
  if (to === null) return `${from} days of history or more`;
  return from === 0
    ? `less than ${to} ${to === 1 ? 'day' : 'days'} of history`
    : `${from} to ${to} days of history`;
}

function requestsWords({ from, to }: Range, noun: string): string {
  if (to === null) return `${formatPowerOfTen(from)} ${noun} or more`;
  return from === 0
    ? `fewer than ${formatPowerOfTen(to)} ${noun}`
    : `${formatPowerOfTen(from)} to ${formatPowerOfTen(to)} ${noun}`;
}

/** A power of ten from 1 to 1e11: `1 k`, `100 M`. */
function formatPowerOfTen(count: number): string {
  const exponent = Math.round(Math.log10(count));
  const unit = ['', ' k', ' M', ' G'][Math.floor(exponent / 3)];
  return `${10 ** (exponent % 3)}${unit}`;
}

/** `critical services of type website with 1 M to 10 M requests and no dependencies`. */
export function peerGroupWords(group: PeerGroup): string {
  const { criticality, type, requests, dependencies } = group;
  const withWords = [
    requests && requestsWords(requests, 'requests'),
    dependencies && dependencyWords(dependencies),
  ].filter(word => word !== null);
  if (criticality === null && type === null && withWords.length === 0) {
    return 'services of all kinds';
  }
  const ofWords = [
    type === null ? null : `type ${type}`,
    criticality === null || criticality === 'critical'
      ? null
      : `${criticality} criticality`,
  ].filter(word => word !== null);
  return [
    criticality === 'critical' ? 'critical services' : 'services',
    ...(ofWords.length > 0 ? [`of ${ofWords.join(' and ')}`] : []),
    ...(withWords.length > 0 ? [`with ${withWords.join(' and ')}`] : []),
  ].join(' ');
}

function dependencyWords({ from, to }: Range): string {
  if (to === null) return `more than ${from - 1} dependencies`;
  return to === 1 ? 'no dependencies' : `${from} to ${to - 1} dependencies`;
}
