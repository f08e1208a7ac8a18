import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  activeAnalysis,
  backendWith,
  checkout,
  refusal,
  renderInPortal,
  runningAnalysis,
  status,
  verdictCounts,
} from '../__testUtils__';
import { unbroken } from '../words';
import { Fleet } from './Fleet';

function Address() {
  return <output>{useLocation().search}</output>;
}

const show = (backend = backendWith(), path = '/') =>
  renderInPortal(
    <>
      <Fleet />
      <Address />
    </>,
    backend,
    path,
  );

const table = () => screen.findByRole('grid');
const address = () =>
  decodeURIComponent(document.querySelector('output')?.textContent ?? '');

describe('the fleet page', () => {
  it('shows each service with its promise, recommendation, budget and state, and leads to its SLO tab', async () => {
    await show();
    const link = await screen.findByRole('link', { name: 'Checkout' });
    expect(link).toHaveAttribute(
      'href',
      '/catalog/default/component/checkout/slo',
    );
    const row = within(await screen.findByRole('row', { name: /Checkout/ }));
    for (const words of [
      'ordering · high',
      '99.95 %',
      '99.9 %',
      '99.941 %',
      '21.1M',
      '38 % left',
      'promises too much',
    ]) {
      expect(row.getByText(words)).toBeInTheDocument();
    }
    expect(screen.getByText('1 – 1 of 1 service')).toBeInTheDocument();
    expect(screen.getByText('23 services')).toBeInTheDocument();
  });

  it('has the name of its column in each cell, for where a row is a card', async () => {
    await show();
    const row = within(await screen.findByRole('row', { name: /Checkout/ }));
    for (const [words, column] of [
      ['99.95 %', 'Promised'],
      ['99.9 %', 'Recommended'],
      ['99.941 %', 'Achieved, 28 d'],
      ['21.1M', 'Requests, 28 d'],
      ['38 % left', 'Error budget'],
    ]) {
      expect(row.getByText(words).closest('[role=gridcell]')).toHaveAttribute(
        'data-column',
        unbroken(column),
      );
    }
  });

  it('asks the server to sort, and keeps that in the address', async () => {
    const backend = backendWith();
    await show(backend);
    await userEvent.click(within(await table()).getByText('Achieved, 28 d'));
    await waitFor(() =>
      expect(backend.getServices).toHaveBeenCalledWith(
        expect.objectContaining({ orderBy: 'achieved,asc' }),
      ),
    );
    expect(address()).toBe('?orderBy=achieved,asc');
  });

  it('asks the server for what the address filters by', async () => {
    const backend = backendWith();
    await show(
      backend,
      '/?text=check&verdict=ok&owner=group:default/ordering&criticality=high&orderBy=requests,desc&cursor=abc',
    );
    await waitFor(() =>
      expect(backend.getServices).toHaveBeenCalledWith({
        limit: 25,
        cursor: 'abc',
        orderBy: 'requests,desc',
        text: 'check',
        verdict: ['ok'],
        owner: ['group:default/ordering'],
        criticality: ['high'],
      }),
    );
  });

  it('leaves out what it does not understand in the address', async () => {
    const backend = backendWith();
    await show(backend, '/?verdict=splendid&orderBy=colour&criticality=9');
    await waitFor(() =>
      expect(backend.getServices).toHaveBeenCalledWith({
        limit: 25,
        orderBy: 'title,asc',
      }),
    );
  });

  it('narrows by text after a pause in typing', async () => {
    const backend = backendWith();
    await show(backend);
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Service' }),
      'cart',
    );
    await waitFor(() => expect(address()).toBe('?text=cart'));
    expect(screen.getByRole('searchbox', { name: 'Service' })).toHaveFocus();
    expect(backend.getServices).not.toHaveBeenCalledWith(
      expect.objectContaining({ text: 'ca' }),
    );
  });

  it('goes to the next page and back', async () => {
    const backend = backendWith({
      getServices: async query =>
        query?.cursor
          ? {
              items: [{ ...checkout, title: 'Shipping' }],
              nextCursor: null,
              totalItems: 26,
              counts: verdictCounts,
            }
          : {
              items: [checkout],
              nextCursor: 'second',
              totalItems: 26,
              counts: verdictCounts,
            },
    });
    await show(backend);
    await userEvent.click(await screen.findByRole('button', { name: /next/i }));
    expect(
      await screen.findByRole('link', { name: 'Shipping' }),
    ).toBeInTheDocument();
    expect(address()).toBe('?cursor=second');
    expect(screen.getByText('26 – 26 of 26 services')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /previous/i }));
    expect(
      await screen.findByRole('link', { name: 'Checkout' }),
    ).toBeInTheDocument();
    expect(address()).toBe('');
  });

  it('counts services by verdict and narrows to one', async () => {
    const backend = backendWith();
    await show(backend);
    const tile = await screen.findByRole('button', { name: /SLI broken/ });
    expect(tile).toHaveTextContent('3');
    expect(
      backend.getServices.mock.calls.filter(([query]) => query?.limit === 1),
    ).toEqual([[{ limit: 1 }]]);
    await userEvent.click(tile);
    expect(address()).toBe('?verdict=invalid');
    expect(screen.getByRole('button', { pressed: true })).toHaveTextContent(
      'SLI broken',
    );
  });

  it('starts an analysis', async () => {
    const backend = backendWith();
    await show(backend);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Analyse now' }),
    );
    expect(backend.analyze).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      'nothing newer',
      { status: 'completed' as const },
      'Analysed, as of 21 Nov 2026, 18:00 UTC: nothing newer.',
    ],
    [
      'a failure',
      { status: 'failed' as const, error: 'connection refused' },
      'The analysis failed: connection refused',
    ],
  ])('says that an analysis ended with %s', async (_, changes, words) => {
    await show(
      backendWith({
        getAnalysis: async () => ({ ...runningAnalysis, ...changes }),
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Analyse now' }),
    );
    expect(await screen.findByText(words)).toHaveAttribute('role', 'status');
  });

  it('warns of numbers of long ago', async () => {
    await show(
      backendWith({
        getStatus: async () => ({
          ...status,
          currentAnalysis: {
            id: 'first',
            asOf: '2023-08-23T09:00:00.000Z',
            finishedAt: '2026-11-21T18:00:00.000Z',
          },
        }),
      }),
    );
    expect(
      await screen.findByText(
        /^as of 23 Aug 2023, 09:00 UTC, [\d,]+ days ago: not the present$/,
      ),
    ).toBeInTheDocument();
  });

  it('says why an analysis could not be started', async () => {
    const failure = await refusal(403, 'You may not start an analysis');
    await show(
      backendWith({
        analyze: async () => {
          throw failure;
        },
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Analyse now' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not start an analysis',
    );
  });

  it('shows an analysis at work', async () => {
    await show(
      backendWith({
        getStatus: async () => ({ ...status, activeAnalysis }),
      }),
    );
    expect(
      await screen.findByText('Analysis at work: reading telemetry, 42 %'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Analysing…' })).toBeDisabled();
  });

  it('says what of the configuration cannot be used', async () => {
    await show(
      backendWith({
        getStatus: async () => ({
          ...status,
          configurationIssues: ['sloRecommender.objectiveWindow is 1.5 days.'],
        }),
      }),
    );
    expect(
      await screen.findByText('sloRecommender.objectiveWindow is 1.5 days.'),
    ).toBeInTheDocument();
  });

  it('says how to opt in where nobody has', async () => {
    await show(
      backendWith({
        getServices: async () => ({
          items: [],
          nextCursor: null,
          totalItems: 0,
          counts: verdictCounts,
        }),
      }),
    );
    expect(
      await screen.findByText('No service has opted in yet'),
    ).toBeInTheDocument();
    expect(screen.getByText(/slo-recommender.io\/enabled/)).toBeInTheDocument();
  });

  it('says that no service matches, and clears the filters', async () => {
    await show(
      backendWith({
        getServices: async query =>
          query?.text
            ? {
                items: [],
                nextCursor: null,
                totalItems: 0,
                counts: verdictCounts,
              }
            : {
                items: [checkout],
                nextCursor: null,
                totalItems: 1,
                counts: verdictCounts,
              },
      }),
      '/?text=zzz',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Checkout' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('searchbox', { name: 'Service' })).toHaveValue('');
  });

  it('says how a request failed and tries again', async () => {
    const backend = backendWith();
    backend.getServices.mockRejectedValueOnce(
      await refusal(503, 'The database does not answer'),
    );
    await show(backend);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database does not answer',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Checkout' }),
    ).toBeInTheDocument();
  });
});
