import type { FlowBlock } from "../flow/flow.ts";

/** Something that stands on a slide, with its place in the slide's own units. */
export interface Shape {
  readonly blocks: readonly FlowBlock[];
  /** Null where neither the slide nor its layout says; such shapes keep their order behind the one before. */
  readonly box: ShapeBox | null;
  readonly role: "title" | "footer" | "content";
}

export interface ShapeBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A slide as its format tells it. */
export interface Slide {
  readonly title: string | null;
  readonly hidden: boolean;
  readonly shapes: readonly Shape[];
  readonly notes: readonly string[];
  readonly pictures: number;
  /** Charts and diagrams that say nothing that is read. */
  readonly unread: number;
}

/** Shapes may reach a little over one another and still stand in a row or column of their own. */
const OVERLAP = 0.1;
const MAX_CUTS = 16;

/**
 * The order in which shapes are read: the title first, then from top to bottom where nothing reaches over the cut,
 * else from left to right, and so on within the parts (a recursive X-Y cut; Nagy and Seth, 1984).
 */
export function readingOrder(shapes: readonly Shape[]): Shape[] {
  const titles = shapes.filter(({ role }) => role === "title");
  const rest = shapes.filter(({ role }) => role === "content");
  const footers = shapes.filter(({ role }) => role === "footer");
  return [...titles, ...orderPlaced(rest), ...footers];
}

interface Placed {
  readonly box: ShapeBox;
  readonly shapes: Shape[];
}

function orderPlaced(shapes: readonly Shape[]): Shape[] {
  const placed: Placed[] = [];
  const first: Shape[] = [];
  for (const shape of shapes) {
    if (shape.box) placed.push({ box: shape.box, shapes: [shape] });
    else (placed.at(-1)?.shapes ?? first).push(shape);
  }
  return [...first, ...cut(placed, 0).flatMap((one) => one.shapes)];
}

function cut(placed: readonly Placed[], cuts: number): Placed[] {
  if (placed.length < 2 || cuts > MAX_CUTS) return byPlace(placed);
  const rows = split(placed, "y0", "y1");
  if (rows.length > 1) return rows.flatMap((row) => cut(row, cuts + 1));
  const columns = split(placed, "x0", "x1");
  if (columns.length > 1) return columns.flatMap((column) => cut(column, cuts + 1));
  return byPlace(placed);
}

function split(placed: readonly Placed[], from: "x0" | "y0", to: "x1" | "y1"): Placed[][] {
  const groups: Placed[][] = [];
  let end = -Infinity;
  for (const one of placed.toSorted((a, b) => a.box[from] - b.box[from])) {
    const allowed = (one.box[to] - one.box[from]) * OVERLAP;
    if (one.box[from] >= end - allowed) groups.push([]);
    groups.at(-1)?.push(one);
    end = Math.max(end, one.box[to]);
  }
  return groups;
}

function byPlace(placed: readonly Placed[]): Placed[] {
  return placed.toSorted((a, b) => a.box.y0 - b.box.y0 || a.box.x0 - b.box.x0);
}
