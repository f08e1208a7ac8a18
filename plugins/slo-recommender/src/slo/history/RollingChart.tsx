import type {
  ChangePoint,
  HistoryPoint,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { ReferenceLine, XAxis } from 'recharts';
import {
  AXIS_WIDTH,
  Curve,
  type LegendEntry,
  MarkedPlot,
  Plot,
  type PlotMark,
  RatioAxis,
} from '../../charts';
import { ratioToAxis } from '../../charts/ratioScale';
import { formatDay, formatFullDay, formatRatio } from '../../words';
import { comparablePromise } from '../comparablePromise';
import { DayCursor } from './DayCursor';
import { EVENT_LANE, EventMarks, ExclusionShades } from './EventMarks';
import { describeDay, eventSigns } from './eventSigns';
import styles from './RollingChart.module.css';
import { type Timeline, levelOn, shareOfInstant } from './timeline';

/** What the charts of the history share, so that their days stand one below the other. */
export const MARGIN = { top: 8, right: 8 };
export const SYNC_ID = 'achieved';

/** Older changes are told in words only. */
const MOST_MARKS = 3;

/** The latest lasting changes as marks over the chart: `▼ worse since 3 Nov: 99.98 % → 99.91 %`. */
function changeMarks(
  history: HistoryPoint[],
  changePoints: ChangePoint[],
): PlotMark[] {
  return changePoints
    .map(change => ({ change, share: shareOfInstant(history, change.at) }))
    .filter(({ share }) => share >= 0 && share <= 1)
    .slice(-MOST_MARKS)
    .map(({ change, share }) => ({
      key: change.at,
      share,
      look: 'plain',
      label: (
        <>
          {change.direction === 'worse' ? '▼' : '▲'} {change.direction} since{' '}
          {formatDay(change.at)}
          <span className={styles.numbers}>
            : {formatRatio(change.before)} → {formatRatio(change.after)}
          </span>
        </>
      ),
    }));
}

/** Colours and dashes of the lines. */
const lines = {
  achieved: { color: 'var(--chart-series)', dash: undefined },
  recommended: { color: 'var(--chart-recommended)', dash: '8 4' },
  promised: { color: 'var(--chart-promised)', dash: '2 4' },
  level: { color: 'var(--chart-guide)', dash: '1 3' },
};

/** What of all this there is to see. */
export function rollingLegend(
  recommendation: Recommendation,
  timeline: Timeline,
): LegendEntry[] {
  const { tiers, regime } = recommendation;
  const promised = comparablePromise(recommendation);
  const types = new Set(timeline.events.map(({ type }) => type));
  const entries: (LegendEntry | false | null)[] = [
    { name: 'achieved', ...lines.achieved },
    tiers.balanced && {
      name: `recommended ${formatRatio(tiers.balanced.objective)}`,
      ...lines.recommended,
    },
    promised && {
      name: `promised ${formatRatio(promised.objective)}`,
      ...lines.promised,
    },
    regime !== null &&
      regime.changePoints.length > 0 && {
        name: 'level between lasting changes',
        ...lines.level,
      },
    ...[...types].map(type => ({
      name: eventSigns[type].words,
      color: eventSigns[type].color,
      shape: eventSigns[type].marker,
    })),
    timeline.exclusions.length > 0 && {
      name: 'hours left out',
      color: 'var(--chart-guide)',
      shape: 'hatching',
    },
  ];
  return entries.filter(entry => entry !== null && entry !== false);
}

const TICKS_HEIGHT = 30;
/** Keeps a line on the lowest rung apart from the axis. */
const ROOM_BELOW = 10;

const place = (ratio: number | null) =>
  ratio === null ? null : ratioToAxis(ratio);

/** The SLI over the rolling window, day by day, against what is promised and recommended, and what happened meanwhile. */
export function RollingChart(props: {
  recommendation: Recommendation;
  timeline: Timeline;
  /** The objective window in words. */
  span: string;
}) {
  const { recommendation, timeline, span } = props;
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
  const ratios = [
    ...history.map(point => point.rollingRatio),
    ...changePoints.flatMap(({ before, after }) => [before, after]),
    ...targets.map(({ objective }) => objective ?? null),
  ].filter(ratio => ratio !== null);
  const describe = (point: HistoryPoint) =>
    describeDay(point, recommendation, timeline, span);
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
        <Plot
          height={260}
          data={days}
          margin={MARGIN}
          syncId={SYNC_ID}
          describe={day => {
            const point = history.find(one => one.day === day);
            return (
              point && {
                title: formatFullDay(point.day),
                lines: describe(point),
              }
            );
          }}
        >
          <ExclusionShades history={history} exclusions={timeline.exclusions} />
          <XAxis
            dataKey="day"
            scale="band"
            height={TICKS_HEIGHT}
            tickFormatter={formatDay}
            tickLine={false}
            minTickGap={48}
            tickMargin={8}
          />
          <RatioAxis
            ratios={ratios}
            padding={{
              top: timeline.events.length > 0 ? EVENT_LANE : 0,
              bottom: ROOM_BELOW,
            }}
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
          <Curve
            entry={lines.level}
            dataKey="level"
            type="step"
            strokeWidth={1.5}
          />
          <Curve
            entry={lines.achieved}
            dataKey="achieved"
            activeDot={{ r: 5, fill: lines.achieved.color }}
          />
          <EventMarks history={history} events={timeline.events} />
        </Plot>
      </div>
    </MarkedPlot>
  );
}
