import { foldText } from "../../model/fold.ts";
import { editDistanceWithin } from "./edit-distance.ts";
import {
  hasBusinessWord,
  hasLegalForm,
  hasStreetWord,
  looksLikeAddress,
  nameLikeness,
} from "./party-names.ts";
import { startsAsPlace } from "./name-guards.ts";
import { namePart } from "./name-part.ts";
import { nameScore, type PartyName } from "./parties.ts";
import type { Reading } from "./reading.ts";
import { type Piece, readConfidence, type Row, type Segment, textOf, wholePiece } from "./view.ts";

/** Lines of a receipt's head that may name the merchant. */
const HEAD_ROWS = 12;

/** The merchant of a receipt, best first: the head's first name, a legal form over everything, over one to three lines. */
export function findMerchants(reading: Reading): PartyName[] {
  const first = reading.view.rows[0];
  const rows = reading.view.rows.slice(0, HEAD_ROWS).filter((row) => row.page === first?.page);
  const lines = rows.flatMap((row) => headLine(row));
  const heights = lines.map((line) => line.height).sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 0.01;
  const found: PartyName[] = [];
  let rank = 0;
  for (const [index, segment] of lines.entries()) {
    const joined = joinLines(reading, lines, index);
    const head = joined[0];
    if (!head) continue;
    const printed = joined.map((piece) => textOf(piece)).join(" ");
    const name = segment.page.source === "ocr" ? repairLegalForm(printed) : printed;
    const likeness = joined.length > 1 ? nameLikeness(name) : nameScore(reading, head);
    if (likeness < 0.2) continue;
    const large = Math.min(0.6, Math.max(0, segment.height / usual - 1.1));
    const owner =
      (reading.labels.get(segment) ?? []).some((hit) => hit.keys.has("account_holder")) ||
      ownedBy(reading, segment);
    const legal = owner
      ? -0.2
      : hasLegalForm(name)
        ? Math.max(0, 0.34 - 0.04 * index)
        : hasBusinessWord(name)
          ? 0.08
          : 0;
    const owned = hasLegalForm(name) || hasBusinessWord(name);
    const noted = !owned && (startsAsPlace(name) || (rank === 0 && !/\p{Lu}/u.test(name) && /\s/.test(name)));
    const top = noted ? 0.1 : Math.max(0, 0.42 - 0.12 * rank);
    const body = addressAfter(lines, index + joined.length) ? 0.1 : 0;
    const score = 0.12 + top + legal + 0.15 * large + body + 0.1 * likeness;
    found.push({
      piece: head,
      more: joined.slice(1),
      name,
      score: Math.min(0.97, score) * (0.4 + 0.6 * readConfidence(head)),
    });
    rank += 1;
  }
  return found.sort((a, b) => b.score - a.score);
}

/** A row of the head as one line: letters set apart by a wide font stay together, a second column does not. */
function headLine(row: Row): Segment[] {
  const [first, ...rest] = row.segments.filter((segment) => !isSpeck(segment));
  if (!first) return [];
  const words = [...first.words];
  const starts = [...first.starts];
  let { text } = first;
  let right = first.bbox[2];
  for (const next of rest) {
    const gap = (next.bbox[0] - right) * row.page.width;
    if (gap > first.height * row.page.height * 1.8 || /\d/.test(next.text)) break;
    starts.push(...next.starts.map((start) => start + text.length + 1));
    words.push(...next.words);
    text = `${text} ${next.text}`;
    right = next.bbox[2];
  }
  return [words.length === first.words.length ? first : { ...first, words, starts, text, bbox: row.bbox }];
}

/** Whether a segment is a border or dirt that OCR read as signs. */
function isSpeck(segment: Segment): boolean {
  return segment.page.source === "ocr" && !/[\p{L}\d]/u.test(segment.text);
}

/** Whether the line above says that what follows is the owner's company, not the shop. */
function ownedBy(reading: Reading, segment: Segment): boolean {
  const above = reading.view.rows[segment.row - 1]?.segments[0];
  return (
    above !== undefined &&
    (reading.labels.get(above) ?? []).some((hit) => hit.keys.has("account_holder") && hit.standalone)
  );
}

/** Letters of a legal form at a name's end that OCR takes for others: `SON BHD`, `Sdn thd`, `S/8`. */
export function repairLegalForm(name: string): string {
  const words = name.split(" ");
  const [last, before] = [words[words.length - 1] ?? "", words[words.length - 2] ?? ""];
  const tail = `${before}${last}`.toLowerCase().replace(/\./g, "");
  const upper = /^[A-Z\d.&'() -]+$/.test(words.slice(0, -2).join(" "));
  if (words.length > 2 && tail !== "sdnbhd" && editDistanceWithin(tail, "sdnbhd", 2)) {
    return [...words.slice(0, -2), ...(upper ? ["SDN", "BHD"] : ["Sdn", "Bhd"])].join(" ");
  }
  return words.length > 1 ? name.replace(/ S\/[8E6]$/, " S/B") : name;
}

function addressAfter(lines: readonly Segment[], from: number): boolean {
  return lines.slice(from, from + 3).some((line) => looksLikeAddress(line.text) || hasStreetWord(line.text));
}

/** A name goes on in the next line when a bracket is open or the next line is little more than its legal form. */
function joinLines(reading: Reading, lines: readonly Segment[], index: number): Piece[] {
  const segment = lines[index];
  if (!segment) return [];
  const head = namePart(wholePiece(segment));
  if (nameScore(reading, head) < 0.2 || hasLegalForm(textOf(head))) return [head];
  const joined = [head];
  for (let next = index + 1; next < Math.min(lines.length, index + 3); next += 1) {
    const line = lines[next];
    if (!line || !similar(segment, line)) break;
    const text = joined.map((piece) => textOf(piece)).join(" ");
    const piece = namePart(wholePiece(line));
    const open = openBracket(text) || /(?:&|\band|-)$/i.test(text);
    const tail = isTail(textOf(piece)) || (openBracket(textOf(piece)) && wordsBefore(textOf(piece)) <= 2);
    const goesOn = joined.length === 1 && isBusinessTail(segment, line, textOf(head), textOf(piece));
    if (!open && !tail && !goesOn) break;
    if (looksLikeAddress(line.text) && !hasLegalForm(textOf(piece))) break;
    joined.push(piece);
    if (hasLegalForm(textOf(piece))) break;
  }
  const whole = joined.map((piece) => textOf(piece)).join(" ");
  const business = joined.length === 2 && !hasLegalForm(whole);
  return hasLegalForm(whole) || business || /(?:&|\band)$/i.test(textOf(head)) ? joined : [head];
}

function similar(a: Segment, b: Segment): boolean {
  const ratio = a.height / Math.max(1e-6, b.height);
  return ratio > 0.6 && ratio < 1.7 && b.bbox[1] - a.bbox[3] < a.height * 3.2;
}

/** Whether the next line says what business the first is (`GREEN LEAF` over `CAFE & BISTRO`), in letters as large. */
function isBusinessTail(segment: Segment, line: Segment, head: string, tail: string): boolean {
  const ratio = segment.height / Math.max(1e-6, line.height);
  const words = tail.split(/\s+/);
  const alike = ratio > 0.8 && ratio < 1.25 && line.bbox[1] - segment.bbox[3] < segment.height * 1.2;
  if (!alike || words.length > 3 || head.split(/\s+/).length > 3 || /\d/.test(tail)) return false;
  if (hasLegalForm(tail) || hasBusinessWord(head) || looksLikeAddress(line.text)) return false;
  return hasBusinessWord(words[0] ?? "") && /^[\p{Lu}\s&'.-]+$/u.test(`${head} ${tail}`);
}

function openBracket(text: string): boolean {
  return text.lastIndexOf("(") > text.lastIndexOf(")");
}

function wordsBefore(text: string): number {
  return text.replace(/\(.*$/, "").trim().split(/\s+/).filter(Boolean).length;
}

/** Whether a line is a legal form, alone or behind one word of a business (`STATIONERY SDN. BHD`). */
function isTail(text: string): boolean {
  if (!hasLegalForm(text)) return false;
  const bare = foldText(text).replace(/\([^)]*\)/g, " ");
  const words = bare
    .split(/[\s.]+/)
    .filter(
      (word) =>
        word.length > 0 &&
        !/^(?:sdn|bhd|bnd|s\/b|co|ltd|inc|llc|gmbh|plc|corp|company|limited|pte|pvt|sa|srl|spa|bv|ab|oy|as)$/.test(
          word,
        ),
    );
  return words.length === 0 || (words.length === 1 && hasBusinessWord(words[0] ?? ""));
}
