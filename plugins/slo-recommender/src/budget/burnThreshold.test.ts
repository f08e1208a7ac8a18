import { readBurnRate } from './burnThreshold';

it.each([
  ['PT1H', 14.4, 'burning', 'page'],
  ['PT1H', 14.3, 'elevated', 'page'],
  ['PT6H', 6, 'burning', 'page'],
  ['P1D', 0.9, 'calm', 'ticket'],
  ['PT24H', 3, 'burning', 'ticket'],
  ['P3D', 1, 'burning', 'ticket'],
  ['P1D', 1.03, 'even', 'ticket'],
  ['P1D', 1.06, 'elevated', 'ticket'],
  ['P3D', null, 'unknown', 'ticket'],
  ['P7D', 50, 'elevated', undefined],
  ['P1M', 50, 'elevated', undefined],
])('over %s a rate of %s is %s', (window, rate, state, action) => {
  const reading = readBurnRate({ window, rate });
  expect(reading.state).toBe(state);
  expect(reading.threshold?.action).toBe(action);
});
