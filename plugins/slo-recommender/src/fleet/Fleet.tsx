import { useApi } from '@backstage/core-plugin-api';
import { Button, Card, CardBody, Text } from '@backstage/ui';
import { RiToggleLine } from '@remixicon/react';
import { ENABLED_ANNOTATION } from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderApiRef } from '../api';
import { useAnalysisFinished, usePage, useResource, useStatus } from '../data';
import { LoadFailure, Snippet, StateCard } from '../ui';
import styles from './Fleet.module.css';
import { FleetFilters, useOwners } from './FleetFilters';
import { FleetHeader } from './FleetHeader';
import { FleetTable } from './FleetTable';
import { toServicesQuery, useFleetQuery } from './useFleetQuery';
import { VerdictCounts } from './VerdictCounts';

/** The fleet before anyone has opted in. */
function NoServices() {
  return (
    <StateCard icon={<RiToggleLine />} title="No service has opted in yet">
      <p>
        Add this annotation to the catalog file of a Component, Resource or API.
        It appears here after the next refresh of the catalog.
      </p>
      <Snippet
        label="annotation"
        code={`metadata:\n  annotations:\n    ${ENABLED_ANNOTATION}: 'true'`}
      />
    </StateCard>
  );
}

/** Every service with its promise, its recommendation and its budget. */
export function Fleet() {
  const api = useApi(sloRecommenderApiRef);
  const status = useStatus();
  const owners = useOwners();
  const { query, filter, sort } = useFleetQuery();
  const { text, verdict, owner, criticality } = query;

  const services = useResource(`services ${JSON.stringify(query)}`, () =>
    api.getServices(toServicesQuery(query)),
  );
  useAnalysisFinished(status.data, services.reload);

  const { page, pagination } = usePage(services, 'service');
  const filtered = Boolean(text || verdict || owner || criticality);
  const clear = () =>
    filter({
      text: undefined,
      verdict: undefined,
      owner: undefined,
      criticality: undefined,
    });

  if (services.data?.totalItems === 0 && !filtered) {
    return (
      <div className={styles.fleet}>
        <FleetHeader status={status} />
        <NoServices />
      </div>
    );
  }

  return (
    <div className={styles.fleet}>
      <FleetHeader status={status} />
      <VerdictCounts
        analysisId={status.data?.currentAnalysis?.id}
        picked={verdict}
        onPick={picked => filter({ verdict: picked })}
      />
      <Card className={styles.card}>
        <CardBody>
          <div className={styles.list}>
            <FleetFilters filter={query} owners={owners} onChange={filter} />
            <LoadFailure awaited="the services" answer={services} />
            {services.error && !page ? null : (
              <FleetTable
                items={page?.items}
                stale={services.loading}
                window={status.data?.objectiveWindow ?? ''}
                orderBy={query.orderBy}
                descending={query.descending}
                onSort={sort}
                emptyState={
                  <div className={styles.empty}>
                    <Text as="p" className={styles.flat}>
                      No service matches these filters.
                    </Text>
                    <Button variant="secondary" size="small" onPress={clear}>
                      Clear filters
                    </Button>
                  </div>
                }
                pagination={{ type: 'page', ...pagination }}
              />
            )}
          </div>
        </CardBody>
      </Card>
    </div>
  );
}
