import {
  formatRatio,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { type CSSProperties, useState } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import chartStyles from '../charts/Chart.module.css';
import { formatProbabilityInWords } from '../words';
import styles from './AttainmentCurve.module.css';
import { ladderMarks } from './marks';

const PLOT_HEIGHT = 240;
const AXIS_HEIGHT = 28;
const AXIS_WIDTH = 48;
const MARGIN_TOP = 12;
const MARGIN_RIGHT = 8;
const LANE_HEIGHT = 26;
const INITIAL_WIDTH = 640;

/** Share of the plot's width at which a place on the ladder lies, each rung in the middle of its column. */
const share = (position: number, rungs: number) =>
  `${((position + 0.5) / rungs) * 100}%`;

const percent = (objective: number) => formatRatio(objective).replace(' %', '');

/**
 * Probability of keeping each objective of the ladder. One rung is picked by pointer, touch or keyboard: the plot is a
 * slider.
 */
export default function AttainmentCurve(props: {
  recommendation: Recommendation;
  selected: number;
  onSelect: (index: number) => void;
}) {
  const { recommendation, selected, onSelect } = props;
  const { curve } = recommendation;
  const [hovered, setHovered] = useState<number | null>(null);
  const marks = ladderMarks(recommendation);
  const lanes = marks.length * LANE_HEIGHT;
  const count = curve.length;
  const place: CSSProperties & Record<`--${string}`, string> = {
    '--plot-left': `${AXIS_WIDTH}px`,
    '--plot-right': `${MARGIN_RIGHT}px`,
    '--plot-bottom': `${AXIS_HEIGHT}px`,
    '--column-width': `calc(100% / ${count})`,
    paddingTop: lanes,
  };
  const picked = curve[selected];
  const pointed = hovered === null ? null : curve[hovered];

  return (
    <div className={`${chartStyles.chart} ${styles.curve}`} style={place}>
      <div aria-hidden="true">
        <ResponsiveContainer
          width="100%"
          height={PLOT_HEIGHT}
          initialDimension={{ width: INITIAL_WIDTH, height: PLOT_HEIGHT }}
        >
          <ComposedChart
            data={curve.map(({ objective, attainment }) => ({
              rung: percent(objective),
              attainment: attainment * 100,
            }))}
            margin={{
              top: MARGIN_TOP,
              right: MARGIN_RIGHT,
              bottom: 0,
              left: 0,
            }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} />
            <XAxis
              dataKey="rung"
              scale="band"
              height={AXIS_HEIGHT}
              tickLine={false}
              tickMargin={8}
              interval="equidistantPreserveStart"
              minTickGap={2}
            />
            <YAxis
              width={AXIS_WIDTH}
              domain={[0, 100]}
              ticks={[0, 25, 50, 75, 90, 100]}
              interval={0}
              tickFormatter={value => `${value} %`}
              axisLine={false}
              tickLine={false}
            />
            <Line
              dataKey="attainment"
              stroke="var(--chart-series)"
              strokeWidth={2.5}
              isAnimationActive={false}
              dot={({ key, cx, cy, index }) => (
                <circle
                  key={key}
                  cx={cx}
                  cy={cy}
                  r={4}
                  stroke="var(--chart-series)"
                  strokeWidth={2}
                  fill={
                    curve[index].supported
                      ? 'var(--chart-series)'
                      : 'var(--bui-bg-neutral-1)'
                  }
                />
              )}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <div className={styles.overlay}>
        <ul className={styles.marks} aria-label="Marked objectives">
          {marks.map((mark, lane) => (
            <li
              key={mark.objective}
              className={[
                mark.promised && styles.promised,
                mark.recommended && styles.recommended,
              ]
                .filter(Boolean)
                .join(' ')}
            >
              <span
                className={styles.line}
                style={{
                  left: share(mark.position, count),
                  top: lane * LANE_HEIGHT + LANE_HEIGHT / 2,
                }}
              />
              <span
                className={styles.label}
                style={{
                  left: share(mark.position, count),
                  top: lane * LANE_HEIGHT,
                  transform: `translateX(-${share(mark.position, count)})`,
                }}
              >
                {mark.names.join(', ')} {formatRatio(mark.objective)}
              </span>
            </li>
          ))}
        </ul>
        <div className={styles.plot} style={{ top: lanes + MARGIN_TOP }}>
          <input
            type="range"
            className={styles.slider}
            min={0}
            max={count - 1}
            step={1}
            value={selected}
            aria-label="Objective to look at"
            aria-valuetext={`${formatRatio(
              picked.objective,
            )}, kept with ${formatProbabilityInWords(picked.attainment)} probability`}
            onChange={event => onSelect(Number(event.target.value))}
            onPointerMove={event => {
              const box = event.currentTarget.getBoundingClientRect();
              const column = Math.floor(
                ((event.clientX - box.left) / box.width) * count,
              );
              setHovered(Math.min(count - 1, Math.max(0, column)));
            }}
            onPointerLeave={() => setHovered(null)}
          />
          <span
            className={styles.handle}
            style={{
              left: share(selected, count),
              top: `${(1 - picked.attainment) * 100}%`,
            }}
          />
          {pointed && hovered !== null && hovered !== selected && (
            <>
              <span
                className={styles.hover}
                style={{
                  left: share(hovered, count),
                  top: `${(1 - pointed.attainment) * 100}%`,
                }}
              />
              <span
                className={styles.reading}
                style={{
                  left: share(hovered, count),
                  top: `${(1 - pointed.attainment) * 100}%`,
                  transform: `translate(-${share(hovered, count)}, ${
                    pointed.attainment > 0.5 ? '14px' : 'calc(-100% - 14px)'
                  })`,
                }}
              >
                {formatRatio(pointed.objective)} kept with{' '}
                {formatProbabilityInWords(pointed.attainment)} probability
              </span>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
