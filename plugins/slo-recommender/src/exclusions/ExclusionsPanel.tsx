import {
  type Exclusion,
  parseDuration,
} from 'backstage-plugin-slo-recommender-common';
import { useState } from 'react';
import { Awaited, Panel } from '../ui';
import {
  formatRatio,
  formatAdjoiningWindow,
  formatFailureRatio,
} from '../words';
import { EventsPanel } from './EventsPanel';
import { ExcludeButton } from './ExcludeButton';
import { ExclusionList } from './ExclusionList';
import styles from './Exclusions.module.css';
import { excludedShare } from './period';
import type { TimelineAnswer } from './useTimeline';
import { useMayExclude } from './useMayExclude';

/** How much of the last window is left out, against the most that may be. */
function CapUse(props: {
  exclusions: Exclusion[];
  /** Most of a window that may be left out, in [0, 1]. */
  cap: number;
  window: string | undefined;
  now?: number;
}) {
  const { exclusions, cap, window, now = Date.now() } = props;
  const windowMs = window === undefined ? undefined : parseDuration(window);
  if (window === undefined || !windowMs) {
    return (
      <p className={styles.flat}>
        At most {formatRatio(cap)} of a window may be left out.
      </p>
    );
  }
  const share = excludedShare(exclusions, windowMs, now);
  const over = share > cap;
  const width = cap > 0 ? Math.min(1, share / cap) * 100 : 0;
  return (
    <div className={styles.cap}>
      <p className={styles.flat}>
        <strong>{formatFailureRatio(share)}</strong> of the last{' '}
        {formatAdjoiningWindow(window)} is left out; at most {formatRatio(cap)}{' '}
        may be.
        {over && ' Hours beyond that count all the same.'}
      </p>
      <div
        className={`${styles.track} ${over ? styles.over : ''}`}
        aria-hidden="true"
      >
        <div className={styles.fill} style={{ width: `${width}%` }} />
      </div>
    </div>
  );
}

/** Hours left out of a service's history, and what happened to it: both can be told here or by a program. */
export function ExclusionsPanel(props: {
  entityRef: string;
  timeline: TimelineAnswer;
  /** Objective window of the service, for example `P28D`; without it the share left out is not said. */
  window?: string;
}) {
  const { entityRef, timeline, window } = props;
  const mayExclude = useMayExclude(entityRef);
  const [outcome, setOutcome] = useState<string>();
  const { data, reload } = timeline.exclusions;

  const changed = (words: string) => {
    setOutcome(`${words} Numbers follow with the next analysis.`);
    reload();
  };

  return (
    <div className={styles.panels}>
      <Panel
        title="Left out of the history"
        description="Hours that shall not count, such as a planned migration. Who left them out and why stays on record, and numbers are given with and without them."
      >
        <div className={styles.stack}>
          <Awaited awaited="the exclusions" answer={timeline.exclusions} />
          {data && (
            <>
              {data.exclusions.length > 0 ? (
                <>
                  <CapUse {...data} window={window} />
                  <ExclusionList
                    entityRef={entityRef}
                    exclusions={data.exclusions}
                    mayWithdraw={mayExclude === 'yes'}
                    onChange={changed}
                  />
                </>
              ) : (
                <p className={styles.flat}>
                  Every hour counts. At most {formatRatio(data.cap)} of a window
                  may be left out.
                </p>
              )}
              <ExcludeButton
                entityRef={entityRef}
                allowed={mayExclude}
                window={window}
                onChange={changed}
              />
            </>
          )}
          {/* there before its words are, so that these are read out */}
          <span role="status" className={styles.quiet}>
            {outcome}
          </span>
        </div>
      </Panel>
      <EventsPanel entityRef={entityRef} answer={timeline.events} />
    </div>
  );
}
