import { decodeBytes } from "../text/decode-bytes.ts";
import type { Fib } from "./fib.ts";

/** A run of the text, and where its bytes lie in the WordDocument stream. */
export interface Piece {
  readonly text: string;
  /** Number of its first character in the whole text. */
  readonly from: number;
  readonly at: number;
  readonly bytesPerCharacter: 1 | 2;
}

const CLX = 33;
const MAX_PIECES = 200_000;

/** The text in the order in which it is read, put together from the pieces of the piece table ([MS-DOC] 2.8.35). */
export function readPieces(fib: Fib): Piece[] {
  if (fib.isOld) return [oldPiece(fib)];
  const { table, document } = fib;
  const place = fib.place(CLX);
  let at = place.at;
  const end = Math.min(place.at + place.length, table.bytes.length);
  // Blocks of formatting (1) come before the one of pieces (2).
  while (at < end && table.u8(at) === 1) at += 3 + table.u16(at + 1);
  if (table.u8(at) !== 2) return [];
  const count = Math.min(MAX_PIECES, Math.floor((Math.min(table.u32(at + 1), end - at) - 4) / 12));
  const starts = at + 5;
  const pieces: Piece[] = [];
  let left = document.bytes.length;
  for (let index = 0; index < count && left > 0; index += 1) {
    const from = table.u32(starts + 4 * index);
    const length = Math.min(left, table.u32(starts + 4 * index + 4) - from);
    const place = table.u32(starts + 4 * (count + 1) + 8 * index + 2);
    if (length <= 0) continue;
    left -= length;
    const isNarrow = (place & 0x40000000) !== 0;
    const offset = isNarrow ? (place & 0x3fffffff) / 2 : place & 0x3fffffff;
    const bytes = document.bytes.subarray(offset, offset + length * (isNarrow ? 1 : 2));
    const text = decodeBytes(bytes, isNarrow ? "windows-1252" : "utf-16le") ?? "";
    pieces.push({ text: text.slice(0, length), from, at: offset, bytesPerCharacter: isNarrow ? 1 : 2 });
  }
  return pieces;
}

/** Word 6 and 95 keep their text in one piece, whose start the head tells. */
function oldPiece({ document, parts }: Fib): Piece {
  const at = document.u32(0x18);
  const length = parts.main + parts.footnotes + parts.headers + parts.comments + parts.endnotes + parts.boxes;
  const text = decodeBytes(document.bytes.subarray(at, at + length), "windows-1252") ?? "";
  return { text, from: 0, at, bytesPerCharacter: 1 };
}
