import * as words from '.';
import { unbroken } from './unbroken';

it('keeps a number and its unit, or a sign and its number, on one line', () => {
  expect(unbroken('between < 0.1 % and 3 h 22 min of it')).toBe(
    'between <\u00a00.1\u00a0% and 3\u00a0h 22\u00a0min of it',
  );
});

it.each([
  words.formatBurnRate(14),
  words.formatFailureRatio(0.03),
  words.formatLatencyInterval({ fromSeconds: 0.2, toSeconds: null }),
  words.formatLatencyInWords({ fromSeconds: 0.2, toSeconds: 0.4 }),
  words.formatMinutes(202),
  words.formatObjective(0.999, { sliType: 'availability' }),
  words.formatProbability(0.9999),
  words.formatProbabilityInterval({ from: 0.88, to: 0.9999 }),
  words.formatProbabilityInWords(0.92),
  words.formatRatio(0.9995),
  words.formatRatioBounds({ from: 0.9, to: 0.99 }),
  words.formatRemaining(0.38),
  words.formatSeconds(0.3),
  words.formatShare(0.384),
  words.formatShortWindow('P28D'),
  words.formatSpend(5.8),
  words.goodWords({ sliType: 'latency', thresholdSeconds: 0.3 }),
  words.trafficWords({ callsPerSecond: 12, failureRatio: 0.03 }),
])('%s breaks at no figure', text => {
  expect(text).toContain('\u00a0');
  expect(text).toBe(unbroken(text));
});
