import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  activeAnalysis,
  backendWith,
  checkoutEntity,
  dependencies,
  dependencyEdge,
  dependencyNode,
  divergence,
  mockCanvas,
  refusal,
  renderInPortal,
  renderOnEntity,
  spaced,
  status,
} from '../__testUtils__';
import { unbroken } from '../words';
import { DependenciesTab } from './DependenciesTab';
import { narrow, nearest } from './narrow';
import { ShownFacts } from './DependencySentence';
import { TooManyServices } from './DependencyMap';

beforeAll(mockCanvas);

function Address() {
  return <output>{useLocation().search}</output>;
}

const show = (backend = backendWith(), path = '/', entity = checkoutEntity()) =>
  renderOnEntity(
    <>
      <DependenciesTab />
      <Address />
    </>,
    backend,
    entity,
    path,
  );

const address = () =>
  decodeURIComponent(document.querySelector('output')?.textContent ?? '');
const text = (element: Element | null) =>
  element?.textContent?.replace(/\s+/g, ' ') ?? '';

/** Checkout with more services than can be drawn. */
function crowd(size: number) {
  const [root] = dependencies.nodes;
  const others = Array.from({ length: size - 1 }, (_, index) =>
    dependencyNode(`service-${index}`, { downstreamDistance: 1 }),
  );
  return {
    ...dependencies,
    nodes: [root, ...others],
    edges: others.map(({ id }) => dependencyEdge(root.id, id)),
  };
}

describe('the Dependencies tab', () => {
  it('says first what it calls, what calls it and where catalog and telemetry disagree', async () => {
    await show();
    await waitFor(() =>
      expect(text(screen.getByText(/^checkout calls/))).toBe(
        'checkout calls 4 services and is called by 1 service. It calls itself through others, in a cycle. ' +
          'Catalog and telemetry disagree on 3 calls: 1 observed and not declared, 1 declared and not observed and 1 that you may not see.',
      ),
    );
  });

  it('counts what is left out, without naming it', async () => {
    await show();
    const shown = within(
      await screen.findByRole('list', { name: 'What is shown' }),
    );
    for (const words of [
      '6 services and 6 calls shown',
      '2 services and 3 calls that you may not see',
      '1 call not seen for long, left out',
    ]) {
      expect(shown.getByText(words)).toBeInTheDocument();
    }
  });

  it('draws services and calls with all that can be seen in words', async () => {
    await show(backendWith(), '/?view=graph');
    const graph = await screen.findByRole('group', {
      name: 'Dependencies of checkout',
    });
    for (const name of [
      unbroken(
        'checkout, ordering, this service, in a cycle, budget 60 % left',
      ),
      'cart, ordering, in a cycle, SLI broken',
      'fraud-check, not in the catalog',
    ]) {
      expect(within(graph).getByRole('button', { name })).toBeInTheDocument();
    }
    await waitFor(() =>
      expect(
        [...graph.querySelectorAll('title')].map(({ textContent }) =>
          spaced(textContent),
        ),
      ).toEqual(
        expect.arrayContaining([
          'checkout calls payments: 12 calls/s, 3 % failing, declared and observed, synchronous call, hard',
          'checkout calls orders: traffic unknown, declared, not observed, asynchronous, through a queue or topic, soft',
        ]),
      ),
    );
  });

  it('opens a service with Enter, lists its calls with their sources, and closes it with Escape', async () => {
    await show(backendWith(), '/?view=graph');
    const node = await screen.findByRole('button', { name: /^payments/ });
    node.focus();
    await userEvent.keyboard('{Enter}');
    expect(address()).toContain('node=component:default/payments');
    const panel = await screen.findByRole('region', { name: 'About payments' });
    expect(panel).toHaveFocus();
    expect(within(panel).getByText('payments-api:8080')).toBeInTheDocument();
    expect(
      within(panel).getByText(
        'by evidence: The names differ only in the port.',
      ),
    ).toBeInTheDocument();
    expect(within(panel).getByRole('link', { name: 'SLO' })).toHaveAttribute(
      'href',
      '/catalog/default/component/payments/slo',
    );
    await userEvent.click(
      within(panel).getByRole('button', { name: /called by checkout/ }),
    );
    expect(
      within(panel).getByText('telemetry of datasource ‘eu’'),
    ).toBeInTheDocument();
    expect(
      within(panel).getByText('43,200 calls counted, 17 of them failed'),
    ).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(panel).not.toBeInTheDocument();
    expect(node).toHaveFocus();
    expect(address()).not.toContain('node=');
  });

  it('keeps the focus by the graph where a clicked call is closed with Escape', async () => {
    await show(backendWith(), '/?view=graph');
    const line = await screen.findByText(/^checkout calls payments: /, {
      selector: 'title',
    });
    await userEvent.click(line);
    const panel = await screen.findByRole('region', {
      name: 'checkout calls payments',
    });
    expect(panel).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(panel).not.toBeInTheDocument();
    expect(document.body).not.toHaveFocus();
  });

  it('goes from service to service with the arrow keys', async () => {
    await show(backendWith(), '/?view=graph');
    const root = await screen.findByRole('button', {
      name: /^checkout, ordering, this/,
    });
    root.focus();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /^web/ })).toHaveFocus(),
    );
  });

  it('shows the call that an address names', async () => {
    await show(
      backendWith(),
      '/?view=table&edge=component:default/checkout~component:default/payments',
    );
    const panel = await screen.findByRole('region', {
      name: 'checkout calls payments',
    });
    for (const words of [
      '3 % of the calls fail',
      'half below 100 ms',
      '99 % above 12.8 s',
      'measured by the callee',
      'hard: the caller fails where the callee does',
      '97 % that it exists',
    ]) {
      expect(within(panel).getByText(words)).toBeInTheDocument();
    }
    expect(panel).not.toHaveFocus();
  });

  it('has the same content as a table', async () => {
    await show(backendWith(), '/?view=table');
    const calls = await screen.findByRole('grid', { name: 'Calls' });
    const services = screen.getByRole('grid', { name: 'Services' });
    expect(
      text(within(calls).getByRole('row', { name: /checkout → payments/ })),
    ).toMatch(
      /12 calls\/s.*1\.2 per request.*3 %.*200 ms to 400 ms.*declared and observed.*sync, hard/,
    );
    expect(
      text(within(services).getByRole('row', { name: /fraud-check/ })),
    ).toMatch(/not in the catalog/);
  });

  it('asks the backend for what the address says, and narrows to what one source says', async () => {
    const backend = backendWith();
    await show(
      backend,
      '/?view=table&direction=downstream&depth=all&includeStale=true&claim=declared',
    );
    expect(
      await screen.findByText('1 call left out by the filter'),
    ).toBeInTheDocument();
    expect(backend.getDependencies).toHaveBeenCalledWith(
      'component:default/checkout',
      { direction: 'downstream', depth: 100, includeStale: true, limit: 2_000 },
    );
  });

  it('keeps the view in the address, and forgets it on reset', async () => {
    await show(backendWith(), '/?view=graph&theme=kept');
    await userEvent.click(await screen.findByRole('radio', { name: 'Table' }));
    expect(address()).toBe('?view=table&theme=kept');
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect(address()).toBe('?theme=kept');
  });

  it('finds a service by any of its names, from anywhere by /', async () => {
    await show(backendWith(), '/?view=table');
    await screen.findByText('Find a service');
    await userEvent.keyboard('/');
    await userEvent.keyboard('8080');
    await userEvent.click(
      await screen.findByRole('option', { name: 'payments' }),
    );
    expect(
      await screen.findByRole('region', { name: 'About payments' }),
    ).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(
      screen.queryByRole('region', { name: 'About payments' }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('searchbox')).toHaveFocus();
  });

  it('offers to look among all calls for a service that is not shown', async () => {
    const backend = backendWith();
    await show(backend, '/?view=table');
    await screen.findByText('Find a service');
    await userEvent.type(screen.getByRole('searchbox'), 'ledger');
    await userEvent.click(
      await screen.findByRole('option', { name: /Show all calls/ }),
    );
    expect(backend.getDependencies).toHaveBeenLastCalledWith(
      'component:default/checkout',
      { direction: 'both', depth: 100, includeStale: true, limit: 2_000 },
    );
  });

  it('says that what an address names is not shown, and shows all calls', async () => {
    await show(backendWith(), '/?view=table&node=component:default/ledger');
    expect(
      await screen.findByText(
        'The service component:default/ledger is not shown',
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all calls' }),
    );
    expect(address()).toContain('depth=all');
    expect(
      await screen.findByText('It is not known here, or you may not see it.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(address()).not.toContain('node=');
  });

  it('goes through very many services in pages', async () => {
    await show(
      backendWith({ getDependencies: async () => crowd(700) }),
      '/?view=table',
    );
    expect(
      await screen.findByText('1 – 25 of 700 services'),
    ).toBeInTheDocument();
  });
});

it('counts what is drawn, what only the table has, and what neither has', async () => {
  const response = { ...crowd(700), omittedNodes: 90 };
  const graph = narrow(response, 'any');
  await renderInPortal(
    <ShownFacts
      root={response.nodes[0]}
      response={response}
      graph={graph}
      shown={nearest(graph, 500)}
    />,
    backendWith(),
  );
  for (const words of [
    '500 services and 499 calls shown',
    '200 services and 200 calls in the table only',
    '90 services farther away, in neither graph nor table',
  ]) {
    expect(screen.getByText(words)).toBeInTheDocument();
  }
  expect(screen.queryByText(/by the filter/)).not.toBeInTheDocument();
});

it('says that there are too many services to draw, and offers the table', async () => {
  const onTable = jest.fn();
  await renderInPortal(
    <TooManyServices
      drawn={500}
      listed={2_000}
      omitted={1_400}
      onTable={onTable}
    />,
    backendWith(),
  );
  expect(screen.getByRole('status')).toHaveTextContent(
    /nearest 500\s*The table has the nearest 2,000\. Neither has 1,400 services farther away\./,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Show the table' }));
  expect(onTable).toHaveBeenCalledTimes(1);
});

describe('below the graph', () => {
  it('compares catalog and telemetry, with the lines to paste', async () => {
    await show();
    expect(
      await screen.findByText('3 calls on which both agree'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Telemetry sees calls that the catalog does not know.'),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('catalog lines')).toHaveTextContent(
      'component:default/fraud-check',
    );
  });

  it('lists the first of many calls, with the same advice once', async () => {
    const [first] = divergence.undeclared;
    const undeclared = Array.from({ length: 12 }, (_, index) => ({
      ...first,
      target: `undeclared:u${index}`,
      name: `u${index}`,
    }));
    await show(
      backendWith({
        getDivergence: async () => ({ ...divergence, undeclared }),
      }),
    );
    expect(await screen.findByText('u4')).toBeInTheDocument();
    expect(screen.queryByText('u5')).not.toBeInTheDocument();
    expect(screen.getByText(first.advice)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all 12' }));
    expect(screen.getByText('u11')).toBeInTheDocument();
  });

  it('says that nothing can be compared where no source sees the calls', async () => {
    await show(
      backendWith({
        getDivergence: async () => ({
          ...divergence,
          undeclared: [],
          unseen: [],
          unobserved: true,
          catalogLines: null,
        }),
      }),
    );
    expect(
      await screen.findByText(/^No source sees the calls of this service/),
    ).toBeInTheDocument();
  });

  it('offers names that may be this service', async () => {
    await show(
      backendWith({
        getAliasCandidates: async () => ({
          items: [
            {
              ids: ['component:default/checkout', 'undeclared:Checkout'],
              names: ['checkout', 'Checkout'],
              entityRef: 'component:default/checkout',
              evidence: [
                { code: 'case', message: 'The names differ only in case.' },
              ],
              annotation: {
                name: 'slo-recommender.io/telemetry-name',
                value: 'checkout, Checkout',
              },
            },
          ],
          nextCursor: null,
          totalItems: 1,
        }),
      }),
    );
    expect(
      await screen.findByText('The names differ only in case.'),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('annotation')).toHaveTextContent(
      'slo-recommender.io/telemetry-name: "checkout, Checkout"',
    );
  });
});

describe('without dependencies to show', () => {
  it('says how calls become known', async () => {
    await show(
      backendWith({
        getDependencies: async () => ({
          ...dependencies,
          nodes: [{ ...dependencies.nodes[0], fanIn: 0, fanOut: 0 }],
          edges: [],
          hiddenNodes: 0,
          hiddenEdges: 0,
          staleEdges: 0,
        }),
      }),
    );
    expect(
      await screen.findByText(
        'Nothing is known to call checkout, nor that it calls anything',
      ),
    ).toBeInTheDocument();
  });

  it('says how a request failed and tries again', async () => {
    const backend = backendWith();
    backend.getDependencies.mockRejectedValueOnce(
      await refusal(503, 'The database does not answer'),
    );
    await show(backend, '/?view=table');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database does not answer',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^checkout calls/)).toBeInTheDocument();
  });

  it('says how far the first reading of the history is', async () => {
    const notFound = await refusal(404, 'unknown');
    await show(
      backendWith({
        getDependencies: async () => {
          throw notFound;
        },
        getStatus: async () => ({
          ...status,
          currentAnalysis: null,
          activeAnalysis: {
            ...activeAnalysis,
            backfill: {
              services: 5_000,
              servicesDone: 1_400,
              serviceHours: 3_360_000,
              serviceHoursDone: 1_012_000,
              secondsLeft: 41,
            },
          },
        }),
      }),
    );
    for (const words of [
      '1,400 of 5,000 services done',
      '1.01M of 3.36M service hours fetched',
      'about 41 s left',
    ]) {
      expect(await screen.findByText(words)).toBeInTheDocument();
    }
  });

  it('says how to opt in where the backend knows nothing of the entity', async () => {
    const notFound = await refusal(404, 'unknown');
    await show(
      backendWith({
        getDependencies: async () => {
          throw notFound;
        },
      }),
      '/',
      checkoutEntity({}),
    );
    expect(
      await screen.findByText(
        'This entity has not opted in to SLO recommendations',
      ),
    ).toBeInTheDocument();
  });
});
