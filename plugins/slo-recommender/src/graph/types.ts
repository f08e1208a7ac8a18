import type { ReactElement } from 'react';
import type { Tone } from '../ui';

/** A sign with its meaning in words. */
export interface Mark {
  icon: ReactElement;
  words: string;
  tone: Tone;
}

/** A service as the canvas draws it. */
export interface CanvasNode {
  id: string;
  title: string;
  subtitle: string;
  /** All that the drawing says, in words; begins with what can be read in it. */
  label: string;
  tone: Tone;
  marks: Mark[];
  /** The service that the graph is about. */
  isRoot: boolean;
  inCycle: boolean;
  /** Not in the catalog. */
  undeclared: boolean;
}

/** A call as the canvas draws it. */
export interface CanvasEdge {
  id: string;
  source: string;
  target: string;
  /** All that the drawing says, in words. */
  label: string;
  /** Width of the line in pixels. */
  width: number;
  /** SVG dash pattern; solid where absent. */
  dash?: string;
  tone: Tone;
  inCycle: boolean;
  faded: boolean;
  /** Signs on the line. */
  marks: Mark[];
  /** End near which the signs go: where fewer lines meet. */
  marksAt: 'caller' | 'callee';
  /** Words after the signs. */
  caption: string | null;
}

/** What the reader has picked. */
export type Selection =
  { kind: 'node'; id: string } | { kind: 'edge'; id: string };

export interface Place {
  x: number;
  y: number;
}

/** Where a line begins, at the caller, and ends, at the callee. */
export interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

/** Edges of a graph by the ids of their ends. */
export type Links = readonly { source: string; target: string }[];

export const NODE_WIDTH = 196;
export const NODE_HEIGHT = 56;
