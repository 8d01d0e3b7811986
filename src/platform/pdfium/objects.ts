import type { BBox } from "../../model/geometry.ts";
import type { Ruling } from "../../ports.ts";
import type { PdfiumInstance } from "./instance.ts";
import { createLayerReader, type LayerReader, type LayerState } from "./layer-state.ts";
import { type PageFrame, toUpright } from "./text.ts";

/** What is drawn on a page beside its characters. */
export interface PageObjects {
  readonly rulings: Ruling[];
  /** Share of the page that images cover, 0..1. */
  readonly imageCoverage: number;
  /** Shapes with curves. */
  readonly outlines: number;
  /** Images, shapes and shadings, as far as they were counted. */
  readonly drawings: number;
  /** What words may stand on or be covered by: filled shapes, images, shadings. */
  readonly grounds: readonly Ground[];
  /** Text objects by their handles. */
  readonly texts: ReadonlyMap<number, TextPlace>;
}

/** Something that covers paper, in points of the upright page; `order` is when it is drawn. */
export interface Ground {
  readonly box: BBox;
  readonly order: number;
}

/** When a text is drawn, and what the layers say of it. */
export interface TextPlace {
  readonly order: number;
  readonly layer: LayerState;
}

/** Bounds on what one page may make us look at. */
const MAX_OBJECTS = 20_000;
const MAX_SEGMENTS = 60_000;
const MAX_RULINGS = 2_000;
const MAX_GROUNDS = 4_000;
const MAX_DEPTH = 5;

/** A filled shape no thicker than this, in points, is a line. */
const MAX_THICKNESS = 2.5;
/** Shorter strokes are letters or ornaments, not the border of a cell. */
const MIN_LENGTH = 6;
/** Coverage is counted on a grid of so many cells a side. */
const GRID = 40;

const OBJECT = { text: 1, path: 2, image: 3, shading: 4, form: 5 } as const;
const SEGMENT = { line: 0, bezier: 1, move: 2 } as const;

/** a b c d e f of PDF 32000-1, 8.3.3: x' = ax + cy + e, y' = bx + dy + f. */
type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

type Point = readonly [number, number];

interface Walk {
  readonly pdfium: PdfiumInstance;
  readonly frame: PageFrame;
  readonly rulings: Ruling[];
  readonly covered: Uint8Array;
  objectsLeft: number;
  segmentsLeft: number;
  outlines: number;
  drawings: number;
  order: number;
  readonly grounds: Ground[];
  readonly texts: Map<number, TextPlace>;
  readonly layers: LayerReader;
}

/** Walks a loaded page's objects, those of its form XObjects too. */
export function readObjects(
  pdfium: PdfiumInstance,
  page: number,
  frame: PageFrame,
  hiddenLayers: ReadonlySet<string>,
): PageObjects {
  const walk: Walk = {
    pdfium,
    frame,
    rulings: [],
    covered: new Uint8Array(GRID * GRID),
    objectsLeft: MAX_OBJECTS,
    segmentsLeft: MAX_SEGMENTS,
    outlines: 0,
    drawings: 0,
    order: 0,
    grounds: [],
    texts: new Map(),
    layers: createLayerReader(pdfium, hiddenLayers),
  };
  const { exports } = pdfium;
  const count = exports.FPDFPage_CountObjects(page);
  for (let index = 0; index < count && walk.objectsLeft > 0; index++) {
    visit(walk, exports.FPDFPage_GetObject(page, index), IDENTITY, 0, "shown");
  }
  const cells = walk.covered.reduce((sum, cell) => sum + cell, 0);
  return {
    rulings: walk.rulings,
    imageCoverage: cells / (GRID * GRID),
    outlines: walk.outlines,
    drawings: walk.drawings,
    grounds: walk.grounds,
    texts: walk.texts,
  };
}

function visit(walk: Walk, object: number, outer: Matrix, depth: number, around: LayerState): void {
  walk.objectsLeft--;
  walk.order++;
  const type = walk.pdfium.exports.FPDFPageObj_GetType(object);
  const layer = walk.layers.stateOf(object, around);
  if (layer === "hidden" && type !== OBJECT.text && type !== OBJECT.form) return;
  if (type !== OBJECT.text && type !== OBJECT.form && type !== OBJECT.path) walk.drawings++;
  switch (type) {
    case OBJECT.text:
      walk.texts.set(object, { order: walk.order, layer });
      return;
    case OBJECT.path:
      visitPath(walk, object, outer);
      return;
    case OBJECT.image:
      coverImage(walk, multiply(matrixOf(walk.pdfium, object), outer));
      return;
    case OBJECT.form:
      visitForm(walk, object, outer, depth, walk.layers.insideForm(layer));
      return;
    case OBJECT.shading:
      addGround(walk, [0, 0, walk.frame.size.width, walk.frame.size.height]);
      return;
    default:
  }
}

function visitForm(walk: Walk, form: number, outer: Matrix, depth: number, layer: LayerState): void {
  if (depth >= MAX_DEPTH) return;
  const { exports } = walk.pdfium;
  const inner = multiply(matrixOf(walk.pdfium, form), outer);
  const count = exports.FPDFFormObj_CountObjects(form);
  for (let index = 0; index < count && walk.objectsLeft > 0; index++) {
    visit(walk, exports.FPDFFormObj_GetObject(form, index), inner, depth + 1, layer);
  }
}

function addGround(walk: Walk, box: BBox): void {
  if (walk.grounds.length < MAX_GROUNDS) walk.grounds.push({ box, order: walk.order });
}

function matrixOf(pdfium: PdfiumInstance, object: number): Matrix {
  if (pdfium.exports.FPDFPageObj_GetMatrix(object, pdfium.scratch) === 0) return IDENTITY;
  const view = pdfium.view();
  const at = (index: number) => view.getFloat32(pdfium.scratch + index * 4, true);
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}

function multiply(inner: Matrix, outer: Matrix): Matrix {
  if (outer === IDENTITY) return inner;
  const [a, b, c, d, e, f] = inner;
  const [oa, ob, oc, od, oe, of] = outer;
  return [
    a * oa + b * oc,
    a * ob + b * od,
    c * oa + d * oc,
    c * ob + d * od,
    e * oa + f * oc + oe,
    e * ob + f * od + of,
  ];
}

function apply([a, b, c, d, e, f]: Matrix, x: number, y: number, frame: PageFrame): Point {
  return toUpright(a * x + c * y + e, b * x + d * y + f, frame);
}

function coverImage(walk: Walk, matrix: Matrix): void {
  const { frame, covered } = walk;
  const corners = [
    apply(matrix, 0, 0, frame),
    apply(matrix, 1, 0, frame),
    apply(matrix, 0, 1, frame),
    apply(matrix, 1, 1, frame),
  ];
  addGround(walk, around(corners));
  const xs = corners.map(([x]) => (x / frame.size.width) * GRID);
  const ys = corners.map(([, y]) => (y / frame.size.height) * GRID);
  const clip = (value: number) => Math.min(GRID, Math.max(0, Math.round(value)));
  const x1 = clip(Math.max(...xs));
  for (let y = clip(Math.min(...ys)); y < clip(Math.max(...ys)); y++) {
    covered.fill(1, y * GRID + Math.min(x1, clip(Math.min(...xs))), y * GRID + x1);
  }
}

/** Reads a path's subpaths as points on the upright page; curves end the subpath they belong to. */
function visitPath(walk: Walk, path: number, outer: Matrix): void {
  const { pdfium, frame } = walk;
  const { exports, scratch } = pdfium;
  const count = exports.FPDFPath_CountSegments(path);
  const { filled, stroked } = drawMode(pdfium, path);
  if (count < 2 || (!filled && !stroked)) return;
  walk.drawings++;
  if (count > walk.segmentsLeft || walk.rulings.length >= MAX_RULINGS) return;
  walk.segmentsLeft -= count;
  const matrix = multiply(matrixOf(pdfium, path), outer);
  let points: Point[] = [];
  let curved = false;
  const finish = () => {
    if (filled && points.length > 2) addGround(walk, around(points));
    if (curved) walk.outlines++;
    else traceSubpath(walk, points, filled, stroked);
    points = [];
    curved = false;
  };
  for (let index = 0; index < count; index++) {
    const segment = exports.FPDFPath_GetPathSegment(path, index);
    const type = exports.FPDFPathSegment_GetType(segment);
    if (type === SEGMENT.move) finish();
    if (type === SEGMENT.bezier) curved = true;
    exports.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4);
    const view = pdfium.view();
    points.push(apply(matrix, view.getFloat32(scratch, true), view.getFloat32(scratch + 4, true), frame));
    const [first] = points;
    if (exports.FPDFPathSegment_GetClose(segment) !== 0 && first) points.push(first);
  }
  finish();
}

function around(points: readonly Point[]): BBox {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** How a path is painted; white paint on white paper is no ruling. */
function drawMode(pdfium: PdfiumInstance, path: number): { filled: boolean; stroked: boolean } {
  const { exports, scratch } = pdfium;
  if (exports.FPDFPath_GetDrawMode(path, scratch, scratch + 4) === 0)
    return { filled: false, stroked: false };
  const view = pdfium.view();
  const fill = view.getInt32(scratch, true) !== 0;
  const stroke = view.getInt32(scratch + 4, true) !== 0;
  const paints = (get: "FPDFPageObj_GetFillColor" | "FPDFPageObj_GetStrokeColor") => {
    const known = exports[get](path, scratch, scratch + 4, scratch + 8, scratch + 12) !== 0;
    if (!known) return true;
    const now = pdfium.view();
    const [red, green, blue, alpha] = [0, 4, 8, 12].map((offset) => now.getUint32(scratch + offset, true));
    return (alpha ?? 255) > 8 && Math.min(red ?? 0, green ?? 0, blue ?? 0) < 250;
  };
  return {
    filled: fill && paints("FPDFPageObj_GetFillColor"),
    stroked: stroke && paints("FPDFPageObj_GetStrokeColor"),
  };
}

/** A thin shape is one ruling; of a stroked shape each straight side is one. */
function traceSubpath(walk: Walk, points: readonly Point[], filled: boolean, stroked: boolean): void {
  if (points.length < 2) return;
  const box = around(points);
  if (isThin(box)) {
    addRuling(walk, box);
    return;
  }
  if (!stroked || (filled && points.length > 12)) return;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const to = points[index];
    if (!from || !to) continue;
    const side: BBox = [
      Math.min(from[0], to[0]),
      Math.min(from[1], to[1]),
      Math.max(from[0], to[0]),
      Math.max(from[1], to[1]),
    ];
    if (isThin(side)) addRuling(walk, side);
  }
}

function isThin([x0, y0, x1, y1]: BBox): boolean {
  return Math.min(x1 - x0, y1 - y0) <= MAX_THICKNESS;
}

function addRuling(walk: Walk, [x0, y0, x1, y1]: BBox): void {
  const { width, height } = walk.frame.size;
  if (walk.rulings.length >= MAX_RULINGS || Math.max(x1 - x0, y1 - y0) < MIN_LENGTH) return;
  const box = [x0 / width, y0 / height, x1 / width, y1 / height].map((edge) =>
    Math.min(1, Math.max(0, edge)),
  ) as unknown as BBox;
  if (!box.every(Number.isFinite) || (box[2] <= box[0] && box[3] <= box[1])) return;
  walk.rulings.push({ bbox: box, direction: x1 - x0 >= y1 - y0 ? "horizontal" : "vertical" });
}
