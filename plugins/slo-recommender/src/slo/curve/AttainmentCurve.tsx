import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { Legend, MarkedPlot } from '../../charts';
import chartStyles from '../../charts/Chart.module.css';
import { formatRatio } from '../../words';
import { CurveHandle } from './CurveHandle';
import { CURVE_INSETS, curveLegend, CurvePlot } from './CurvePlot';
import { ladderAxis } from './ladder';
import { ladderMarks } from './marks';
import type { CurveReading } from './reading';

/** Probability of keeping each objective, with tiers and promise marked and a handle to pick any. */
export default function AttainmentCurve(props: {
  recommendation: Recommendation;
  reading: CurveReading;
  onPick: (objective: number) => void;
}) {
  const { recommendation, reading, onPick } = props;
  const { curve } = recommendation;
  const axis = ladderAxis(curve);
  return (
    <div className={chartStyles.chart}>
      <Legend entries={curveLegend(curve)} />
      <MarkedPlot
        label="Marked objectives"
        insets={CURVE_INSETS}
        marks={ladderMarks(recommendation).map(mark => ({
          key: String(mark.objective),
          share: axis.shareOf(mark.objective),
          look: mark.look,
          label: `${formatRatio(mark.objective)} ${mark.names.join(', ')}`,
        }))}
        overlay={
          <CurveHandle curve={curve} reading={reading} onPick={onPick} />
        }
      >
        <div aria-hidden="true">
          <CurvePlot curve={curve} domain={axis.domain} />
        </div>
      </MarkedPlot>
    </div>
  );
}
