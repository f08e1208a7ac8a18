import type { Entity } from '@backstage/catalog-model';
import { RiToggleLine } from '@remixicon/react';
import { ENABLED_ANNOTATION } from 'backstage-plugin-slo-recommender-common';
import { Snippet, StateCard } from '../ui';

function optInYaml(entity: Entity): string {
  const { name, namespace } = entity.metadata;
  return [
    `apiVersion: ${entity.apiVersion}`,
    `kind: ${entity.kind}`,
    'metadata:',
    `  name: ${name}`,
    ...(namespace && namespace !== 'default'
      ? [`  namespace: ${namespace}`]
      : []),
    '  annotations:',
    `    ${ENABLED_ANNOTATION}: 'true'`,
  ].join('\n');
}

/** What to write into the catalog so that this entity takes part. */
export function NotOptedIn(props: { entity: Entity; optedOut: boolean }) {
  const { entity, optedOut } = props;
  return (
    <StateCard
      icon={<RiToggleLine />}
      title={
        optedOut
          ? 'This entity has opted out of SLO recommendations'
          : 'This entity has not opted in to SLO recommendations'
      }
    >
      <p>
        {optedOut
          ? 'To take part, change the annotation in its catalog file:'
          : 'Add this annotation to its catalog file. After the next refresh of the catalog its request history is read and an objective is recommended.'}
      </p>
      <Snippet label="annotation" code={optInYaml(entity)} />
    </StateCard>
  );
}
