import { RiNodeTree } from '@remixicon/react';
import { Snippet, StateCard } from '../pieces';

/** A service of which no source knows a call. */
export function NoDependencies(props: { name: string }) {
  return (
    <StateCard
      icon={<RiNodeTree />}
      title={`Nothing is known to call ${props.name}, nor that it calls anything`}
    >
      <p>
        Calls are seen in the service graph that Tempo or the OpenTelemetry
        Collector makes of traces, in a mesh, or in reports of CI. They can also
        be declared in the catalog file:
      </p>
      <Snippet
        label="catalog lines"
        code={'spec:\n  dependsOn:\n    - component:default/payments'}
      />
    </StateCard>
  );
}
