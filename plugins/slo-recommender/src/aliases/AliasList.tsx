import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type { AliasCandidate } from 'backstage-plugin-slo-recommender-common';
import { EntityName, Snippet } from '../ui';
import { joinWords } from '../words';
import styles from './AliasList.module.css';

function annotationYaml({ name, value }: AliasCandidate['annotation']): string {
  // a JSON string is a YAML string too
  return `metadata:\n  annotations:\n    ${name}: ${JSON.stringify(value)}`;
}

function Candidate(props: { candidate: AliasCandidate }) {
  const { names, entityRef, evidence, annotation } = props.candidate;
  const entityLink = useEntityRefLink();
  return (
    <li className={styles.candidate}>
      <strong className={styles.names}>{joinWords(names)}</strong>
      <ul className={styles.evidence} aria-label="Evidence">
        {evidence.map(({ code, message }) => (
          <li key={code}>{message}</li>
        ))}
      </ul>
      <p className={styles.flat}>
        {entityRef ? (
          <>
            If they are one service, write to the catalog file of{' '}
            <Link href={entityLink(entityRef)}>
              <EntityName entityRef={entityRef} />
            </Link>
            :
          </>
        ) : (
          'The catalog has none of them. If they are one service, declare it with:'
        )}
      </p>
      <Snippet label="annotation" code={annotationYaml(annotation)} />
    </li>
  );
}

/** Names that may be one service, with the evidence and the annotation that joins them. */
export function AliasList(props: { candidates: AliasCandidate[] }) {
  return (
    <ul className={styles.candidates} aria-label="Possible aliases">
      {props.candidates.map(candidate => (
        <Candidate key={candidate.ids.join(' ')} candidate={candidate} />
      ))}
    </ul>
  );
}
