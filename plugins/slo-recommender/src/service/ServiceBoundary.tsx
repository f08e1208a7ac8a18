import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  DatasourceStatus,
  SloRecommenderApi,
} from 'backstage-plugin-slo-recommender-common';
import { Flex } from '@backstage/ui';
import type { ReactNode } from 'react';
import { AnalysisProgress } from '../analysis';
import { isNotFound } from '../data';
import { Failure, LoadFailure, Waiting } from '../ui';
import { AnnotationIssues } from './AnnotationIssues';
import { DatasourceNotice } from './DatasourceNotice';
import { FirstAnalysis } from './FirstAnalysis';
import { NotOptedIn } from './NotOptedIn';
import { useServiceAnswer } from './useServiceAnswer';

/** An answer about a service that an analysis has seen. */
export type Analysed<T> = T & { asOf: string };

function isAnalysed<T extends { asOf: string | null }>(
  data: T,
): data is Analysed<T> {
  return data.asOf !== null;
}

/**
 * Everything that a tab has to say before it can show numbers: not opted in, loading, failed, not analysed yet, and
 * notices beside the numbers.
 */
export function ServiceBoundary<
  T extends { asOf: string | null; datasource: DatasourceStatus | null },
>(props: {
  /** Names the question for the cache, and for people: `Loading the error budget…`. */
  awaited: string;
  load: (api: SloRecommenderApi, entityRef: string) => Promise<T>;
  children: (data: Analysed<T>) => ReactNode;
}) {
  const { awaited, load, children } = props;
  const { entity } = useEntity();
  const { annotations, optedIn, status, answer } = useServiceAnswer(
    entity,
    awaited,
    load,
  );

  const content = () => {
    if (optedIn === false) {
      return (
        <NotOptedIn entity={entity} optedOut={annotations.enabled === false} />
      );
    }
    if (optedIn === undefined) {
      return status.error ? (
        <Failure
          title="SLO Recommender does not answer"
          error={status.error}
          onRetry={status.reload}
        />
      ) : (
        <Waiting awaited={awaited} />
      );
    }
    if (isNotFound(answer.error)) {
      return <FirstAnalysis status={status} known={false} />;
    }
    const { data } = answer;
    const failure = answer.error && (
      <LoadFailure
        awaited={data ? `a newer state of ${awaited}` : awaited}
        answer={answer}
      />
    );
    if (!data) return failure ?? <Waiting awaited={awaited} />;
    const active = status.data?.activeAnalysis;
    return (
      <>
        {failure}
        <DatasourceNotice datasource={data.datasource} asOf={data.asOf} />
        {isAnalysed(data) ? (
          <>
            {active && <AnalysisProgress analysis={active} />}
            {children(data)}
          </>
        ) : (
          <FirstAnalysis status={status} known />
        )}
      </>
    );
  };

  return (
    <Flex direction="column" gap="4">
      <AnnotationIssues issues={annotations.issues} />
      {content()}
    </Flex>
  );
}
