import { expect, it } from "vitest";
import { recordAt } from "../../../src/parse/slides/ppt-records.ts";
import { PptSlides, TYPE } from "../../../src/parse/slides/ppt-slide.ts";
import { LIMITS } from "../../fixtures/limits.ts";

const CONTAINER = 0xf;
const NOTES_PAGE = 0x03f0;

function record(type: number, body: Uint8Array, version = CONTAINER): Uint8Array {
  const made = new Uint8Array(8 + body.length);
  const view = new DataView(made.buffer);
  view.setUint16(0, version, true);
  view.setUint16(2, type, true);
  view.setUint32(4, body.length, true);
  made.set(body, 8);
  return made;
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const box = (kind: number, text: string): Uint8Array => {
  const header = record(TYPE.textHeader, Uint8Array.of(kind, 0, 0, 0), 0);
  return record(TYPE.textBox, join(header, record(TYPE.textBytes, new TextEncoder().encode(text), 0)));
};

function notesOf(...boxes: readonly Uint8Array[]): readonly string[] {
  const slide = record(TYPE.slide, record(TYPE.slideAtom, new Uint8Array(24), 0));
  const bytes = join(slide, record(NOTES_PAGE, join(...boxes)));
  const view = new DataView(bytes.buffer);
  const first = recordAt(view, 0);
  if (!first) throw new Error("A slide was made.");
  return new PptSlides(view, LIMITS).read(first, [], () => recordAt(view, slide.length)).notes;
}

it("takes a page's texts for notes where none is marked as such, and only the marked ones where one is", () => {
  expect(notesOf(box(4, "Speak slowly"), box(4, "*"))).toEqual(["Speak slowly"]);
  expect(notesOf(box(4, "Header"), box(2, "Speak slowly"))).toEqual(["Speak slowly"]);
});
