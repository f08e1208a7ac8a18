import type { CSSProperties, ReactNode } from 'react';
import chartStyles from './Chart.module.css';
import styles from './MarkedPlot.module.css';

const LANE_HEIGHT = 26;

/** A place on the horizontal axis that is pointed out. */
export interface PlotMark {
  key: string;
  /** Share of the plot's width at which it lies, in [0, 1]. */
  share: number;
  look: 'plain' | 'recommended' | 'promised';
  label: ReactNode;
}

/** Room that the axes of a chart take around its plot, in pixels. */
export interface PlotInsets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export const percentOf = (share: number) => `${share * 100}%`;

/**
 * A chart with vertical lines over it, each named in a lane of its own above the plot: names cannot collide, however
 * near the lines are.
 */
export function MarkedPlot(props: {
  marks: PlotMark[];
  /** Names the list of marks. */
  label: string;
  insets: PlotInsets;
  /** The chart, its plot inset by `insets`. */
  children: ReactNode;
  /** Lies over the plot. */
  overlay?: ReactNode;
}) {
  const { marks, label, insets, children, overlay } = props;
  const lanes = marks.length * LANE_HEIGHT;
  const place: CSSProperties & Record<`--${string}`, string> = {
    '--plot-left': `${insets.left}px`,
    '--plot-right': `${insets.right}px`,
    '--plot-bottom': `${insets.bottom}px`,
    paddingTop: lanes,
  };
  return (
    <div className={`${chartStyles.chart} ${styles.marked}`} style={place}>
      {children}
      <div className={styles.overlay}>
        {marks.length > 0 && (
          <ul className={styles.marks} aria-label={label}>
            {marks.map((mark, lane) => (
              <li key={mark.key} className={styles[mark.look]}>
                <span
                  className={styles.line}
                  style={{
                    left: percentOf(mark.share),
                    top: lane * LANE_HEIGHT + LANE_HEIGHT / 2,
                  }}
                />
                <span
                  className={styles.label}
                  style={{
                    left: percentOf(mark.share),
                    top: lane * LANE_HEIGHT,
                    transform: `translateX(-${percentOf(mark.share)})`,
                  }}
                >
                  {mark.label}
                </span>
              </li>
            ))}
          </ul>
        )}
        {overlay && (
          <div className={styles.plot} style={{ top: lanes + insets.top }}>
            {overlay}
          </div>
        )}
      </div>
    </div>
  );
}
