/** Pixels a side that a block of 8 x 8 is decoded to: fewer of them are a picture scaled down. */
export type BlockSide = 1 | 2 | 4 | 8;

/** Turns a block's frequencies into pixels: `side` x `side` values of 0..255. */
export type BlockPainter = (
  block: Float32Array,
  /** How many rows and columns of the frequencies are not all zero. */
  rows: number,
  columns: number,
  out: Uint8ClampedArray,
  at: number,
  stride: number,
) => void;

/**
 * An inverse cosine transform of `side` points over the lowest frequencies of a block of eight: scaling and
 * decoding in one (as libjpeg does it). Frequencies lie by row, `side` of them each.
 */
export function blockPainter(side: BlockSide): BlockPainter {
  const waves = new Float32Array(side * side);
  for (let x = 0; x < side; x += 1) {
    for (let u = 0; u < side; u += 1) {
      const height = Math.sqrt((u === 0 ? 1 : 2) / side) * Math.sqrt(side / 8);
      waves[x * side + u] = height * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * side));
    }
  }
  const half = new Float32Array(side * side);
  return (block, rows, columns, out, at, stride) => {
    if (rows <= 1 && columns <= 1) {
      const level = (block[0] ?? 0) / 8 + 128;
      for (let y = 0, to = at; y < side; y += 1, to += stride) out.fill(level, to, to + side);
      return;
    }
    for (let y = 0; y < side; y += 1) {
      for (let u = 0; u < columns; u += 1) {
        let sum = 0;
        for (let v = 0; v < rows; v += 1) sum += (waves[y * side + v] ?? 0) * (block[v * side + u] ?? 0);
        half[y * side + u] = sum;
      }
    }
    for (let y = 0, to = at; y < side; y += 1, to += stride) {
      for (let x = 0; x < side; x += 1) {
        let sum = 128;
        for (let u = 0; u < columns; u += 1) sum += (waves[x * side + u] ?? 0) * (half[y * side + u] ?? 0);
        out[to + x] = sum;
      }
    }
  };
}
