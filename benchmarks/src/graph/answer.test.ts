import { requireSameAnswer, type Answer } from './answer';

const ours: Answer = {
  nodes: Int32Array.of(7, 3, 10),
  distances: Int32Array.of(0, 1, 2),
  edges: Int32Array.of(4, 11),
};

describe('requireSameAnswer', () => {
  it.each<{ what: string; theirs: Answer }>([
    {
      what: 'another order',
      theirs: {
        nodes: Int32Array.of(10, 3, 7),
        distances: Int32Array.of(2, 1, 0),
        edges: Int32Array.of(11, 4),
      },
    },
    {
      what: 'no distances',
      theirs: { nodes: ours.nodes, edges: ours.edges },
    },
  ])('does not mind $what', ({ theirs }) => {
    expect(() => requireSameAnswer('query', ours, theirs)).not.toThrow();
  });

  it.each<{ what: string; theirs: Answer }>([
    {
      what: 'a node is missing',
      theirs: { nodes: Int32Array.of(7, 3), edges: ours.edges },
    },
    {
      what: 'an edge is another',
      theirs: { nodes: ours.nodes, edges: Int32Array.of(4, 12) },
    },
    {
      what: 'an edge comes twice',
      theirs: { nodes: ours.nodes, edges: Int32Array.of(4, 11, 11) },
    },
    {
      what: 'a distance differs',
      theirs: { ...ours, distances: Int32Array.of(0, 1, 1) },
    },
  ])('fails where $what', ({ theirs }) => {
    expect(() => requireSameAnswer('query', ours, theirs)).toThrow(
      'query: the answers differ',
    );
  });
});
