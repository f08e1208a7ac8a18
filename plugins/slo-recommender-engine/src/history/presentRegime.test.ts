import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { DAY_MS, historyAsOf } from '../sli';
import type { ChangePoint } from './changePoints';
import { presentRegime } from './presentRegime';

const series = seriesOf(90 * 24, hour => (hour < 48 ? undefined : [100, 0]));
const history = historyAsOf(series, endOf(series));

const changeOn = (day: number): ChangePoint => ({
  atMs: START_MS + day * DAY_MS,
  direction: 'worse',
  before: 0.999,
  after: 0.99,
  event: null,
});

it.each([
  { changes: [], since: 2, longEnough: true },
  { changes: [20, 76], since: 76, longEnough: true },
  { changes: [20, 77], since: 77, longEnough: false },
])(
  'of 90 days with changes on $changes, the regime since day $since is long enough for 28 days: $longEnough',
  ({ changes, since, longEnough }) => {
    expect(presentRegime(changes.map(changeOn), history, 28 * DAY_MS)).toEqual({
      sinceMs: START_MS + since * DAY_MS,
      longEnough,
    });
  },
);
