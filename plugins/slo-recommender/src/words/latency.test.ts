import { formatLatencyInterval } from './latency';
import { unbroken } from './unbroken';

it.each([
  [0, 0.1, 'below 100 ms'],
  [0.2, 0.4, '200 ms to 400 ms'],
  [0.8, 1.6, '800 ms to 1.6 s'],
  [0.3, 0.3, '300 ms'],
  [12.8, null, 'above 12.8 s'],
])('between %d s and %d s reads %s', (fromSeconds, toSeconds, words) => {
  expect(formatLatencyInterval({ fromSeconds, toSeconds })).toBe(
    unbroken(words),
  );
});
