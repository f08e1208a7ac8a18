import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';

function isEntityRef(text: string): boolean {
  try {
    parseEntityRef(text);
    return true;
  } catch {
    return false;
  }
}

function CatalogName(props: { entityRef: string }) {
  return <>{useEntityPresentation(props.entityRef).primaryTitle}</>;
}

/** An entity’s name as the catalog presents it; other names, such as those of programs, as they are. */
export function EntityName(props: { entityRef: string }) {
  const { entityRef } = props;
  return isEntityRef(entityRef) ? (
    <CatalogName entityRef={entityRef} />
  ) : (
    <>{entityRef}</>
  );
}
