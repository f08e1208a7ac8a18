import { useEntityPresentation } from '@backstage/plugin-catalog-react';

/** An entity’s name as the catalog presents it. */
export function EntityName(props: { entityRef: string }) {
  return <>{useEntityPresentation(props.entityRef).primaryTitle}</>;
}
