import { pastWindow } from '../../__testUtils__/recommendations';
import { countKept, expectedToKeep, tellingWindow } from './outcome';

const windows = [
  pastWindow(3, { recommended: null, kept: null, keptRecommendedNow: true }),
  pastWindow(2, { kept: false, keptRecommendedNow: false }),
  pastWindow(1, { kept: true, keptRecommendedNow: false }),
  pastWindow(0),
];

it.each([
  ['then', 3, 2],
  ['now', 4, 2],
] as const)(
  'held against what was recommended %s, %d windows are judged and %d kept it',
  (yardstick, judged, kept) => {
    expect(countKept(windows, yardstick)).toEqual({ judged, kept });
  },
);

it.each([
  ['the latest broken one', windows, 2],
  ['the latest where none was broken', [windows[0], windows[3]], 1],
])('tells first of %s', (_, past, index) => {
  expect(tellingWindow(past, 'now')).toBe(index);
});

it.each([
  ['the probabilities added up', [0.9, 0.8], 1.7],
  ['not what had nothing to keep', [0.9, null], 0.9],
])('expects %s', (_, attainments, expected) => {
  expect(
    expectedToKeep(
      attainments.map(attainment =>
        pastWindow(0, { attainment, kept: attainment === null ? null : true }),
      ),
    ),
  ).toBeCloseTo(expected);
});

it('expects nothing where a probability is not known', () => {
  expect(expectedToKeep([pastWindow(0, { attainment: null })])).toBeNull();
});
