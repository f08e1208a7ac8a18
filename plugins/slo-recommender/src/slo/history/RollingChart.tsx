import type {
  HistoryPoint,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, MarkedPlot, TooltipBox } from '../../charts';
import { axisToRatio, ratioAxis, ratioToAxis } from '../../charts/ratioScale';
import { formatDay, formatFullDay, formatRatio } from '../../words';
import { comparablePromise } from '../comparablePromise';
import { changeMarks } from './changeMarks';
import { DayCursor } from './DayCursor';
import { describeDay } from './describeDay';
import { EVENT_LANE, EventMarks } from './EventMarks';
import { ExclusionShades } from './ExclusionShades';
import { AXIS_WIDTH, MARGIN, SYNC_ID } from './place';
import { lines } from './rollingLegend';
import { type Happenings, levelOn } from './timeline';

const HEIGHT = 260;
const TICKS_HEIGHT = 30;
/** Keeps a line on the lowest rung apart from the axis. */
const ROOM_BELOW = 10;

const place = (ratio: number | null) =>
  ratio === null ? null : ratioToAxis(ratio);

/** The SLI over the rolling window, day by day, against what is promised and recommended, and what happened meanwhile. */
export function RollingChart(props: {
  recommendation: Recommendation;
  happenings: Happenings;
  /** The objective window in words. */
  span: string;
}) {
  const { recommendation, happenings, span } = props;
  const { history, tiers, regime } = recommendation;
  const promised = comparablePromise(recommendation);
  const changePoints = regime?.changePoints ?? [];
  const days = history.map(({ day, rollingRatio }) => ({
    day,
    achieved: place(rollingRatio),
    level: place(levelOn(day, changePoints)),
  }));
  const targets = [
    { line: lines.recommended, objective: tiers.balanced?.objective },
    { line: lines.promised, objective: promised?.objective },
  ];
  const axis = ratioAxis(
    [
      ...history.map(point => point.rollingRatio),
      ...changePoints.flatMap(({ before, after }) => [before, after]),
      ...targets.map(({ objective }) => objective ?? null),
    ].filter(ratio => ratio !== null),
  );
  const describe = (point: HistoryPoint) =>
    describeDay(point, recommendation, happenings, span);
  return (
    <MarkedPlot
      label="Lasting changes"
      insets={{
        ...MARGIN,
        left: AXIS_WIDTH,
        bottom: TICKS_HEIGHT,
      }}
      marks={changeMarks(history, changePoints)}
      overlay={
        <DayCursor
          label={`Achieved over the rolling ${span}, by day`}
          history={history}
          describe={describe}
        />
      }
    >
      <div aria-hidden="true">
        <ChartFrame height={HEIGHT}>
          <ComposedChart
            data={days}
            margin={MARGIN}
            syncId={SYNC_ID}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} />
            <ExclusionShades
              history={history}
              exclusions={happenings.exclusions}
            />
            <XAxis
              dataKey="day"
              scale="band"
              height={TICKS_HEIGHT}
              tickFormatter={formatDay}
              tickLine={false}
              minTickGap={48}
              tickMargin={8}
            />
            <YAxis
              width={AXIS_WIDTH}
              domain={axis.domain}
              ticks={axis.ticks.map(ratioToAxis)}
              tickFormatter={value => formatRatio(axisToRatio(value))}
              padding={{
                top: happenings.events.length > 0 ? EVENT_LANE : 0,
                bottom: ROOM_BELOW,
              }}
              interval={0}
              axisLine={false}
              tickLine={false}
            />
            {targets.map(
              ({ line, objective }) =>
                objective !== undefined && (
                  <ReferenceLine
                    key={line.color}
                    y={ratioToAxis(objective)}
                    stroke={line.color}
                    strokeWidth={2}
                    strokeDasharray={line.dash}
                  />
                ),
            )}
            <Line
              dataKey="level"
              type="step"
              stroke={lines.level.color}
              strokeWidth={1.5}
              strokeDasharray={lines.level.dash}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="achieved"
              stroke={lines.achieved.color}
              strokeWidth={2.5}
              dot={false}
              activeDot={{ r: 5, fill: lines.achieved.color }}
              isAnimationActive={false}
            />
            <EventMarks history={history} events={happenings.events} />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--chart-guide)', strokeDasharray: '3 3' }}
              content={({ active, label }) => {
                const point = history.find(({ day }) => day === label);
                return active && point ? (
                  <TooltipBox
                    title={formatFullDay(point.day)}
                    lines={describe(point)}
                  />
                ) : null;
              }}
            />
          </ComposedChart>
        </ChartFrame>
      </div>
    </MarkedPlot>
  );
}
