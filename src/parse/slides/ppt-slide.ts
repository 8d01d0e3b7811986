import { AppError } from "../../errors.ts";
import type { FlowBlock } from "../flow/flow.ts";
import type { ParseLimits } from "../parser.ts";
import { isContainer, type PptRecord, recordsIn } from "./ppt-records.ts";
import type { Shape, ShapeBox, Slide } from "./shape.ts";

/** Record types of [MS-PPT] 2.13.24 and [MS-ODRAW] 2.2 that are looked at. */
export const TYPE = {
  document: 0x03e8,
  slide: 0x03ee,
  slideAtom: 0x03ef,
  slidePersist: 0x03f3,
  showInfo: 0x03f9,
  vbaInfo: 0x03ff,
  objectList: 0x0409,
  documentInfo: 0x07d0,
  embedded: 0x0fcc,
  outlineRef: 0x0f9e,
  textHeader: 0x0f9f,
  textChars: 0x0fa0,
  textBytes: 0x0fa8,
  string: 0x0fba,
  slideList: 0x0ff0,
  tagData: 0x138b,
  comment: 0x2ee0,
  shape: 0xf004,
  shapeAtom: 0xf00a,
  textBox: 0xf00d,
  anchor: 0xf010,
} as const;

/** A text and what it is for ([MS-PPT] 2.13.33). */
interface PptText {
  readonly kind: number;
  readonly text: string;
}

const TITLES = new Set([0, 6]);
const BODIES = new Set([1, 5, 7, 8]);
const NOTES = 2;
const PICTURE_FRAME = 75;
const HIDDEN = 0x0004;
const MAX_DEPTH = 32;
/** Records are smaller than elements: a text has four or five. */
const RECORDS_PER_NODE = 8;

/** Reads slides of one stream, and counts the records that it looks at: more than are read end the reading. */
export class PptSlides {
  readonly #view: DataView;
  #left: number;

  constructor(view: DataView, limits: Pick<ParseLimits, "maxNodes">) {
    this.#view = view;
    this.#left = limits.maxNodes * RECORDS_PER_NODE;
  }

  /** The texts between two slides of the document's list, by their number. */
  outline(from: number, to: number): PptText[] {
    return this.#texts(from, to);
  }

  read(slide: PptRecord, outline: readonly PptText[], noteOf: (id: number) => PptRecord | null): Slide {
    const shapes: Shape[] = [];
    const used = new Set<number>();
    const notes: string[] = [];
    let hidden = false;
    let pictures = 0;
    this.#walk(slide, 0, (record) => {
      if (record.type === TYPE.shape) {
        const found = this.#shape(record, outline, used);
        shapes.push(...found.shapes);
        pictures += found.pictures;
        return false;
      }
      if (record.type === TYPE.showInfo && record.end - record.start >= 12) {
        hidden = (this.#view.getUint16(record.start + 10, true) & HIDDEN) !== 0;
      } else if (record.type === TYPE.slideAtom && record.end - record.start >= 20) {
        const note = noteOf(this.#view.getUint32(record.start + 16, true));
        if (note) notes.push(...this.#notes(note));
      } else if (record.type === TYPE.comment) {
        notes.push(...this.#comment(record));
        return false;
      }
      return true;
    });
    const left = outline.filter((_, index) => !used.has(index)).flatMap((text) => shapeOf(text, null));
    const all = [...shapes, ...left];
    const heading = all.find(({ role }) => role === "title")?.blocks[0];
    const title = heading?.kind === "heading" ? heading.text : null;
    return { title, hidden, shapes: all, notes, pictures, unread: 0 };
  }

  #shape(
    record: PptRecord,
    outline: readonly PptText[],
    used: Set<number>,
  ): { shapes: Shape[]; pictures: number } {
    let box: ShapeBox | null = null;
    let pictures = 0;
    const texts: PptText[] = [];
    for (const part of this.#recordsIn(record.start, record.end)) {
      if (part.type === TYPE.anchor) box = this.#anchor(part);
      else if (part.type === TYPE.shapeAtom && part.instance === PICTURE_FRAME) pictures += 1;
      else if (part.type === TYPE.textBox) {
        texts.push(...this.#texts(part.start, part.end));
        for (const index of this.#references(part)) {
          const text = outline[index];
          if (!text || used.has(index)) continue;
          used.add(index);
          texts.push(text);
        }
      }
    }
    return { shapes: texts.flatMap((text) => shapeOf(text, box)), pictures };
  }

  /** Texts with the header that stands in front of each. */
  #texts(from: number, to: number): PptText[] {
    const texts: PptText[] = [];
    let kind = 4;
    for (const record of this.#recordsIn(from, to)) {
      if (record.type === TYPE.textHeader && record.end - record.start >= 4) {
        kind = this.#view.getUint32(record.start, true);
      } else if (record.type === TYPE.textChars || record.type === TYPE.textBytes) {
        texts.push({ kind, text: this.#decode(record) });
      }
    }
    return texts;
  }

  #references(box: PptRecord): number[] {
    return [...this.#recordsIn(box.start, box.end)]
      .filter((record) => record.type === TYPE.outlineRef && record.end - record.start >= 4)
      .map((record) => this.#view.getUint32(record.start, true));
  }

  /** What was written as notes; where nothing says that it is, every text of the page of notes. */
  #notes(note: PptRecord): string[] {
    const notes: string[] = [];
    const others: string[] = [];
    this.#walk(note, 0, (record) => {
      if (record.type !== TYPE.textBox) return true;
      for (const { kind, text } of this.#texts(record.start, record.end)) {
        (kind === NOTES ? notes : others).push(...paragraphsOf(text));
      }
      return false;
    });
    return notes.length > 0 ? notes : others;
  }

  /** Author, text and initials of a comment are strings by number 0, 1 and 2. */
  #comment(record: PptRecord): string[] {
    return [...this.#recordsIn(record.start, record.end)]
      .filter((part) => part.type === TYPE.string && part.instance === 1)
      .map((part) => this.#decode({ ...part, type: TYPE.textChars }).trim())
      .filter((text) => text !== "");
  }

  #walk(container: PptRecord, depth: number, visit: (record: PptRecord) => boolean): void {
    if (depth > MAX_DEPTH) return;
    for (const record of this.#recordsIn(container.start, container.end)) {
      const goOn = visit(record);
      if (goOn && (isContainer(record) || record.type === TYPE.tagData)) this.#walk(record, depth + 1, visit);
    }
  }

  *#recordsIn(from: number, to: number): Generator<PptRecord, void> {
    for (const record of recordsIn(this.#view, from, to)) {
      if (--this.#left < 0) {
        throw new AppError(
          "archive_too_large",
          "The presentation has more parts than are read. Split it and send its parts.",
        );
      }
      yield record;
    }
  }

  #decode({ type, start, end }: PptRecord): string {
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, end - start);
    return new TextDecoder(type === TYPE.textBytes ? "latin1" : "utf-16le").decode(bytes);
  }

  /** Top, left, right, bottom, of two bytes each or of four. */
  #anchor({ start, end }: PptRecord): ShapeBox | null {
    const size = end - start >= 16 ? 4 : 2;
    if (end - start < size * 4) return null;
    const [y0 = 0, x0 = 0, x1 = 0, y1 = 0] = [0, 1, 2, 3].map((index) =>
      size === 4
        ? this.#view.getInt32(start + index * 4, true)
        : this.#view.getInt16(start + index * 2, true),
    );
    return { x0, y0, x1, y1 };
  }
}

function shapeOf({ kind, text }: PptText, box: ShapeBox | null): Shape[] {
  const paragraphs = paragraphsOf(text);
  if (paragraphs.length === 0) return [];
  if (TITLES.has(kind)) {
    return [{ role: "title", box, blocks: [{ kind: "heading", level: 1, text: paragraphs.join("\n") }] }];
  }
  const listed = BODIES.has(kind) && paragraphs.length > 1;
  const blocks = paragraphs.map((paragraph): FlowBlock =>
    listed
      ? { kind: "list_item", level: 1, marker: "•", text: paragraph }
      : { kind: "paragraph", text: paragraph },
  );
  return [{ role: "content", box, blocks }];
}

/** Paragraphs end with a carriage return; a lone asterisk stands for a number or date that is filled in. */
function paragraphsOf(text: string): string[] {
  return text
    .split(/[\r\n]/)
    .map((paragraph) =>
      paragraph
        .replaceAll("\v", "\n")
        .replace(/(?![\n\t])\p{Cc}/gu, "")
        .trim(),
    )
    .filter((paragraph) => paragraph !== "" && paragraph !== "*");
}
