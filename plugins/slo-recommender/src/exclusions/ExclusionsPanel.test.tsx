import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  Exclusion,
  ServiceEvent,
} from 'backstage-plugin-slo-recommender-common';
import { AS_OF, backendWith, refusal, renderInPortal } from '../__testUtils__';
import { ExclusionsPanel } from './ExclusionsPanel';
import { useTimeline } from './useTimeline';

const ENTITY_REF = 'component:default/checkout';
const CAP = 0.1;

const migration: Exclusion = {
  id: 'migration',
  from: '2026-11-18T10:00:00.000Z',
  to: '2026-11-18T16:00:00.000Z',
  reason: 'Planned migration of the database',
  owner: 'user:default/guest',
  createdAt: AS_OF,
  withdrawn: null,
};

const loadTest: Exclusion = {
  id: 'load-test',
  from: '2026-11-02T22:00:00.000Z',
  to: '2026-11-03T02:00:00.000Z',
  reason: 'Load test',
  owner: 'user:default/guest',
  createdAt: AS_OF,
  withdrawn: { by: 'group:default/ordering', at: AS_OF },
};

const deploy: ServiceEvent = {
  id: 'deploy-1',
  type: 'deploy',
  at: AS_OF,
  title: 'Deploy 1.4.2',
  version: '1.4.2',
  url: 'https://ci.example.com/runs/1',
  toldBy: 'external:ci',
};

const withExclusions =
  (...exclusions: Exclusion[]) =>
  async () => ({ entityRef: ENTITY_REF, exclusions, cap: CAP });

const withEvents =
  (...events: ServiceEvent[]) =>
  async () => ({ entityRef: ENTITY_REF, events });

function Page() {
  return (
    <ExclusionsPanel
      entityRef={ENTITY_REF}
      timeline={useTimeline(ENTITY_REF, true)}
      window="P28D"
    />
  );
}

const show = (backend: ReturnType<typeof backendWith>) =>
  renderInPortal(<Page />, backend);

describe('exclusions', () => {
  it('says what is left out, by whom and why, and what counts again', async () => {
    await show(
      backendWith({ getExclusions: withExclusions(migration, loadTest) }),
    );
    const [first, second] = within(
      await screen.findByRole('list', { name: 'Exclusions' }),
    ).getAllByRole('listitem');
    expect(first).toHaveTextContent('18 Nov 2026, 10:00 to 16:00 UTC');
    expect(first).toHaveTextContent('6 hours');
    expect(first).toHaveTextContent('left out');
    expect(first).toHaveTextContent('Planned migration of the database');
    expect(first).toHaveTextContent('guest, 21 Nov 2026, 18:00 UTC');
    expect(second).toHaveTextContent(
      '2 Nov 2026, 22:00 to 3 Nov 2026, 02:00 UTC',
    );
    expect(second).toHaveTextContent('withdrawn, counts again');
    expect(second).toHaveTextContent(
      /withdrawn by \S*ordering, 21 Nov 2026, 18:00 UTC/,
    );
    expect(within(second).queryByRole('button')).not.toBeInTheDocument();
  });

  it('says how much of the window is left out, and how much may be', async () => {
    const now = Date.now();
    const hoursAgo = (hours: number) =>
      new Date(now - hours * 3_600_000).toISOString();
    await show(
      backendWith({
        getExclusions: withExclusions({
          ...migration,
          from: hoursAgo(48),
          to: hoursAgo(24),
        }),
      }),
    );
    expect(
      await screen.findByText(/of the last 28 days is left out/),
    ).toHaveTextContent(
      '3.6 % of the last 28 days is left out; at most 10 % may be.',
    );
  });

  it('without any, says that every hour counts', async () => {
    await show(backendWith());
    expect(await screen.findByText(/^Every hour counts/)).toBeInTheDocument();
  });

  it('shows the newest few of many, and the rest on demand', async () => {
    await show(
      backendWith({
        getExclusions: withExclusions(
          ...Array.from({ length: 7 }, (_, index) => ({
            ...migration,
            id: `migration-${index}`,
          })),
        ),
      }),
    );
    const list = await screen.findByRole('list', { name: 'Exclusions' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(5);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 2 older exclusions' }),
    );
    expect(within(list).getAllByRole('listitem')).toHaveLength(7);
  });

  it('says what failed and asks again', async () => {
    const backend = backendWith();
    backend.getExclusions.mockRejectedValueOnce(
      await refusal(500, 'The database is away'),
    );
    await show(backend);
    expect(
      await screen.findByText('The exclusions could not be loaded'),
    ).toBeInTheDocument();
    expect(screen.getByText('The database is away')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^Every hour counts/)).toBeInTheDocument();
  });
});

describe('withdrawing an exclusion', () => {
  const ask = async () => {
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Withdraw the exclusion of 18 Nov 2026, 10:00 to 16:00 UTC',
      }),
    );
    return within(await screen.findByRole('dialog'));
  };

  it('happens once it is confirmed', async () => {
    const withdrawExclusion = jest.fn(async () => migration);
    await show(
      backendWith({
        getExclusions: withExclusions(migration),
        withdrawExclusion,
      }),
    );
    const dialog = await ask();
    expect(withdrawExclusion).not.toHaveBeenCalled();
    await userEvent.click(dialog.getByRole('button', { name: 'Withdraw' }));
    expect(withdrawExclusion).toHaveBeenCalledWith(ENTITY_REF, 'migration');
    expect(
      await screen.findByText(/The exclusion is withdrawn\./),
    ).toBeInTheDocument();
  });

  it('leaves the focus on what was withdrawn', async () => {
    const withdrawn = {
      ...migration,
      withdrawn: { by: 'user:default/guest', at: AS_OF },
    };
    const backend = backendWith({
      getExclusions: withExclusions(withdrawn),
      withdrawExclusion: async () => withdrawn,
    });
    backend.getExclusions.mockImplementationOnce(withExclusions(migration));
    await show(backend);
    const dialog = await ask();
    await userEvent.click(dialog.getByRole('button', { name: 'Withdraw' }));
    expect(
      (await screen.findByText('withdrawn, counts again')).closest('li'),
    ).toHaveFocus();
  });

  it('does not happen where it is not', async () => {
    const backend = backendWith({
      getExclusions: withExclusions(migration),
    });
    await show(backend);
    const dialog = await ask();
    await userEvent.click(dialog.getByRole('button', { name: 'Keep it' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(backend.withdrawExclusion).not.toHaveBeenCalled();
  });

  it('says why it failed', async () => {
    const backend = backendWith({
      getExclusions: withExclusions(migration),
    });
    backend.withdrawExclusion.mockRejectedValueOnce(
      await refusal(403, 'You may not'),
    );
    await show(backend);
    const dialog = await ask();
    await userEvent.click(dialog.getByRole('button', { name: 'Withdraw' }));
    expect(await dialog.findByText('You may not')).toBeInTheDocument();
  });
});

describe('events', () => {
  it('are listed with who told them, and link to where they happened', async () => {
    await show(backendWith({ getEvents: withEvents(deploy) }));
    const item = within(
      await screen.findByRole('list', { name: 'Events' }),
    ).getByRole('listitem');
    expect(item).toHaveTextContent(/^Deploy 1\.4\.2 21 Nov 2026, 18:00 UTC/);
    expect(item).toHaveTextContent('told by ci');
    const link = within(item).getByRole('link', { name: /Deploy 1.4.2/ });
    expect(link).toHaveAttribute('href', 'https://ci.example.com/runs/1');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('have no link to what is not an address of the web', async () => {
    await show(
      backendWith({
        getEvents: withEvents({
          ...deploy,
          // eslint-disable-next-line no-script-url
          url: 'javascript:alert(1)',
        }),
      }),
    );
    expect(await screen.findByText('Deploy 1.4.2')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('where there are none, CI can tell them with a command', async () => {
    await show(backendWith());
    expect(await screen.findByText(/^None is known\./)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Tell of deploys from CI' }),
    );
    expect(await screen.findByLabelText('command')).toHaveTextContent(
      "/api/slo-recommender/v1/services/component/default/checkout/events'",
    );
  });

  it('that could not be loaded say so', async () => {
    const backend = backendWith();
    backend.getEvents.mockRejectedValueOnce(
      await refusal(500, 'The database is away'),
    );
    await show(backend);
    expect(
      await screen.findByText('The events could not be loaded'),
    ).toBeInTheDocument();
  });
});
