import type { Cycle } from 'backstage-plugin-slo-recommender-common';
import { Fact, failureTone, stateIcon } from '../pieces';
import {
  claimWords,
  formatCallRate,
  formatFailureRatio,
  kindWords,
} from '../words';
import styles from './Cycles.module.css';

/** The calls that make a cycle. */
export function CycleCalls(props: { cycle: Cycle }) {
  const { members, calls } = props.cycle;
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return (
    <ul className={styles.calls}>
      {calls.map(call => {
        const { source, target, callsPerSecond, failureRatio } = call;
        const tone = failureTone(failureRatio);
        return (
          <li key={`${source} ${target}`}>
            <strong>
              {names.get(source) ?? source} → {names.get(target) ?? target}
            </strong>{' '}
            {failureRatio !== null && tone !== 'neutral' && (
              <Fact tone={tone} icon={stateIcon(tone)}>
                {formatFailureRatio(failureRatio)} failing
              </Fact>
            )}
            <div className={styles.quiet}>
              {[
                callsPerSecond === null
                  ? 'traffic unknown'
                  : formatCallRate(callsPerSecond),
                kindWords[call.kind],
                call.strength,
                claimWords(call),
              ].join(' · ')}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
