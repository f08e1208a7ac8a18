import { useEntityPresentation } from '@backstage/plugin-catalog-react';

/** The owner's name as the catalog presents it. */
export function OwnerName(props: { entityRef: string }) {
  return <>{useEntityPresentation(props.entityRef).primaryTitle}</>;
}
