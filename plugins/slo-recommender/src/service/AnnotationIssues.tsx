import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import type { AnnotationIssue } from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderApiRef } from '../api';
import { useResource } from '../data';
import { formatQuantity } from '../words';
import styles from './AnnotationIssues.module.css';

/** Annotations of the entity that could not be used, each with its remedy. */
export function AnnotationIssues(props: { issues: AnnotationIssue[] }) {
  const { issues } = props;
  if (issues.length === 0) return null;
  return (
    <Alert
      status="warning"
      icon
      title={`${formatQuantity(issues.length, 'annotation')} could not be used`}
      description={
        <ul className={styles.issues}>
          {issues.map(issue => (
            <li key={issue.annotation}>{issue.message}</li>
          ))}
        </ul>
      }
    />
  );
}

/** What the entity refers to and the catalog does not hold; nothing where that is not known. */
export function DanglingReferences() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(sloRecommenderApiRef);
  const { data } = useResource(`summary ${entityRef}`, () =>
    api.getService(entityRef),
  );
  const references = data?.danglingReferences ?? [];
  if (references.length === 0) return null;
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={`${formatQuantity(
        references.length,
        'reference leads',
        'references lead',
      )} to nothing in the catalog`}
      description={
        <>
          <ul className={styles.issues}>
            {references.map(({ targetRef, relation }) => (
              <li key={`${relation} ${targetRef}`}>
                {relation} {targetRef}
              </li>
            ))}
          </ul>
          Fix the name in the catalog file, or register the entity.
        </>
      }
    />
  );
}
