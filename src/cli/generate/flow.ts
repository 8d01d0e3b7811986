import type { Weight } from "./fonts.ts";
import { wrap } from "./sheet.ts";
import type { Faces, Sheet } from "./sheet.ts";

export interface TextLook {
  readonly size?: number;
  readonly weight?: Weight;
  readonly grey?: number;
  readonly align?: "left" | "right" | "centre";
}

/** What a document's pages share. */
export interface Paper {
  readonly width: number;
  readonly height: number;
  readonly margin: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly size: number;
  readonly leading: number;
  readonly faces: Faces;
}

/** Lays text out from the top down, on new pages where one is full. `y` is the upper edge of what comes next. */
export class Flow {
  readonly paper: Paper;
  readonly sheets: Sheet[] = [];
  x: number;
  width: number;
  y: number;
  #dry = 0;

  constructor(paper: Paper) {
    this.paper = paper;
    this.x = paper.margin.left;
    this.width = paper.width - paper.margin.left - paper.margin.right;
    this.y = paper.margin.top;
    this.turn();
  }

  get sheet(): Sheet {
    const sheet = this.sheets.at(-1);
    if (!sheet) throw new RangeError("a flow has at least one page");
    return sheet;
  }

  get bottom(): number {
    return this.#dry > 0 ? Infinity : this.paper.height - this.paper.margin.bottom;
  }

  /** Begins a new page. */
  turn(): void {
    const { width, height, faces } = this.paper;
    this.sheets.push({ width, height, family: faces.family, inks: [], strokes: [] });
    this.y = this.paper.margin.top;
  }

  /** The pages, cut to a height. */
  cropped(height: number): Sheet[] {
    const sheets: Sheet[] = [];
    for (const { width, family, inks, strokes } of this.sheets)
      sheets.push({ width, height, family, inks, strokes });
    return sheets;
  }

  lineHeight(size: number = this.paper.size): number {
    return size * this.paper.leading;
  }

  measure(text: string, look: TextLook = {}): number {
    return this.paper.faces[look.weight ?? "regular"].measure(text, look.size ?? this.paper.size);
  }

  /** Writes one line with its baseline at `y`. */
  put(text: string, x: number, y: number, look: TextLook = {}): void {
    if (this.#dry > 0 || text === "") return;
    const { size = this.paper.size, weight = "regular", grey = 0 } = look;
    const width = look.align === "right" || look.align === "centre" ? this.measure(text, look) : 0;
    const left = look.align === "right" ? x - width : look.align === "centre" ? x - width / 2 : x;
    this.sheet.inks.push({ text, x: left, y, size, weight, grey });
  }

  rule(x: number, y: number, width: number, line = 0.6): void {
    if (this.#dry === 0) this.sheet.strokes.push({ x, y, width, height: 0, line });
  }

  upright(x: number, y: number, height: number, line = 0.6): void {
    if (this.#dry === 0) this.sheet.strokes.push({ x, y, width: 0, height, line });
  }

  box(x: number, y: number, width: number, height: number, fill?: number): void {
    if (this.#dry > 0) return;
    this.sheet.strokes.push({ x, y, width, height, ...(fill === undefined ? { line: 0.6 } : { fill }) });
  }

  /** Lines of a text in a column; gives the height they take. Nothing is drawn. */
  lines(text: string, width: number, look: TextLook = {}): string[] {
    return wrap(text, width, look.size ?? this.paper.size, this.paper.faces[look.weight ?? "regular"]);
  }

  /** Writes wrapped text in a column from `top` on; gives the lower edge. */
  column(text: string, x: number, top: number, width: number, look: TextLook = {}): number {
    const size = look.size ?? this.paper.size;
    const step = this.lineHeight(size);
    const lines = this.lines(text, width, look);
    const at = look.align === "right" ? x + width : look.align === "centre" ? x + width / 2 : x;
    lines.forEach((line, index) => this.put(line, at, top + size * 0.95 + index * step, look));
    return top + lines.length * step;
  }

  /** Writes wrapped text over the whole width, with page breaks between its lines. */
  write(text: string, look: TextLook = {}): void {
    const size = look.size ?? this.paper.size;
    const step = this.lineHeight(size);
    const at =
      look.align === "right"
        ? this.x + this.width
        : look.align === "centre"
          ? this.x + this.width / 2
          : this.x;
    for (const line of this.lines(text, this.width, look)) {
      this.room(step);
      this.put(line, at, this.y + size * 0.95, look);
      this.y += step;
    }
  }

  gap(lines = 0.6): void {
    this.y += this.lineHeight() * lines;
  }

  /** Turns the page when less than `height` is left. */
  room(height: number): void {
    if (this.y + height > this.bottom) this.turn();
  }

  /** The height that a drawing takes, found without drawing. */
  heightOf(draw: () => void): number {
    const { x, y, width } = this;
    this.#dry += 1;
    draw();
    this.#dry -= 1;
    const height = this.y - y;
    Object.assign(this, { x, y, width });
    return height;
  }

  /** Draws something on one page whole, when a page can hold it. */
  keep(draw: () => void): void {
    const height = this.heightOf(draw);
    const { margin } = this.paper;
    if (height < this.paper.height - margin.top - margin.bottom) this.room(height);
    draw();
  }

  /** Draws side by side; what follows stands below the longest. Columns are given by their shares of the width. */
  beside(shares: readonly number[], draws: readonly (() => void)[], gutter = 18): void {
    this.keep(() => {
      const { x, y, width } = this;
      const sum = shares.reduce((total, share) => total + share, 0);
      const free = width - gutter * (draws.length - 1);
      let left = x;
      let lowest = y;
      draws.forEach((draw, index) => {
        const own = (free * (shares[index] ?? 1)) / sum;
        Object.assign(this, { x: left, y, width: own });
        draw();
        lowest = Math.max(lowest, this.y);
        left += own + gutter;
      });
      Object.assign(this, { x, y: lowest, width });
    });
  }
}
