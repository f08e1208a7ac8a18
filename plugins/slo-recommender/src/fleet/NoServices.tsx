import { RiToggleLine } from '@remixicon/react';
import { ENABLED_ANNOTATION } from 'backstage-plugin-slo-recommender-common';
import { Snippet, StateCard } from '../pieces';

/** The fleet before anyone has opted in. */
export function NoServices() {
  return (
    <StateCard icon={<RiToggleLine />} title="No service has opted in yet">
      <p>
        Add this annotation to the catalog file of a Component, Resource or API.
        It appears here after the next refresh of the catalog.
      </p>
      <Snippet
        label="annotation"
        code={`metadata:\n  annotations:\n    ${ENABLED_ANNOTATION}: 'true'`}
      />
    </StateCard>
  );
}
