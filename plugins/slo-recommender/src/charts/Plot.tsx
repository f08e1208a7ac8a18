import type { ComponentProps, ReactNode } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  YAxis,
} from 'recharts';
import { formatRatio } from '../words';
import styles from './Chart.module.css';
import { Legend, type LegendEntry } from './Legend';
import { axisToRatio, ratioAxis, ratioToAxis } from './ratioScale';

/** Nothing is drawn until the place of the chart has been measured, which keeps its height meanwhile. */
const UNMEASURED = { width: -1, height: -1 };

/** Width of the vertical axis: the same for all charts, so that one stands below the other. */
export const AXIS_WIDTH = 64;

interface Reading {
  title: string;
  lines: string[];
}

/** What is under the pointer or the keyboard's cursor in a chart. */
export function TooltipBox(props: Reading) {
  return (
    <div className={styles.tooltip} role="status">
      <span className={styles.tooltipTitle}>{props.title}</span>
      {props.lines.map(line => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

/** A chart as wide as its place, with its legend, its grid, and words for the point under the cursor. */
export function Plot<T>(props: {
  height: number;
  legend?: LegendEntry[];
  /** Names the chart, which the keyboard then goes through; absent if something beside it does both. */
  label?: string;
  data: T[];
  margin: { top: number; right: number; bottom?: number };
  /** Charts with the same id share their cursor. */
  syncId?: string;
  grid?: 'none' | 'horizontal' | 'both';
  /** Reads the point at a place on the horizontal axis. */
  describe?: (place: unknown) => Reading | undefined;
  cursor?: ComponentProps<typeof Tooltip>['cursor'];
  /** Axes and series. */
  children: ReactNode;
}) {
  const { height, legend, label, data, margin, syncId, describe } = props;
  const { grid = 'horizontal' } = props;
  const { cursor = { stroke: 'var(--chart-guide)', strokeDasharray: '3 3' } } =
    props;
  return (
    <div className={styles.chart}>
      {legend && <Legend entries={legend} />}
      <ResponsiveContainer
        width="100%"
        height={height}
        initialDimension={UNMEASURED}
      >
        <ComposedChart
          data={data}
          margin={{ bottom: 0, left: 0, ...margin }}
          syncId={syncId}
          accessibilityLayer={label !== undefined}
          aria-label={label}
        >
          {grid !== 'none' && <CartesianGrid vertical={grid === 'both'} />}
          {props.children}
          {describe && (
            <Tooltip
              isAnimationActive={false}
              cursor={cursor}
              content={({ active, label: place }) => {
                const reading = active && describe(place);
                return reading ? <TooltipBox {...reading} /> : null;
              }}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** The vertical axis: its ticks alone, every one of them. */
export function ValueAxis(props: ComponentProps<typeof YAxis>) {
  return (
    <YAxis
      width={AXIS_WIDTH}
      interval={0}
      axisLine={false}
      tickLine={false}
      {...props}
    />
  );
}

/** A vertical axis just wide enough for some ratios, drawn so that nines can be read. */
export function RatioAxis(
  props: { ratios: number[] } & Pick<ComponentProps<typeof YAxis>, 'padding'>,
) {
  const { domain, ticks } = ratioAxis(props.ratios);
  return (
    <ValueAxis
      domain={domain}
      ticks={ticks.map(ratioToAxis)}
      tickFormatter={place => formatRatio(axisToRatio(place))}
      padding={props.padding}
    />
  );
}

/** A line that looks as its entry in the legend. */
export function Curve(
  props: { entry: Pick<LegendEntry, 'color' | 'dash'> } & Omit<
    ComponentProps<typeof Line>,
    'ref'
  >,
) {
  const { entry, ...line } = props;
  return (
    <Line
      stroke={entry.color}
      strokeWidth={2.5}
      strokeDasharray={entry.dash}
      dot={false}
      activeDot={false}
      isAnimationActive={false}
      {...line}
    />
  );
}
