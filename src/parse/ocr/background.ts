import type { GrayImage } from "../../ports.ts";

/** Side of a cell in which the paper's brightness is measured, as a share of the image's shorter side. */
const CELL_SHARE = 1 / 24;
const MIN_CELL = 16;
/** The paper is taken to be at this share of a cell's pixels, counted from the darkest. */
const PAPER = 0.85;

/**
 * Evens out light and shadow: measures the paper's brightness cell by cell, smooths it,
 * and divides each pixel by the paper around it.
 */
export function flattenBackground(image: GrayImage): GrayImage {
  const { width, height, data } = image;
  const cell = Math.max(MIN_CELL, Math.round(Math.min(width, height) * CELL_SHARE));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const paper = smooth(measurePaper(image, cell, columns, rows), columns, rows);
  const flat = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const gy = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5));
    const top = Math.floor(gy);
    const fy = gy - top;
    const upper = top * columns;
    const lower = Math.min(rows - 1, top + 1) * columns;
    for (let x = 0; x < width; x += 1) {
      const gx = Math.min(columns - 1, Math.max(0, (x + 0.5) / cell - 0.5));
      const left = Math.floor(gx);
      const right = Math.min(columns - 1, left + 1);
      const fx = gx - left;
      const a = (paper[upper + left] ?? 255) * (1 - fx) + (paper[upper + right] ?? 255) * fx;
      const b = (paper[lower + left] ?? 255) * (1 - fx) + (paper[lower + right] ?? 255) * fx;
      const here = Math.max(1, a * (1 - fy) + b * fy);
      flat[y * width + x] = Math.min(255, ((data[y * width + x] ?? 255) * 255) / here);
    }
  }
  return { width, height, data: flat };
}

function measurePaper(image: GrayImage, cell: number, columns: number, rows: number): Float32Array {
  const paper = new Float32Array(columns * rows);
  const histogram = new Uint32Array(256);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      histogram.fill(0);
      let count = 0;
      const bottom = Math.min(image.height, (row + 1) * cell);
      const right = Math.min(image.width, (column + 1) * cell);
      for (let y = row * cell; y < bottom; y += 1) {
        for (let x = column * cell; x < right; x += 1) {
          const value = image.data[y * image.width + x] ?? 255;
          histogram[value] = (histogram[value] ?? 0) + 1;
          count += 1;
        }
      }
      paper[row * columns + column] = quantile(histogram, count * PAPER);
    }
  }
  return paper;
}

function quantile(histogram: Uint32Array, wanted: number): number {
  let seen = 0;
  for (const [value, count] of histogram.entries()) {
    seen += count;
    if (seen >= wanted) return value;
  }
  return 255;
}

/** Takes the brightest of the neighbours and then their mean, so that dark logos do not pass for shadow. */
function smooth(paper: Float32Array, columns: number, rows: number): Float32Array {
  const brightest = overNeighbours(paper, columns, rows, (values) => Math.max(...values));
  return overNeighbours(brightest, columns, rows, (values) => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum / values.length;
  });
}

function overNeighbours(
  values: Float32Array,
  columns: number,
  rows: number,
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
