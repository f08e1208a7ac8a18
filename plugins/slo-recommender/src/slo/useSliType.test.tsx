import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { latencyRecommendation, recommendation } from '../__testUtils__';
import { useSliType } from './useSliType';

const production = {
  ...latencyRecommendation,
  slo: 'checkout-speed',
  environment: 'production',
};

function start(
  address: string,
  slos = [recommendation, latencyRecommendation],
) {
  return renderHook(
    () => ({
      sli: useSliType(slos),
      search: useLocation().search,
    }),
    {
      wrapper: ({ children }: PropsWithChildren) => (
        <MemoryRouter initialEntries={[address]}>{children}</MemoryRouter>
      ),
    },
  ).result;
}

describe('the SLO in the address', () => {
  it.each([
    ['/', 'availability'],
    ['/?slo=availability', 'availability'],
    ['/?slo=latency-300ms', 'latency'],
    ['/?slo=latency-300ms&environment=all', 'latency'],
    ['/?slo=latency-500ms', 'latency'],
    ['/?slo=unknown', 'availability'],
    ['/?sli=latency', 'latency'],
    ['/?sli=unknown', 'availability'],
    ['/?slo=checkout-speed', 'availability'],
    ['/?slo=checkout-speed&environment=production', 'latency'],
  ])('%s opens %s', (address, expected) => {
    const slos = [recommendation, latencyRecommendation, production];
    expect(start(address, slos).current.sli[0]).toBe(expected);
  });

  it('is that of the tab that is picked', () => {
    const view = start('/?from=fleet&sli=latency');
    act(() => view.current.sli[1]('availability'));
    expect(view.current.search).toBe('?from=fleet');
    act(() => view.current.sli[1]('latency'));
    expect(view.current.search).toBe('?from=fleet&slo=latency-300ms');
  });

  it('has its environment, unless it is of all of them', () => {
    const view = start('/', [production]);
    act(() => view.current.sli[1]('latency'));
    expect(view.current.search).toBe(
      '?slo=checkout-speed&environment=production',
    );
  });

  it('is the SLI alone if nothing is recommended', () => {
    const view = start('/', []);
    act(() => view.current.sli[1]('latency'));
    expect(view.current.search).toBe('?sli=latency');
    expect(view.current.sli[0]).toBe('latency');
  });
});
