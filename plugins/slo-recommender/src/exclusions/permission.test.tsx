import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { AS_OF, backendWith, renderInPortal } from '../__testUtils__';
import { ExclusionsPanel } from './ExclusionsPanel';
import { useTimeline } from './useTimeline';

const ENTITY_REF = 'component:default/checkout';

function Page() {
  return (
    <ExclusionsPanel
      entityRef={ENTITY_REF}
      timeline={useTimeline(ENTITY_REF, true)}
    />
  );
}

it('without the permission nothing can be excluded or withdrawn, and it says why', async () => {
  await renderInPortal(
    <TestApiProvider
      apis={[
        [
          permissionApiRef,
          mockApis.permission({ authorize: AuthorizeResult.DENY }),
        ],
      ]}
    >
      <Page />
    </TestApiProvider>,
    backendWith({
      getExclusions: async entityRef => ({
        entityRef,
        exclusions: [
          {
            id: 'migration',
            from: '2026-11-18T10:00:00.000Z',
            to: '2026-11-18T16:00:00.000Z',
            reason: 'Planned migration',
            owner: 'user:default/guest',
            createdAt: AS_OF,
            withdrawn: null,
          },
        ],
        cap: 0.1,
      }),
    }),
  );
  expect(await screen.findByText('Planned migration')).toBeInTheDocument();
  expect(
    await screen.findByText('slo-recommender.exclusion.update'),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('button', { name: 'Exclude a period…' }),
  ).toBeDisabled();
  expect(
    screen.queryByRole('button', { name: /Withdraw/ }),
  ).not.toBeInTheDocument();
});
