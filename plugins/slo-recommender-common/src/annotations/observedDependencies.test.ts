import type { Entity } from '@backstage/catalog-model';
import { OBSERVED_DEPENDENCIES_ANNOTATION } from './names';
import {
  formatObservedDependencies,
  readObservedDependencies,
} from './observedDependencies';
import { parseServiceAnnotations } from './parse';

const annotated = (value: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'shop',
    annotations: { [OBSERVED_DEPENDENCIES_ANNOTATION]: value },
  },
});

describe('observed dependencies', () => {
  it('come back as they were written, in one order, once each', () => {
    const refs = ['component:default/b', 'component:default/a'];
    const entity = annotated(formatObservedDependencies([...refs, ...refs]));
    expect(readObservedDependencies(entity)).toEqual([
      'component:default/a',
      'component:default/b',
    ]);
  });

  it('are none where there is no annotation, or an empty one', () => {
    expect(readObservedDependencies(annotated(''))).toEqual([]);
    expect(
      readObservedDependencies({
        apiVersion: 'v1',
        kind: 'API',
        metadata: { name: 'a' },
      }),
    ).toEqual([]);
  });

  it('are no misspelt annotation', () => {
    const entity = annotated('component:default/a');
    expect(parseServiceAnnotations(entity).issues).toEqual([]);
  });
});
