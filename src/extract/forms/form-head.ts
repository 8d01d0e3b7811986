import { medianOf } from "../../model/median.ts";
import { hasLegalForm } from "../engine/party-names.ts";
import type { Chunk } from "./chunks.ts";

/** What a form says of itself, and how many rows that takes. */
export interface FormHead {
  readonly title: Chunk | null;
  readonly id: { readonly chunk: Chunk; readonly value: string } | null;
  /** The row that what is filled in begins with. */
  readonly behind: number;
}

/** How far down a title stands at most, and how much larger than the rest it is. */
const REACH = 0.35;
const LARGER = 1.12;
/** Stems of what forms are called. */
const CALLED =
  /\b(?:form\b|\p{L}*formul|formblatt|bogen|\p{L}*bogen\b|appli|antrag|\p{L}*antrag\b|anmeld|claim|regist|declar|d[eé]clar|erkl[aä]r|demande|solicit|inscri|questionn|cuestion|fragebogen|enrol|request|modul[oe]\b|domanda|richiesta|aanvraag|aangifte|wniosek|deklarac|ans[oö]kan|s[oö]knad|ans[oø]gning|pedido|request|permit|return\b)/iu;
const NUMBERED =
  /^(?:(?:form|formular|formulaire|formulario|vordruck|no|nr|n[°ºo]|num|ref|mod)\.?:?\s+)?([\p{L}\d]+(?:[-/.][\p{L}\d]+)*)$/iu;

/** The title and the number of a form that is not known by name. */
export function readHead(rows: readonly (readonly Chunk[])[]): FormHead {
  const heights = rows.flat().map(({ height }) => height);
  const usual = medianOf(heights);
  const places = rows.flatMap((row, number) =>
    row.filter(({ box }) => box[1] < REACH).map((chunk) => ({ chunk, row: number })),
  );
  const [best] = places
    .map((place) => Object.assign({ score: scoreTitle(place.chunk, usual) }, place))
    .filter(({ score }) => score > 0.5)
    .toSorted((a, b) => b.score - a.score);
  if (!best) return { title: null, id: null, behind: 0 };
  const begun = rows.findIndex((row, number) => number > best.row && isFilled(row));
  const last = Math.min(best.row + 6, begun < 0 ? rows.length : begun - 1);
  const around = places.filter(({ row, chunk }) => row <= last && chunk !== best.chunk);
  const numbered = around.findLast(({ chunk, row }) => {
    const alone = rows[row]?.every((other) => other === chunk || other.box[1] <= best.chunk.box[3]);
    return alone && idOf(chunk.text) !== null && isBare(chunk.text);
  });
  const id = numbered ? { chunk: numbered.chunk, value: idOf(numbered.chunk.text) ?? "" } : null;
  return { title: best.chunk, id, behind: Math.max(best.row, numbered?.row ?? 0) + 1 };
}

/** Whether a row is one of those that are filled in: it has columns, or a label. */
function isFilled(row: readonly Chunk[]): boolean {
  return row.length > 1 || row.some(({ text }) => /[:：](?:\s|$)/u.test(text));
}

function scoreTitle({ text, height, box }: Chunk, usual: number): number {
  if (/[:：,;]|@|\d{3}/u.test(text) || !/\p{L}{3}/u.test(text) || text.length > 90) return 0;
  const size = Math.min(0.5, Math.max(0, height / usual - 1));
  if (size < LARGER - 1) return 0;
  return size + (CALLED.test(text) ? 0.6 : 0) - (hasLegalForm(text) ? 0.5 : 0) + 0.2 * box[1];
}

function idOf(text: string): string | null {
  const value = NUMBERED.exec(text.trim())?.[1] ?? "";
  return /\d/.test(value) && value.length <= 16 ? value : null;
}

/** Whether a number stands for itself: announced, or made of letters and figures; a year or a house number is not. */
function isBare(text: string): boolean {
  return (
    /\s/.test(text.trim()) || (/[-/]/.test(text) && /\p{Lu}/u.test(text)) || /\p{Lu}\d|\d{3}/u.test(text)
  );
}
