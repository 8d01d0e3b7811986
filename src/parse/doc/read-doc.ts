import type { Warning } from "../../model/parsed.ts";
import { append } from "../flow/append.ts";
import type { Flow, FlowBlock } from "../flow/flow.ts";
import { cellText } from "../flow/rich-table.ts";
import { type Compound } from "../package/open-compound.ts";
import type { ParseLimits } from "../parser.ts";
import { blipPictures } from "../pictures/blips.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import { BlockBuilder } from "./build-blocks.ts";
import { type Fib, readFib } from "./fib.ts";
import { type Formatting, readFormatting } from "./formatting.ts";
import { type Piece, readPieces } from "./text-pieces.ts";

/** What was seen beside the text. */
export interface DocSeen {
  pictures: number;
  hidden: boolean;
  deleted: boolean;
}

/** Story numbers of headers and footers repeat for each section ([MS-DOC] 2.8.22); the first six are separators. */
const HEADER_STORIES: ReadonlySet<number> = new Set([0, 1, 4]);
const [SEPARATORS, STORIES] = [6, 6];
const PLC_HEADERS = 11;
const MAX_STORIES = 6_000;
/** Pictures in the lines of the text, and floating ones. */
const PICTURE_STREAMS = ["Data", "WordDocument"];

/**
 * Reads a Word 97-2003 document ([MS-DOC]; of Word 6 and 95 the bare text): headers first, the body with headings,
 * lists and tables, text boxes, notes and comments, footers last. The numbers of numbered lists are not in the file's
 * text and are left out.
 * @throws AppError file_damaged
 */
export function readDoc(file: Compound, limits: Pick<ParseLimits, "maxMembers">): Flow {
  const fib = readFib(file);
  const pieces = readPieces(fib);
  const formatting = readFormatting(fib);
  const seen: DocSeen = { pictures: 0, hidden: false, deleted: false };
  const read = (from: number, length: number): FlowBlock[] =>
    readRange(pieces, formatting, seen, from, from + length);
  const { main, footnotes, headers, macros, comments, endnotes, boxes } = fib.parts;
  const behindMacros = main + footnotes + headers + macros;
  const body = read(0, main);
  const notes = [...read(main, footnotes), ...read(behindMacros + comments, endnotes)];
  const remarks = read(behindMacros, comments);
  const shapes = read(behindMacros + comments + endnotes, boxes);
  const margins = readMargins(fib, main + footnotes, read);
  const blocks: FlowBlock[] = [];
  for (const part of [
    margins.headers,
    body,
    shapes,
    asNotes(notes, ""),
    asNotes(remarks, "Comment: "),
    margins.footers,
  ]) {
    append(blocks, part);
  }
  const streams = PICTURE_STREAMS.map((name) => file.pieces(name) ?? []);
  const pictures = listPictures(blipPictures(streams), limits.maxMembers);
  return {
    source: "text_layer",
    sections: [{ label: null, blocks }],
    members: pictures.members,
    warnings: [...warningsOf(file, blocks, seen, pieces, pictures.documents), ...pictures.warnings],
  };
}

/** Sends the characters of a part of the text to a builder, without those that are hidden or deleted. */
function readRange(
  pieces: readonly Piece[],
  formatting: Formatting,
  seen: DocSeen,
  from: number,
  to: number,
): FlowBlock[] {
  const builder = new BlockBuilder(seen);
  for (const piece of pieces) {
    const first = Math.max(0, from - piece.from);
    const behind = Math.min(piece.text.length, to - piece.from);
    for (let index = first; index < behind; index += 1) {
      const offset = piece.at + index * piece.bytesPerCharacter;
      const code = piece.text.charCodeAt(index);
      const ends = code === 0x0d || code === 0x07 || code === 0x0c;
      const unseen = ends ? null : formatting.characterAt(offset);
      if (unseen !== null && code >= 0x20) seen[unseen] = true;
      else builder.take(code, ends ? formatting.paragraphAt(offset) : null);
    }
  }
  return builder.end();
}

function readMargins(
  fib: Fib,
  from: number,
  read: (from: number, length: number) => FlowBlock[],
): { headers: FlowBlock[]; footers: FlowBlock[] } {
  const margins = { headers: [] as FlowBlock[], footers: [] as FlowBlock[] };
  if (fib.isOld || fib.parts.headers === 0) return margins;
  const { at, length } = fib.place(PLC_HEADERS);
  const count = Math.min(MAX_STORIES, Math.floor(length / 4) - 1);
  const seen = new Set<string>();
  for (let story = SEPARATORS; story < count; story += 1) {
    const start = fib.table.u32(at + 4 * story);
    const end = Math.min(fib.table.u32(at + 4 * story + 4), fib.parts.headers);
    if (end <= start) continue;
    const kind = HEADER_STORIES.has((story - SEPARATORS) % STORIES) ? "headers" : "footers";
    const blocks = read(from + start, end - start).filter((block) => block.kind !== "page_break");
    const text = `${kind} ${cellText(blocks)}`;
    if (!seen.has(text)) append(margins[kind], blocks);
    seen.add(text);
  }
  return margins;
}

function asNotes(blocks: readonly FlowBlock[], mark: string): FlowBlock[] {
  return blocks.map((block): FlowBlock => {
    if (block.kind !== "paragraph") return block;
    return { kind: "note", text: `${mark}${block.text.trim()}` };
  });
}

function warningsOf(
  file: Compound,
  blocks: readonly FlowBlock[],
  seen: DocSeen,
  pieces: readonly Piece[],
  pictureDocuments: number,
): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: Warning["code"], message: string): void => void warnings.push({ code, message });
  if (pieces.length === 0)
    warn("file_damaged", "The document is damaged: the order of its text cannot be found.");
  if (seen.hidden)
    warn("hidden_content", "The document holds text that is formatted as hidden; it was left out.");
  if (seen.deleted) {
    warn(
      "hidden_content",
      "The document has tracked changes: deleted text was left out, inserted text was read.",
    );
  }
  if (file.names.some((name) => /(?:^|\/)(?:_VBA_PROJECT|VBA\/dir)$/i.test(name))) {
    warn("macros_present", "The file holds macros. They were neither run nor read.");
  }
  const objects = new Set(file.names.map((name) => /^ObjectPool\/([^/]+)\//i.exec(name)?.[1] ?? ""));
  objects.delete("");
  if (objects.size > 0) {
    warn("content_not_read", `${objects.size} objects of other programs inside the document were not read.`);
  }
  if (seen.pictures > 0 && pictureDocuments === 0 && !blocks.some((block) => block.kind !== "page_break")) {
    warn(
      "content_not_read",
      `The document consists of ${seen.pictures} pictures, whose text was not read. Send them as pictures or as a PDF.`,
    );
  }
  return warnings;
}
