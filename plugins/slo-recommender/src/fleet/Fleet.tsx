import { useApi } from '@backstage/core-plugin-api';
import { Button, Card, CardBody, Text } from '@backstage/ui';
import { useRef } from 'react';
import { sloRecommenderApiRef } from '../api';
import { useAnalysisFinished, useResource, useStatus } from '../data';
import { Failure } from '../pieces';
import { formatCount, formatQuantity } from '../words';
import styles from './Fleet.module.css';
import { FleetFilters } from './FleetFilters';
import { FleetHeader } from './FleetHeader';
import { FleetTable } from './FleetTable';
import { NoServices } from './NoServices';
import { VerdictCounts } from './VerdictCounts';
import { PAGE_SIZE, toServicesQuery, useFleetQuery } from './useFleetQuery';
import { useOwners } from './useOwners';

/** Every service with its promise, its recommendation and its budget. */
export function Fleet() {
  const api = useApi(sloRecommenderApiRef);
  const status = useStatus();
  const owners = useOwners();
  const { query, pagesBefore, filter, sort, next, previous } = useFleetQuery();
  const { text, verdict, owner, criticality } = query;

  const services = useResource(`services ${JSON.stringify(query)}`, () =>
    api.getServices(toServicesQuery(query)),
  );
  useAnalysisFinished(status.data, services.reload);

  // while another page is on its way the one before stays, dimmed
  const shown = useRef(services.data);
  if (services.data) shown.current = services.data;
  const page = services.data ?? shown.current;

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

  const offset =
    pagesBefore === undefined ? undefined : pagesBefore * PAGE_SIZE;
  const rangeLabel = () => {
    if (!page) return '';
    const total = formatQuantity(page.totalItems, 'service');
    if (offset === undefined || page.items.length === 0) return total;
    return `${formatCount(offset + 1)} – ${formatCount(
      offset + page.items.length,
    )} of ${total}`;
  };

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
            {services.error && (
              <Failure
                title="The services could not be loaded"
                error={services.error}
                onRetry={services.reload}
              />
            )}
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
                pagination={{
                  type: 'page',
                  pageSize: PAGE_SIZE,
                  pageSizeOptions: [PAGE_SIZE],
                  showPageSizeOptions: false,
                  offset,
                  totalCount: page?.totalItems,
                  hasNextPage: Boolean(services.data?.nextCursor),
                  hasPreviousPage: query.cursor !== undefined,
                  onNextPage: () => {
                    const cursor = services.data?.nextCursor;
                    if (cursor) next(cursor);
                  },
                  onPreviousPage: previous,
                  getLabel: rangeLabel,
                }}
              />
            )}
          </div>
        </CardBody>
      </Card>
    </div>
  );
}
