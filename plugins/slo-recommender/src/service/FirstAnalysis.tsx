import { RiHourglassLine } from '@remixicon/react';
import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { AnalyseButton, AnalysisProgress } from '../analysis';
import type { Resource } from '../data';
import { StateCard } from '../ui';

/** Something that awaits an analysis: how far one is that is at work, or what to do if none is. */
export function AwaitsAnalysis(props: {
  status: Resource<StatusResponse>;
  /** Said while an analysis is at work. */
  atWork: { title: string; words: string };
  /** Said while none is. */
  waiting: { title: string; words: string };
}) {
  const { status } = props;
  const active = status.data?.activeAnalysis;
  const { title, words } = active ? props.atWork : props.waiting;
  return (
    <StateCard icon={<RiHourglassLine />} title={title}>
      <p>{words}</p>
      {active ? (
        <AnalysisProgress analysis={active} />
      ) : (
        <AnalyseButton status={status} />
      )}
    </StateCard>
  );
}

/** An entity that takes part but about which nothing has been said yet. */
export function FirstAnalysis(props: {
  status: Resource<StatusResponse>;
  /** False where the backend has not read the entity from the catalog yet. */
  known: boolean;
}) {
  return (
    <AwaitsAnalysis
      status={props.status}
      atWork={{
        title: 'The first analysis is at work',
        words:
          'The request history of this entity is being read. This page shows the result as soon as it is there.',
      }}
      waiting={
        props.known
          ? {
              title: 'This entity waits for its first analysis',
              words:
                'It is part of the next analysis, which runs on schedule; you can also start it now.',
            }
          : {
              title: 'This entity has not been read from the catalog yet',
              words:
                'It takes part by its annotations. The catalog is read every few minutes; you can also start an analysis now.',
            }
      }
    />
  );
}
