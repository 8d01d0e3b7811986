import { foldText } from "../../model/fold.ts";
import type { Draft } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { readConfidence, type Segment, wholePiece } from "../engine/view.ts";
import { COUNTRIES } from "../labels/names.ts";
import { choiceInTitle } from "./choices.ts";
import type { Declaration } from "./declaration.ts";
import { isZoneLine, type MachineZone, readZone, zoneLine } from "./mrz.ts";
import { readDeclared } from "./read-declared.ts";

interface FoundZone {
  readonly zone: MachineZone;
  readonly lines: readonly Segment[];
}

const MAX_TITLE = 60;
const PROVEN = 0.98;
const READ = 0.85;

/** An identity document: its labels, and its machine-readable zone, which proves them or stands in for them. */
export function readIdentity(reading: Reading, declares: Declaration): Draft {
  const declared = readDeclared(reading, declares).filter(({ cited }) => !citesZone(reading, cited));
  const titled = [...declared, ...titleOf(reading, declares, declared), ...stateOf(reading, declared)];
  const found = findZone(reading);
  return { values: found ? withZone(titled, found) : titled };
}

/** The kind of document that a title names. */
function titleOf(reading: Reading, { fields }: Declaration, known: readonly DraftValue[]): DraftValue[] {
  const field = fields.find(({ pointer }) => pointer === "/document_kind");
  if (!field || known.some(({ pointer }) => pointer === field.pointer)) return [];
  for (const segment of reading.view.segments) {
    if (segment.text.length > MAX_TITLE || /\d{2}/.test(segment.text)) continue;
    const piece = wholePiece(segment);
    const value = choiceInTitle(field, piece);
    if (value !== null)
      return [{ pointer: field.pointer, value, cited: [cite(piece)], confidence: 0.85, derived: true }];
  }
  return [];
}

const STATE =
  /^(?:the )?(?:united |federal |federative )?(?:republic|republique|republik|repubblica|republica|rzeczpospolita|kingdom|royaume|reino|regno|konigreich|koninkrijk|konungariket|kongeriket|kongeriget|bundesrepublik|confederation|confoederatio|commonwealth|state|principality)(?: |$)/;

/** The state that issued it: the name of one that stands alone in the head. */
function stateOf(reading: Reading, known: readonly DraftValue[]): DraftValue[] {
  if (known.some(({ pointer }) => pointer === "/issuing_country")) return [];
  const cited = new Set(known.flatMap(({ cited }) => cited.map(({ content }) => content)));
  for (const segment of reading.view.segments) {
    const folded = foldText(segment.text).trim();
    if (segment.text.length > MAX_TITLE || cited.has(segment.text)) continue;
    if (COUNTRIES[folded] === undefined && !STATE.test(folded)) continue;
    return [
      {
        pointer: "/issuing_country",
        value: segment.text.trim(),
        cited: [cite(wholePiece(segment))],
        confidence: 0.8,
      },
    ];
  }
  return [];
}

function citesZone(reading: Reading, cited: DraftValue["cited"]): boolean {
  return cited.some(
    ({ content }) => content.includes("<<") || (/</.test(content) && reading.view.text.includes("<<")),
  );
}

/** The zone's lines: consecutive rows at the same left edge, in the zone's alphabet. */
function findZone(reading: Reading): FoundZone | null {
  const { rows } = reading.view;
  for (const row of rows) {
    const lines: Segment[][] = [];
    for (const next of rows.slice(row.index, row.index + 3)) {
      if (next.page !== row.page || !isZoneLine(rowLine(next.segments))) break;
      lines.push([...next.segments]);
    }
    if (lines.length < 2) continue;
    const zone = readZone(lines.map((segments) => rowLine(segments)));
    if (zone) return { zone, lines: lines.slice(0, zone.lines.length).flat() };
  }
  return null;
}

function rowLine(segments: readonly Segment[]): string {
  return zoneLine(segments.map(({ text }) => text).join(""));
}

const KINDS: Readonly<Record<string, string>> = {
  P: "passport",
  I: "identity_card",
  A: "identity_card",
  C: "identity_card",
  D: "driving_licence",
  R: "residence_permit",
};

function withZone(declared: readonly DraftValue[], { zone, lines }: FoundZone): DraftValue[] {
  const sure = (proof: "number" | "birth" | "expiry" | "all"): number =>
    zone.proven.has(proof) || zone.proven.has("all") ? PROVEN : READ;
  const values = new Map(declared.map((draft) => [draft.pointer, draft]));
  const pieces = lines.map((segment) => cite(wholePiece(segment)));
  const give = (pointer: string, value: string | null, confidence: number, keep: boolean): void => {
    if (value === null || value === "") return;
    const known = values.get(pointer);
    const agrees = known !== undefined && plain(String(known.value)) === plain(value);
    if (known && agrees) values.set(pointer, { ...known, confidence: Math.max(known.confidence, PROVEN) });
    else if (!known || !keep)
      values.set(pointer, { pointer, value, cited: pieces, confidence, derived: true });
  };
  give("/document_number", zone.documentNumber, sure("number"), !zone.proven.has("number"));
  give("/date_of_birth", zone.birthDate, sure("birth"), !zone.proven.has("birth"));
  give("/expiry_date", zone.expiryDate, sure("expiry"), !zone.proven.has("expiry"));
  give("/sex", zone.sex, READ, true);
  give("/surname", zone.surname, READ, true);
  give("/given_names", zone.givenNames, READ, true);
  give("/nationality", zone.nationality, READ, true);
  give("/issuing_country", zone.issuer, READ, true);
  give("/document_kind", KINDS[zone.documentCode.charAt(0)] ?? null, READ, true);
  const ink =
    lines.reduce((sum, segment) => sum + readConfidence(wholePiece(segment)), 0) / Math.max(1, lines.length);
  values.set("/machine_readable_zone", {
    pointer: "/machine_readable_zone",
    value: zone.lines.join("\n"),
    cited: pieces,
    confidence: zone.proven.has("all") ? PROVEN : READ * ink,
  });
  return [...values.values()];
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\d]/gu, "").toUpperCase();
}
