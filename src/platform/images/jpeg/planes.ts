import { type ComponentLine, type JpegColors, writeLine } from "./colors.ts";
import type { Frame } from "./frame.ts";
import { blockPainter, type BlockPainter, type BlockSide } from "./idct.ts";

/** One row of MCUs as pixels, colour by colour: blocks are painted into it and lines are taken out of it. */
export class Planes {
  readonly width: number;
  readonly height: number;
  readonly #frame: Frame;
  readonly #side: BlockSide;
  readonly #colors: JpegColors;
  readonly #channels: 1 | 3;
  readonly #paint: BlockPainter;
  readonly #steps: readonly Float32Array[];
  readonly #parts: readonly (ComponentLine & { stride: number; down: number })[];
  readonly #block = new Float32Array(64);

  constructor(
    frame: Frame,
    side: BlockSide,
    colors: JpegColors,
    channels: 1 | 3,
    /** Of the components that are needed, the quantizers' steps in the order of a block's kept places. */
    steps: readonly Float32Array[],
  ) {
    this.#frame = frame;
    this.#side = side;
    this.#colors = colors;
    this.#channels = channels;
    this.#steps = steps;
    this.#paint = blockPainter(side);
    const width = Math.ceil((frame.width * side) / 8);
    this.width = width;
    this.height = Math.ceil((frame.height * side) / 8);
    this.#parts = frame.components.slice(0, steps.length).map(({ storedWide, across, down }) => ({
      plane: new Uint8ClampedArray(storedWide * side * down * side),
      stride: storedWide * side,
      down,
      at: 0,
      columns: Uint16Array.from({ length: width }, (_, x) => Math.floor((x * across) / frame.across)),
    }));
  }

  /** Makes the row white, so that blocks that never come show as paper. */
  clear(): void {
    for (const [index, { plane }] of this.#parts.entries())
      plane.fill(index > 0 && this.#colors.endsWith("ycc") ? 128 : 255);
  }

  /** Paints a block at a place of the row, from the coefficients that begin at `from`. */
  paint(component: number, x: number, y: number, values: Int16Array, from: number): void {
    const part = this.#parts[component];
    const steps = this.#steps[component];
    if (!part || !steps) return;
    const side = this.#side;
    const block = this.#block;
    let [rows, columns] = [1, 1];
    for (let row = 0, at = 0; row < side; row += 1) {
      for (let column = 0; column < side; column += 1, at += 1) {
        const value = values[from + at] ?? 0;
        block[at] = value * (steps[at] ?? 0);
        if (value === 0) continue;
        rows = row + 1;
        if (column >= columns) columns = column + 1;
      }
    }
    this.#paint(block, rows, columns, part.plane, (y * part.stride + x) * side, part.stride);
  }

  /** The lines of row `row` of MCUs, as far as they belong to the picture; the array given is used again. */
  *lines(row: number): Generator<Uint8Array> {
    const count = this.#frame.down * this.#side;
    const out = new Uint8Array(this.width * this.#channels);
    for (let line = 0; line < count && row * count + line < this.height; line += 1) {
      for (const part of this.#parts)
        part.at = Math.floor((line * part.down) / this.#frame.down) * part.stride;
      writeLine(this.#parts, this.#colors, this.#channels, out);
      yield out;
    }
  }
}
