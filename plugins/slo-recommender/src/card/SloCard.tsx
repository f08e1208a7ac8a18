import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ButtonLink,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Text,
} from '@backstage/ui';
import type { SloRecommenderApi } from 'backstage-plugin-slo-recommender-common';
import { failureMessage, isNotFound } from '../data';
import { ERROR_BUDGET_TAB_PATH, SLO_TAB_PATH } from '../routes';
import { useServiceAnswer } from '../service';
import { CardSummary } from './CardSummary';
import styles from './SloCard.module.css';

const load = (api: SloRecommenderApi, entityRef: string) =>
  api.getErrorBudget(entityRef);

/** The overview card of an entity that takes part; nothing on others. */
export function SloCard() {
  const { entity } = useEntity();
  const entityLink = useEntityRefLink();
  const { optedIn, answer } = useServiceAnswer(
    entity,
    'the error budget',
    load,
  );
  if (!optedIn) return null;

  const path = entityLink(entity);
  const { data, error } = answer;
  const content = () => {
    if (data) return <CardSummary budget={data} />;
    if (isNotFound(error)) {
      return <p className={styles.plain}>Waits for its first analysis.</p>;
    }
    if (error) {
      return (
        <p className={styles.plain} role="alert">
          The error budget could not be loaded: {failureMessage(error)}
        </p>
      );
    }
    return (
      <p className={styles.plain} role="status">
        Loading the error budget…
      </p>
    );
  };

  return (
    <Card>
      <CardHeader>
        <Text
          as="h2"
          variant="title-x-small"
          weight="bold"
          className={styles.title}
        >
          SLO
        </Text>
      </CardHeader>
      <CardBody>{content()}</CardBody>
      <CardFooter>
        <div className={styles.links}>
          <ButtonLink
            size="small"
            variant="secondary"
            href={`${path}${SLO_TAB_PATH}`}
          >
            Recommendation
          </ButtonLink>
          <ButtonLink
            size="small"
            variant="tertiary"
            href={`${path}${ERROR_BUDGET_TAB_PATH}`}
          >
            Error budget
          </ButtonLink>
        </div>
      </CardFooter>
    </Card>
  );
}
