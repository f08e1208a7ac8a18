import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex } from '@backstage/ui';
import {
  isOptedIn,
  parseServiceAnnotations,
} from 'backstage-plugin-slo-recommender-common';
import { useEffect, useRef } from 'react';
import { sloRecommenderApiRef } from '../api';
import {
  isNotFound,
  useAnalysisFinished,
  useResource,
  useStatus,
} from '../data';
import { loadGraphCanvas } from '../graph';
import { LoadFailure, Waiting } from '../ui';
import { AnnotationIssues, FirstAnalysis, NotOptedIn } from '../service';
import { DependencyView } from './DependencyView';
import { toDependenciesQuery, useDependencyQuery } from './useDependencyQuery';

/** The Dependencies tab of an entity: what it calls, what calls it, on whose word, and where that differs. */
export function DependenciesTab() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(sloRecommenderApiRef);
  const status = useStatus();
  const state = useDependencyQuery();
  const question = toDependenciesQuery(state.query);
  const answer = useResource(
    `dependencies ${entityRef} ${JSON.stringify(question)}`,
    () => api.getDependencies(entityRef, question),
  );
  useAnalysisFinished(status.data, answer.reload);
  useEffect(() => {
    loadGraphCanvas();
  }, []);

  // while another depth or direction is on its way the one before stays, dimmed
  const shown = useRef({ entityRef, data: answer.data });
  if (answer.data || shown.current.entityRef !== entityRef) {
    shown.current = { entityRef, data: answer.data };
  }
  const data = answer.data ?? shown.current.data;
  const annotations = parseServiceAnnotations(entity);

  const content = () => {
    if (isNotFound(answer.error)) {
      const optedIn =
        annotations.enabled ??
        (status.data && isOptedIn(entity, status.data.optIn));
      return optedIn === false ? (
        <NotOptedIn entity={entity} optedOut={annotations.enabled === false} />
      ) : (
        <FirstAnalysis status={status} known={false} />
      );
    }
    const failure = answer.error && (
      <LoadFailure
        awaited={
          data ? 'a newer state of the dependencies' : 'the dependencies'
        }
        answer={answer}
      />
    );
    if (!data) {
      return (
        failure ?? <Waiting awaited="the dependencies" blocks={[96, 480]} />
      );
    }
    return (
      <>
        {failure}
        <DependencyView
          entityRef={entityRef}
          name={entity.metadata.name}
          response={data}
          loading={answer.loading}
          analysisId={status.data?.currentAnalysis?.id}
          state={state}
        />
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
