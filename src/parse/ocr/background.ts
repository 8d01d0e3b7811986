import type { GrayImage } from "../../ports.ts";

/** Side of a cell in which the paper's brightness is measured, as a share of the image's shorter side. */
const CELL_SHARE = 1 / 24;
const MIN_CELL = 16;
/** The paper is taken to be at this share of a cell's pixels, counted from the darkest. */
const PAPER = 0.85;

/** A cell whose ink is hardly darker than its paper holds none; its noise is not blown up. */
const MIN_CONTRAST = 48;
/** What lies so far from the paper towards the ink becomes black: thin and broken strokes grow firmer. */
const BLACK_AT = 0.65;
/** The darkest pixels of a cell, as a share, are taken for its ink. */
const INK = 0.04;

/**
 * Evens out light and shadow: measures the paper's brightness cell by cell, smooths it,
 * and divides each pixel by the paper around it.
 */
export function flattenBackground(image: GrayImage): GrayImage {
  const grid = gridOf(image, CELL_SHARE);
  const paper = average(spread(measure(image, grid, PAPER), grid, Math.max), grid);
  return mapPixels(image, grid, [paper], (value, light) => (value * 255) / Math.max(1, light));
}

/**
 * Stretches each neighbourhood from its own darkest ink to its own paper: faint print comes out
 * although something black stands beside it.
 */
export function stretchLocally(image: GrayImage): GrayImage {
  const grid = gridOf(image, CELL_SHARE * 1.5);
  const paper = average(spread(measure(image, grid, PAPER), grid, Math.max), grid);
  const ink = average(spread(measure(image, grid, INK), grid, Math.min), grid);
  return mapPixels(image, grid, [paper, ink], (value, light, dark) => {
    const contrast = Math.max(MIN_CONTRAST, (light - dark) * BLACK_AT);
    return 255 - ((light - value) * 255) / contrast;
  });
}

/** Square cells over an image. */
interface Grid {
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
}

function gridOf({ width, height }: GrayImage, share: number): Grid {
  const cell = Math.max(MIN_CELL, Math.round(Math.min(width, height) * share));
  return { cell, columns: Math.ceil(width / cell), rows: Math.ceil(height / cell) };
}

/**
 * Gives each pixel a new value from its own and from the layers of cells, interpolated at its place. Along a row a
 * layer changes evenly from one cell's middle to the next one's.
 */
function mapPixels(
  image: GrayImage,
  grid: Grid,
  layers: readonly [Float32Array] | readonly [Float32Array, Float32Array],
  change: (value: number, first: number, second: number) => number,
): GrayImage {
  const { width, height, data } = image;
  const mapped = new Uint8ClampedArray(width * height);
  const [first, second = first] = layers;
  const [one, other] = [new Float64Array(width), new Float64Array(width)];
  const across = placesOf(width, grid);
  for (let y = 0; y < height; y += 1) {
    fillRow(one, first, y, grid, across);
    if (second !== first) fillRow(other, second, y, grid, across);
    const start = y * width;
    for (let x = 0; x < width; x += 1)
      mapped[start + x] = change(data[start + x] ?? 255, one[x] ?? 255, other[x] ?? 255);
  }
  return { width, height, data: new Uint8Array(mapped.buffer) };
}

/** For each pixel of a row: the cell whose middle lies left of it, and how far it is to the next one's, 0..1. */
interface Places {
  readonly left: Uint16Array;
  readonly share: Float64Array;
}

function placesOf(width: number, { cell, columns }: Grid): Places {
  const [left, share] = [new Uint16Array(width), new Float64Array(width)];
  for (let x = 0; x < width; x += 1) {
    const gx = Math.min(columns - 1, Math.max(0, (x + 0.5) / cell - 0.5));
    left[x] = Math.floor(gx);
    share[x] = gx - Math.floor(gx);
  }
  return { left, share };
}

/** A layer's values along a row of pixels. */
function fillRow(
  row: Float64Array,
  layer: Float32Array,
  y: number,
  { cell, columns, rows }: Grid,
  { left, share }: Places,
): void {
  const gy = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5));
  const top = Math.floor(gy);
  const [upper, lower] = [top * columns, Math.min(rows - 1, top + 1) * columns];
  const between = new Float64Array(columns + 1);
  for (let column = 0; column <= columns; column += 1) {
    const at = Math.min(columns - 1, column);
    between[column] = (layer[upper + at] ?? 255) * (1 - gy + top) + (layer[lower + at] ?? 255) * (gy - top);
  }
  for (let x = 0; x < row.length; x += 1) {
    const at = left[x] ?? 0;
    const towards = share[x] ?? 0;
    row[x] = (between[at] ?? 255) * (1 - towards) + (between[at + 1] ?? 255) * towards;
  }
}

/** In each cell, the value below which `share` of its pixels lie. */
function measure(image: GrayImage, { cell, columns, rows }: Grid, share: number): Float32Array {
  const values = new Float32Array(columns * rows);
  const histogram = new Uint32Array(256);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      histogram.fill(0);
      const bottom = Math.min(image.height, (row + 1) * cell);
      const right = Math.min(image.width, (column + 1) * cell);
      for (let y = row * cell; y < bottom; y += 1) {
        for (let x = column * cell; x < right; x += 1) {
          const value = image.data[y * image.width + x] ?? 255;
          histogram[value] = (histogram[value] ?? 0) + 1;
        }
      }
      const count = (bottom - row * cell) * (right - column * cell);
      values[row * columns + column] = quantile(histogram, count * share);
    }
  }
  return values;
}

function quantile(histogram: Uint32Array, wanted: number): number {
  let seen = 0;
  for (let value = 0; value < histogram.length; value += 1) {
    seen += histogram[value] ?? 0;
    if (seen >= wanted) return value;
  }
  return 255;
}

/** Takes the brightest (or darkest) of each cell's neighbours: a dark logo does not pass for shadow. */
function spread(values: Float32Array, grid: Grid, pick: (...values: number[]) => number): Float32Array {
  return overNeighbours(values, grid, (around) => pick(...around));
}

function average(values: Float32Array, grid: Grid): Float32Array {
  return overNeighbours(values, grid, (around) => {
    let sum = 0;
    for (const value of around) sum += value;
    return sum / around.length;
  });
}

function overNeighbours(
  values: Float32Array,
  { columns, rows }: Grid,
  fold: (values: readonly number[]) => number,
): Float32Array {
  const folded = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const around: number[] = [];
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1)
          around.push(values[y * columns + x] ?? 255);
      }
      folded[row * columns + column] = fold(around);
    }
  }
  return folded;
}
