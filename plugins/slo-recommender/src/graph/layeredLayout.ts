import { ranks } from './ranks';
import { type Links, NODE_HEIGHT, NODE_WIDTH, type Place } from './types';

const SWEEPS = 4;
const ROW = NODE_HEIGHT + 24;
const COLUMN = NODE_WIDTH + 40;
const LAYER_GAP = 130;
const SHORTEST_COLUMN = 8;

/** Rows of the highest column: what makes the whole about as wide as it is high. */
function rowsOf(nodes: number): number {
  return Math.max(
    SHORTEST_COLUMN,
    Math.ceil(Math.sqrt((nodes * (COLUMN + LAYER_GAP / 2)) / ROW)),
  );
}

function layers(ids: readonly string[], root: string, links: Links) {
  const columns = ranks(root, links);
  const byRank = new Map<number, string[]>();
  for (const id of ids) {
    const rank = columns.get(id) ?? 0;
    const layer = byRank.get(rank);
    if (layer) layer.push(id);
    else byRank.set(rank, [id]);
  }
  return [...byRank].sort(([a], [b]) => a - b).map(([, layer]) => layer);
}

/** Puts each node of a layer near the middle of its neighbours, so that fewer lines cross. */
function arrange(byRank: string[][], links: Links): void {
  const neighbours = new Map<string, string[]>();
  const join = (id: string, other: string) => {
    const known = neighbours.get(id);
    if (known) known.push(other);
    else neighbours.set(id, [other]);
  };
  for (const { source, target } of links) {
    join(source, target);
    join(target, source);
  }
  const heights = new Map<string, number>();
  const settle = (layer: string[]) =>
    layer.forEach((id, index) => heights.set(id, (index + 0.5) / layer.length));
  byRank.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const layer of sweep % 2 === 0 ? byRank : [...byRank].reverse()) {
      const middles = new Map(
        layer.map(id => {
          const others = neighbours.get(id) ?? [id];
          const sum = others.reduce(
            (total, other) => total + (heights.get(other) ?? 0.5),
            0,
          );
          return [id, sum / others.length];
        }),
      );
      layer.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
      settle(layer);
    }
  }
}

/**
 * Columns by distance from the root, callers left and callees right. A layer too high for the whole is broken into several
 * columns. Takes time in proportion to nodes and edges, sorting aside.
 */
export function layeredLayout(
  ids: readonly string[],
  root: string,
  links: Links,
): Map<string, Place> {
  const byRank = layers(ids, root, links);
  arrange(byRank, links);
  const rows = rowsOf(ids.length);
  const places = new Map<string, Place>();
  let left = 0;
  for (const layer of byRank) {
    const columns = Math.ceil(layer.length / rows);
    const height = Math.ceil(layer.length / columns);
    for (const [index, id] of layer.entries()) {
      const column = Math.floor(index / height);
      const inColumn = Math.min(height, layer.length - column * height);
      places.set(id, {
        x: left + column * COLUMN,
        y: ((index % height) - (inColumn - 1) / 2) * ROW,
      });
    }
    left += (columns - 1) * COLUMN + NODE_WIDTH + LAYER_GAP;
  }
  return places;
}
