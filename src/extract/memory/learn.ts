import type { DocumentType, Evidence, ExtractedData } from "../../model/extraction.ts";
import { foldKey } from "../../model/fold.ts";
import type { DocumentId } from "../../model/ids.ts";
import type { Lesson, LessonKind, Spot } from "../../model/lesson.ts";
import { pageOffsets, type ParsedDocument } from "../../model/parsed.ts";
import type { Cited } from "../engine/draft.ts";
import { read, type Reading } from "../engine/reading.ts";
import { issuerOf, keysOf, lookOf } from "./fingerprint.ts";
import { choiceFieldOf, placesOfChoice } from "./choices.ts";
import { linesOf, placesPrinted, wordsIn } from "./printed.ts";
import { spotOf } from "./spot.ts";

/** A value that was set right, as far as it teaches. */
export interface Taught {
  readonly pointer: string;
  /** Null where there is no such value. */
  readonly value: unknown;
  /** The right value's evidence, where it was found; the wrong one's, where there was one. */
  readonly right: Evidence | null;
  readonly wrong: Evidence | null;
  /** Whether the place was told, not looked for. */
  readonly pointed: boolean;
}

/** The document that teaches. */
export interface Teacher {
  readonly parsed: ParsedDocument;
  readonly type: DocumentType;
  /** Name of the user's extractor that it was read with; null for a built-in type. */
  readonly extractor: string | null;
  readonly id: DocumentId;
  /** Its data, set right: who it is from counts. */
  readonly data: ExtractedData;
  readonly nowMs: number;
}

/** Values that are their issuer's own, the same on all his papers. */
const OWN =
  /^\/(?:vendor|merchant|supplier|employer|bank|payee|tax_representative|facility)\/|^\/bank_accounts\/0\/|^\/(?:currency|country|category|language)$/;
/** Values in lists are different ones on each paper: only the first account is looked for again. */
const IN_LIST = /\/\d+(?:\/|$)/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What corrected values teach for the next document of the same issuer; nothing of values in lists. Pure. */
export function learn(teacher: Teacher, taught: readonly Taught[]): Lesson[] {
  const { parsed, type, extractor, id, data, nowMs } = teacher;
  const reading = read(parsed);
  const keys = keysOf(parsed, data);
  const look = lookOf(parsed);
  const { name, keys: own } = issuerOf(data);
  const [first] = own;
  const vendor = first?.replace(/^[a-z]+:/, "") ?? `unnamed ${(look[0] ?? 0).toString(36)}`;
  if (keys.length === 0) return [];
  return taught.flatMap((one) => {
    if (IN_LIST.test(one.pointer) && !one.pointer.startsWith("/bank_accounts/0/")) return [];
    const about = aboutOf(reading, one, type);
    if (!about) return [];
    return [
      {
        id: `les_${id.slice("doc_".length)}${one.pointer}`,
        document_id: id,
        type,
        extractor,
        pointer: one.pointer,
        vendor,
        vendor_name: name,
        keys,
        layout: look,
        ...about,
        created_ms: nowMs,
      },
    ];
  });
}

type About = Pick<Lesson, "kind" | "form" | "joint" | "right" | "value" | "wrong">;

function aboutOf(
  reading: Reading,
  { pointer, value, right, wrong, pointed }: Taught,
  type: DocumentType,
): About | null {
  const wrongPlace = wrong ? citedOf(reading.view.parsed, wrong) : [];
  const wrongSpot = wrongPlace.length > 0 ? spotOf(reading, wrongPlace) : null;
  if (value === null) {
    return (
      wrongSpot && {
        kind: "words",
        form: "printed",
        joint: " ",
        right: [],
        value: null,
        wrong: wrongSpot,
      }
    );
  }
  if (typeof value !== "string" || value.trim() === "") return null;
  const told = right ? citedOf(reading.view.parsed, right) : [];
  const field = choiceFieldOf(type, pointer);
  const printed = field ? placesOfChoice(reading, field, value) : placesPrinted(reading, value);
  const places = pointed && told.length > 0 ? [told] : printed;
  const spots = plainest(reading, places).flatMap((place) => spotOf(reading, place) ?? []);
  const own = OWN.test(pointer);
  if (spots.length === 0 && !own) return null;
  const [place] = places;
  const content = place?.map((line) => line.content).join(" ") ?? value;
  // A code that is printed as a word: what another paper's word stands for is not told by it.
  if (!field && !own && /^[\p{Ll}_]+$/u.test(value) && !content.includes(value)) return null;
  // What was chosen wrongly was read wrongly, where both stand at one place: there is nothing to avoid.
  const avoided = wrongSpot && !spots.some((spot) => samePlace(spot, wrongSpot)) ? wrongSpot : null;
  return {
    kind: field && spots.length > 0 ? "choice" : kindOf(reading, value, spots[0], place),
    form: formOf(content, value),
    joint: value.includes("\n") ? "\n" : value.includes(", ") ? ", " : " ",
    right: spots.slice(0, 3),
    value: own ? value : null,
    wrong: avoided,
  };
}

/**
 * Of several places that print a value, those with the fewest other dates and amounts on their height: what stands
 * beside a label says more of a field than what stands in a table.
 */
function plainest(reading: Reading, places: readonly (readonly Cited[])[]): (readonly Cited[])[] {
  const counted = places.map((place) => ({ place, others: othersBeside(reading, place) }));
  const least = Math.min(...counted.map(({ others }) => others));
  return counted.filter(({ others }) => others === least).map(({ place }) => place);
}

function othersBeside(reading: Reading, [first]: readonly Cited[]): number {
  const row = reading.view.rows.find(
    ({ page, segments }) =>
      page.number === first?.page &&
      segments.some(({ words }) => words.some((word) => first.words.includes(word))),
  );
  return (row?.segments ?? []).reduce(
    (sum, segment) =>
      sum + (reading.dates.get(segment)?.length ?? 0) + (reading.money.get(segment)?.length ?? 0),
    0,
  );
}

function samePlace(a: Spot, b: Spot): boolean {
  const [x0, y0, x1, y1] = a.bbox;
  return a.page === b.page && x0 < b.bbox[2] && b.bbox[0] < x1 && y0 < b.bbox[3] && b.bbox[1] < y1;
}

function kindOf(
  reading: Reading,
  value: string,
  spot: Spot | undefined,
  place: readonly Cited[] = [],
): LessonKind {
  if (!spot) return "fixed";
  if (spot.lines > 1) return isWrapped(reading, place) ? "words" : "block";
  if (DATE.test(value) && [...reading.dates.values()].flat().some(({ iso }) => iso === value)) return "date";
  if (/^-?\d+\.\d{2,4}$/.test(value)) return "money";
  return "words";
}

/** Whether a value begins inside a printed line and only runs over its end. */
function isWrapped({ view }: Reading, [first]: readonly Cited[]): boolean {
  const [word = -1] = first?.words ?? [];
  const segment = view.segments.find(
    ({ page, words }) => page.number === first?.page && words.includes(word),
  );
  return segment !== undefined && segment.words.indexOf(word) > 3;
}

function formOf(content: string, value: string): Lesson["form"] {
  if (content === value) return "printed";
  if (/^\d+\.\d{2,4}$/.test(value) && /^\s*[-–−(]|[-–−]\s*$/.test(content)) return "negated";
  if (content.replaceAll(/\s/g, "") === value) return "unspaced";
  return foldKey(content) === foldKey(value) && /^[\p{L}\d]+$/u.test(value) ? "bare" : "printed";
}

/** The words that evidence cites. */
export function citedOf(parsed: ParsedDocument, { citations }: Pick<Evidence, "citations">): Cited[] {
  const offsets = pageOffsets(parsed.pages);
  return citations.flatMap(({ page: number, span, bbox }) => {
    const at = parsed.pages.findIndex((page) => page.number === number);
    const page = parsed.pages[at];
    if (!page) return [];
    if (!span) return bbox ? wordsIn(page, bbox) : [];
    const from = span[0] - (offsets[at] ?? 0);
    const behind = from + span[1];
    const words = page.words.flatMap((word, index) =>
      word.span[0] < behind && word.span[0] + word.span[1] > from ? [index] : [],
    );
    const content = page.text.slice(from, behind);
    const lines = linesOf(page, words);
    const [only] = lines;
    return lines.length === 1 && only?.content.includes(content) === true ? [{ ...only, content }] : lines;
  });
}
