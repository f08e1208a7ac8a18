import { Card, CardBody, TablePagination, Text } from '@backstage/ui';
import { type ReactNode, useRef } from 'react';
import { type Resource, usePages } from '../data';
import { formatCount, formatQuantity } from '../words';
import { Failure } from './Failure';
import styles from './PagedList.module.css';
import { StateCard } from './StateCard';
import { stateIcon } from './stateIcon';
import { Waiting } from './Waiting';

/** Entries on one page of a list. */
export const ENTRIES_PER_PAGE = 25;

interface Page {
  items: unknown[];
  nextCursor: string | null;
  totalItems: number;
}

/** A list that the server filters and pages, with what to say while, and where, there is nothing to show. */
export function PagedList<T extends Page>(props: {
  title: string;
  /** What the list is and why it matters. */
  description: string;
  noun: string;
  answer: Resource<T>;
  filters: ReactNode;
  /** Whether the list is narrowed, so that nothing found says little. */
  filtered: boolean;
  /** Says that there is nothing, which is good. */
  nothing: { title: string; words: string };
  children: (page: T) => ReactNode;
}) {
  const { title, description, noun, answer, filters, filtered, nothing } =
    props;
  const { cursor, pagesBefore, next, previous } = usePages();

  // while another page is on its way the one before stays, dimmed
  const shown = useRef(answer.data);
  if (answer.data) shown.current = answer.data;
  const page = answer.data ?? shown.current;

  const offset =
    pagesBefore === undefined ? undefined : pagesBefore * ENTRIES_PER_PAGE;
  const label = () => {
    if (!page) return '';
    const total = formatQuantity(page.totalItems, noun);
    if (offset === undefined || page.items.length === 0) return total;
    return `${formatCount(offset + 1)} – ${formatCount(
      offset + page.items.length,
    )} of ${total}`;
  };

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
            {filters}
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
            {page.items.length > 0 && (
              <TablePagination
                pageSize={ENTRIES_PER_PAGE}
                pageSizeOptions={[]}
                showPageSizeOptions={false}
                offset={offset}
                totalCount={page.totalItems}
                hasNextPage={Boolean(answer.data?.nextCursor)}
                hasPreviousPage={cursor !== undefined}
                onNextPage={() => {
                  const nextCursor = answer.data?.nextCursor;
                  if (nextCursor) next(nextCursor);
                }}
                onPreviousPage={previous}
                getLabel={label}
              />
            )}
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
      {answer.error && (
        <Failure
          title={`The ${noun}s could not be loaded`}
          error={answer.error}
          onRetry={answer.reload}
        />
      )}
      {content()}
    </section>
  );
}
