import { lazy } from 'react';

/** Fetches what draws the graph, which can be done before there is one. */
export const loadGraphCanvas = () => import('./GraphCanvas');
export const GraphCanvas = lazy(loadGraphCanvas);
export { callsDownstream, callsUpstream } from './ranks';
export type { CanvasEdge, CanvasNode, Mark, Selection } from './types';
