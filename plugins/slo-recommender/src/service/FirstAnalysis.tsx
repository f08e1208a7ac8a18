import { RiHourglassLine } from '@remixicon/react';
import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { AnalyseButton, AnalysisProgress } from '../analysis';
import type { Resource } from '../data';
import { StateCard } from '../pieces';

/** An entity that takes part but about which nothing has been said yet. */
export function FirstAnalysis(props: {
  status: Resource<StatusResponse>;
  /** False where the backend has not read the entity from the catalog yet. */
  known: boolean;
}) {
  const { status, known } = props;
  const active = status.data?.activeAnalysis;
  if (active) {
    return (
      <StateCard
        icon={<RiHourglassLine />}
        title="The first analysis is at work"
      >
        <p>
          The request history of this entity is being read. This page shows the
          result as soon as it is there.
        </p>
        <AnalysisProgress analysis={active} />
      </StateCard>
    );
  }
  return (
    <StateCard
      icon={<RiHourglassLine />}
      title={
        known
          ? 'This entity waits for its first analysis'
          : 'This entity has not been read from the catalog yet'
      }
    >
      <p>
        {known
          ? 'It is part of the next analysis, which runs on schedule; you can also start it now.'
          : 'It takes part by its annotations. The catalog is read every few minutes; you can also start an analysis now.'}
      </p>
      <AnalyseButton status={status} />
    </StateCard>
  );
}
