import { dependencies } from '../__testUtils__/dependencies';
import { nearest, narrow } from './narrow';

const names = (nodes: { name: string }[]) => nodes.map(({ name }) => name);

describe('narrowing', () => {
  it('keeps everything, the nearest first', () => {
    const graph = narrow(dependencies, 'any');
    expect(names(graph.nodes)[0]).toBe('checkout');
    expect(graph.nodes).toHaveLength(6);
    expect(graph.edges).toHaveLength(6);
  });

  it.each([
    ['declared', ['checkout', 'web', 'payments', 'cart', 'orders']],
    ['observed', ['checkout', 'web', 'payments', 'cart', 'fraud-check']],
    ['both', ['checkout', 'web', 'payments', 'cart']],
  ] as const)('keeps what is %s and what that leads to', (claim, kept) => {
    expect(names(narrow(dependencies, claim).nodes).sort()).toEqual(
      [...kept].sort(),
    );
  });

  it('drops what only a call that was left out leads to', () => {
    const [first, ...rest] = dependencies.edges;
    const beyond = {
      ...first,
      source: 'far',
      target: 'undeclared:fraud-check',
    };
    const graph = narrow(
      {
        ...dependencies,
        nodes: [
          ...dependencies.nodes,
          { ...dependencies.nodes[1], id: 'far', name: 'far' },
        ],
        edges: [first, ...rest, beyond],
      },
      'declared',
    );
    expect(names(graph.nodes)).not.toContain('far');
  });
});

it('keeps the nearest where there are too many to draw', () => {
  const graph = nearest(narrow(dependencies, 'any'), 2);
  expect(names(graph.nodes)).toEqual(['checkout', 'web']);
  expect(graph.edges).toHaveLength(1);
});
