import { useApi } from '@backstage/core-plugin-api';
import { Card, CardBody, TablePagination, Text } from '@backstage/ui';
import type {
  FleetPageQuery,
  SloRecommenderApi,
} from 'backstage-plugin-slo-recommender-common';
import type { ReactNode } from 'react';
import { sloRecommenderApiRef } from '../api';
import {
  ENTRIES_PER_PAGE,
  type Page,
  usePage,
  usePages,
  useResource,
} from '../data';
import { LoadFailure } from './Failure';
import styles from './PagedList.module.css';
import { StateCard } from './StateCard';
import { stateIcon } from './stateIcon';
import { TextFilter } from './TextFilter';
import { Waiting } from './Waiting';

/**
 * A list that the server searches and pages, with what to say while, and if, there is nothing to show. The address has
 * the question.
 */
export function PagedList<T extends Page>(props: {
  title: string;
  /** What the list is and why it matters. */
  description: string;
  noun: string;
  /** Names the list for the cache. */
  name: string;
  load: (api: SloRecommenderApi, query: Partial<FleetPageQuery>) => Promise<T>;
  search: { label: string; placeholder: string };
  /** A further filter beside the search, with its value. */
  filter?: { value: string | undefined; control: ReactNode };
  /** Says that there is nothing, which is good. */
  nothing: { title: string; words: string };
  children: (page: T) => ReactNode;
}) {
  const { title, description, noun, search, filter, nothing } = props;
  const api = useApi(sloRecommenderApiRef);
  const { parameters, cursor, ask } = usePages();
  const text = parameters.get('text') || undefined;
  const query = { limit: ENTRIES_PER_PAGE, cursor, text };
  const answer = useResource(
    `${props.name} ${JSON.stringify({ ...query, filter: filter?.value })}`,
    () => props.load(api, query),
  );
  const { page, pagination } = usePage(answer, noun);
  const filtered = text !== undefined || filter?.value !== undefined;
  const searchField = (
    <TextFilter
      {...search}
      value={text ?? ''}
      onChange={value => ask({ text: value })}
    />
  );

  const content = () => {
    if (!page) {
      return answer.error ? null : <Waiting awaited={`the ${noun}s`} />;
    }
    if (page.items.length === 0 && !filtered) {
      return (
        <StateCard icon={stateIcon('positive')} title={nothing.title}>
          <p>{nothing.words}</p>
        </StateCard>
      );
    }
    return (
      <Card className={styles.card}>
        <CardBody>
          <div className={styles.list}>
            {filter ? (
              <div className={styles.filters}>
                {searchField}
                {filter.control}
              </div>
            ) : (
              searchField
            )}
            <div
              className={answer.loading ? styles.before : undefined}
              aria-busy={answer.loading}
            >
              {page.items.length === 0 ? (
                <p className={styles.flat}>Nothing matches these filters.</p>
              ) : (
                props.children(page)
              )}
            </div>
            {page.items.length > 0 && <TablePagination {...pagination} />}
          </div>
        </CardBody>
      </Card>
    );
  };

  return (
    <section className={styles.list} aria-label={title}>
      <div>
        <Text as="h2" variant="title-small" className={styles.flat}>
          {title}
        </Text>
        <Text as="p" variant="body-medium" className={styles.description}>
          {description}
        </Text>
      </div>
      <LoadFailure awaited={`the ${noun}s`} answer={answer} />
      {content()}
    </section>
  );
}
