import type { DraftValue } from "../engine/draft.ts";
import {
  type Piece,
  type Row,
  type Segment,
  textOf,
  trimPiece,
  type View,
  wholePiece,
} from "../engine/view.ts";
import { pieceValue } from "./caption.ts";
import { foldedOf } from "./labelled.ts";
import { DOSE, FREQUENCY, ICD10, isIcd10 } from "./medical-lexicon.ts";

interface Column {
  readonly field: string;
  /** On the folded text of a column's head. */
  readonly head: RegExp;
}

const MEDICATION: readonly Column[] = [
  {
    field: "name",
    head: /^(?:medication|drug|medicine|name|item|product|agent|generic|brand|medikament|wirkstoff|praparat|arzneimittel|handelsname|medicament|specialite|denomination|medicamento|farmaco|principio activo|nombre|farmaco|geneesmiddel)/,
  },
  {
    field: "dose",
    head: /^(?:dos(?:e|age|is|ierung|ing)|strength|amount|starke|concentra|posologie|quantity taken|dosaggio)/,
  },
  {
    field: "frequency",
    head: /^(?:freq|instructions?|directions?|sig\b|schedule|how (?:often|to take)|interval|regimen|times|when|haufigkeit|einnahme|schema|anwendung|prises?\b|rythme|frecuencia|pauta|toma|horario|timing|use\b)/,
  },
];
const DIAGNOSIS: readonly Column[] = [
  { field: "icd10", head: /^(?:icd|code|cim|cie|codigo|codice|dx code)/ },
  {
    field: "text",
    head: /^(?:diagnos|description|condition|problem|assessment|impression|finding|bezeichnung|beschreibung|libelle|descripcion|enfermedad)/,
  },
];

const MAX_ROWS = 60;

type Cells = Partial<Record<string, Piece>>;

/** Rows below a row of heads, each cell under the head that it stands nearest to. */
function readGrid(view: View, columns: readonly Column[], required: readonly string[]): Cells[] {
  const found: Cells[] = [];
  for (const row of view.rows) {
    const heads = headsOf(row, columns);
    if (!required.every((field) => heads.has(field)) || row.segments.length > 8) continue;
    let last = row;
    for (const next of view.rows.slice(row.index + 1, row.index + 1 + MAX_ROWS)) {
      if (next.page !== row.page || next.bbox[1] - last.bbox[3] > 1.6 * heightOf(last)) break;
      const cells = cellsOf(next, row, heads);
      if (required.some((field) => !cells[field])) {
        if (
          next.segments.length === 1 &&
          next.segments[0] &&
          /:|^\p{Lu}.{0,40}$/u.test(next.segments[0].text)
        )
          break;
        continue;
      }
      found.push(cells);
      last = next;
    }
  }
  return found;
}

function heightOf(row: Row): number {
  return row.bbox[3] - row.bbox[1];
}

function headsOf(row: Row, columns: readonly Column[]): Map<string, Segment> {
  const heads = new Map<string, Segment>();
  for (const segment of row.segments) {
    if (segment.text.length > 40 || /:\s*\S/.test(segment.text)) continue;
    const column = columns.find(({ field, head }) => !heads.has(field) && head.test(foldedOf(segment)));
    if (column) heads.set(column.field, segment);
  }
  return heads;
}

function cellsOf(row: Row, headRow: Row, heads: ReadonlyMap<string, Segment>): Cells {
  const cells: Cells = {};
  for (const segment of row.segments) {
    const nearest = headRow.segments.reduce<Segment | null>(
      (best, head) => (best === null || distance(head, segment) < distance(best, segment) ? head : best),
      null,
    );
    const field = [...heads].find(([, head]) => head === nearest)?.[0];
    if (field !== undefined && !cells[field]) cells[field] = trimPiece(wholePiece(segment), /[\s|•]/);
  }
  return cells;
}

/** Left edges of a column are alike, or its middles are. */
function distance(head: Segment, cell: Segment): number {
  const left = Math.abs(head.bbox[0] - cell.bbox[0]);
  const middle = Math.abs(head.bbox[0] + head.bbox[2] - cell.bbox[0] - cell.bbox[2]) / 2;
  return Math.min(left, middle, Math.abs(head.bbox[2] - cell.bbox[2]));
}

/** Medications and diagnoses that stand in tables with heads. */
export function draftMedicalTables(view: View): { medications: DraftValue[]; diagnoses: DraftValue[] } {
  const medications = readGrid(view, MEDICATION, ["name", "dose"]);
  const others = medications.length > 0 ? medications : readGrid(view, MEDICATION, ["name", "frequency"]);
  const plain = others.length > 0 ? others : plainMedications(view);
  const diagnoses = readGrid(view, DIAGNOSIS, ["icd10", "text"]).filter(({ icd10 }) => {
    const code = icd10 && ICD10.exec(textOf(icd10))?.groups?.["code"];
    return code !== undefined && isIcd10(code, true);
  });
  return { medications: draftsOf("/medications", plain), diagnoses: draftsOf("/diagnoses", diagnoses) };
}

const WHOLE_DOSE = new RegExp(String.raw`^(?:${DOSE.source})\.?$`, "u");
const WHOLE_FREQUENCY = new RegExp(String.raw`^(?:${FREQUENCY.source})\.?$`, "u");

/** Rows that are a name, a strength and a frequency, however their columns are headed. */
function plainMedications(view: View): Cells[] {
  return view.rows.flatMap((row) => {
    const [first] = row.segments;
    const dose = row.segments.find((segment) => WHOLE_DOSE.test(foldedOf(segment)));
    const frequency = row.segments.find(
      (segment) => segment !== dose && WHOLE_FREQUENCY.test(foldedOf(segment)),
    );
    if (!first || !dose || first === dose || !/^[\p{L}•-][\p{L}\d /()-]{2,50}$/u.test(first.text)) return [];
    const cells: Cells = { name: trimPiece(wholePiece(first), /[\s|•-]/), dose: wholePiece(dose) };
    return frequency ? [{ ...cells, frequency: wholePiece(frequency) }] : [];
  });
}

function draftsOf(pointer: string, rows: readonly Cells[]): DraftValue[] {
  return rows.flatMap((cells, index) =>
    Object.entries(cells).flatMap(([field, piece]) =>
      piece && textOf(piece) !== "" ? [pieceValue(`${pointer}/${index}/${field}`, [piece], 0.88)] : [],
    ),
  );
}
