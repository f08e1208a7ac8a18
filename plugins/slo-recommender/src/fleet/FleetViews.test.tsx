import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Cycle } from 'backstage-plugin-slo-recommender-common';
import { Route, Routes } from 'react-router-dom';
import { AS_OF, backendWith, refusal, renderInPortal } from '../__testUtils__';
import { FleetViews } from './FleetViews';

const cycle: Cycle = {
  id: 'cycle-1',
  state: 'open',
  members: [
    {
      id: 'component:default/checkout',
      entityRef: 'component:default/checkout',
      name: 'checkout',
      owner: null,
    },
    { id: 'undeclared:points', entityRef: null, name: 'points', owner: null },
  ],
  hiddenMembers: 1,
  calls: [
    {
      source: 'component:default/checkout',
      target: 'undeclared:points',
      kind: 'async',
      strength: 'soft',
      declared: false,
      observed: true,
      callsPerSecond: 0.5,
      failureRatio: 0.02,
    },
  ],
  advice: ['Cut points → checkout: it has the least traffic.'],
  detectedAt: AS_OF,
  resolvedAt: null,
  acknowledgement: null,
};

const one = <T,>(item: T) => ({
  items: [item],
  nextCursor: null,
  totalItems: 1,
});
const none = { items: [], nextCursor: null, totalItems: 0 };

const show = (backend: ReturnType<typeof backendWith>, view: string) =>
  renderInPortal(
    <Routes>
      <Route path="/slo-recommender/*" element={<FleetViews />} />
    </Routes>,
    backend,
    `/slo-recommender${view}`,
  );

it('has a link for each view, and says which one is shown', async () => {
  await show(backendWith({ getCycles: async () => none }), '/cycles');
  expect(
    within(screen.getByRole('navigation', { name: 'Views of the fleet' }))
      .getAllByRole('link')
      .map(link => [link.textContent, link.getAttribute('href')]),
  ).toEqual([
    ['Services', '/slo-recommender'],
    ['Calibration', '/slo-recommender/calibration'],
    ['Cycles', '/slo-recommender/cycles'],
    ['Divergence', '/slo-recommender/divergence'],
    ['Undeclared services', '/slo-recommender/undeclared'],
    ['Possible aliases', '/slo-recommender/aliases'],
    ['Dangling references', '/slo-recommender/dangling-references'],
  ]);
  expect(screen.getByRole('link', { current: 'page' })).toHaveTextContent(
    'Cycles',
  );
  expect(
    await screen.findByText('No services call each other in a circle'),
  ).toBeInTheDocument();
});

describe('cycles', () => {
  it('lists them by the state of the address, each with a page entry', async () => {
    const backend = backendWith({ getCycles: async () => one(cycle) });
    await show(backend, '/cycles?state=open');
    expect(
      await screen.findByRole('link', { name: 'checkout, points, 1 more' }),
    ).toHaveAttribute('href', '/slo-recommender/cycles/cycle-1');
    expect(backend.getCycles).toHaveBeenCalledWith(
      expect.objectContaining({ state: 'open', limit: 25 }),
    );
  });

  it('shows members, calls and advice, and acknowledges with a reason', async () => {
    const backend = backendWith({
      getCycle: async () => cycle,
      acknowledgeCycle: async () => ({
        ...cycle,
        state: 'acknowledged',
        acknowledgement: {
          by: 'user:default/guest',
          at: AS_OF,
          reason: 'Meant so',
        },
      }),
    });
    await show(backend, '/cycles/cycle-1');
    expect(
      await screen.findByText(
        'Cut points → checkout: it has the least traffic.',
      ),
    ).toBeInTheDocument();
    expect(document.title).toMatch(/^Cycle of checkout, points, 1 more/);
    expect(screen.getByText('2 % failing')).toBeInTheDocument();
    expect(
      screen.getAllByText('1 service that you may not see').length,
    ).toBeGreaterThan(0);
    const button = screen.getByRole('button', { name: 'Acknowledge' });
    expect(button).toBeDisabled();
    await userEvent.type(screen.getByLabelText('Reason'), 'Meant so');
    await userEvent.click(button);
    expect(backend.acknowledgeCycle).toHaveBeenCalledWith('cycle-1', {
      acknowledged: true,
      reason: 'Meant so',
    });
    expect(
      await screen.findByRole('button', { name: 'Open again' }),
    ).toBeInTheDocument();
  });

  it('says plainly that a person may not acknowledge', async () => {
    const forbidden = await refusal(403, 'not allowed');
    await show(
      backendWith({
        getCycle: async () => cycle,
        acknowledgeCycle: async () => {
          throw forbidden;
        },
      }),
      '/cycles/cycle-1',
    );
    await userEvent.type(await screen.findByLabelText('Reason'), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge' }));
    expect(
      await screen.findByText(/acknowledging it is not yours to do/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Acknowledge' }),
    ).not.toBeInTheDocument();
  });
});

it('lists services on which catalog and telemetry disagree', async () => {
  await show(
    backendWith({
      getFleetDivergence: async () => ({
        ...one({
          entityRef: 'component:default/checkout',
          title: 'Checkout',
          owner: null,
          undeclared: 4,
          unseen: 2,
          agreeing: 7,
        }),
        totals: { undeclared: 40, unseen: 20, agreeing: 70 },
      }),
    }),
    '/divergence',
  );
  expect(await screen.findByRole('link', { name: 'Checkout' })).toHaveAttribute(
    'href',
    '/catalog/default/component/checkout/dependencies',
  );
  expect(screen.getByText('40 observed and not declared')).toBeInTheDocument();
});

it('lists what the catalog does not know, with lines to paste', async () => {
  await show(
    backendWith({
      getUndeclaredServices: async () =>
        one({
          id: 'undeclared:points',
          name: 'points',
          type: null,
          callers: [{ id: 'component:default/checkout', name: 'checkout' }],
          hiddenCallers: 1,
          callsPerSecond: 3,
          firstSeenAt: AS_OF,
          lastSeenAt: AS_OF,
          catalogLines: 'kind: Component',
        }),
    }),
    '/undeclared',
  );
  await userEvent.click(await screen.findByRole('button', { name: /points/ }));
  expect(
    screen.getByText('checkout, 1 service that you may not see'),
  ).toBeInTheDocument();
  expect(screen.getByLabelText('catalog lines')).toHaveTextContent(
    'kind: Component',
  );
});

it('says which entities an unknown name could mean, and counts names of no service', async () => {
  await show(
    backendWith({
      getUndeclaredServices: async () => ({
        ...one({
          id: 'undeclared:points',
          name: 'points',
          type: null,
          callers: [],
          hiddenCallers: 1,
          callsPerSecond: null,
          firstSeenAt: AS_OF,
          lastSeenAt: AS_OF,
          claimants: ['component:blue/points', 'component:green/points'],
          catalogLines: 'kind: Component',
        }),
        folded: { addresses: 120, placeholders: 1, withheld: 0 },
      }),
    }),
    '/undeclared',
  );
  await userEvent.click(await screen.findByRole('button', { name: /points/ }));
  expect(
    screen.getByText(
      /It could be component:blue\/points and component:green\/points/,
    ),
  ).toBeInTheDocument();
  expect(screen.queryByLabelText('catalog lines')).not.toBeInTheDocument();
  expect(
    screen.getByText(/120.addresses; 1.placeholder such as unknown_service/),
  ).toBeInTheDocument();
});

it('lists references to nothing, each once', async () => {
  await show(
    backendWith({
      getDanglingReferences: async () =>
        one({
          targetRef: 'component:default/tax',
          referencedBy: [
            { entityRef: 'component:default/checkout', relation: 'dependsOn' },
          ],
          hiddenReferences: 2,
        }),
    }),
    '/dangling-references',
  );
  const row = within(
    await screen.findByRole('row', { name: /component:default\/tax/ }),
  );
  expect(row.getByText('dependsOn')).toBeInTheDocument();
  expect(row.getByText('2 entities that you may not see')).toBeInTheDocument();
});

it('says how a list could not be loaded', async () => {
  const failure = await refusal(503, 'The database does not answer');
  await show(
    backendWith({
      getAliasCandidates: async () => {
        throw failure;
      },
    }),
    '/aliases',
  );
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The database does not answer',
  );
});
