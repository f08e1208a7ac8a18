import { Alert } from '@backstage/ui';
import type { AnnotationIssue } from 'backstage-plugin-slo-recommender-common';
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
