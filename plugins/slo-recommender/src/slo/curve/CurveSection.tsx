import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { lazy, useState } from 'react';
import { LazyChart } from '../../charts/LazyChart';
import { Panel } from '../../ui';
import { formatAdjoiningWindow } from '../../words';
import styles from '../layout.module.css';
import { initialObjective } from './meaning';
import { readCurve } from './reading';
import { ReadingPanel } from './ReadingPanel';

const AttainmentCurve = lazy(() => import('./AttainmentCurve'));

/** The curve, and beside it what the picked objective would mean. Nothing where there is no curve. */
export function CurveSection(props: {
  recommendation: Recommendation;
  window: string;
}) {
  const { recommendation, window } = props;
  const { curve } = recommendation;
  const [picked, setPicked] = useState<number | null>(null);
  if (curve.length === 0) return null;
  // what was picked on the curve of an earlier analysis may lie outside this one
  const reading =
    (picked === null ? null : readCurve(curve, picked)) ??
    readCurve(curve, initialObjective(recommendation));
  if (!reading) return null;
  return (
    <div className={styles.beside}>
      <Panel
        title="Probability of keeping each objective"
        description={`Over the next ${formatAdjoiningWindow(
          window,
        )}. Drag the handle to any objective, or move it with the arrow keys, and from rung to rung with Page up and Page down.`}
      >
        <LazyChart height={330}>
          <AttainmentCurve
            recommendation={recommendation}
            reading={reading}
            onPick={setPicked}
          />
        </LazyChart>
      </Panel>
      <ReadingPanel
        reading={reading}
        recommendation={recommendation}
        window={window}
        onPick={setPicked}
      />
    </div>
  );
}
