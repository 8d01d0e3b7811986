import { segmentKey } from "../engine/segment-key.ts";
import { oncePerReading } from "../engine/once.ts";
import { medianOf } from "../../model/median.ts";
import { foldKey, foldText } from "../../model/fold.ts";
import { findEmails, findWebsites } from "../engine/contacts.ts";
import { ownerOf } from "../engine/owners.ts";
import { isAddressee } from "../engine/parties.ts";
import {
  hasBusinessWord,
  hasCasedForm,
  hasLegalForm,
  looksLikeAddress,
  nameLikeness,
} from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Segment, textOf, wordsOf } from "../engine/view.ts";
import { columnFrom } from "./columns.ts";
import { type NamePlace, ORIGINS } from "./party-candidates.ts";
import { sightOf, toldBy, type Told } from "./party-sights.ts";

const SELF = [
  "letters",
  "words",
  "upper",
  "digits",
  "legal",
  "business",
  "likeness",
  "label",
  "title",
  "speech",
];
const AROUND = [
  "letters",
  "words",
  "digits",
  "likeness",
  "legal",
  "address",
  "label",
  "title",
  "colon",
  "speech",
];
const TOLD = ["seller", "buyer", "delivery", "bank", "person"] as const satisfies readonly (keyof Told)[];
const PLACE = [
  "page",
  "top",
  "left",
  "right",
  "centre",
  "row",
  "rows_to_end",
  "size",
  "larger",
  "names_before",
  "table_rows",
  "title_rows",
];
const SHAPE = ["pieces", "start", "rest", "rest_address", "ends_legal", "lower", "commas", "personal", "key"];
const BLOCK = [
  "gap_above",
  "gap_below",
  "address_below",
  "postal_below",
  "lines_below",
  "lines_above",
  "mail_below",
  "phone_below",
  "tax_below",
  "iban_below",
  "tax_row",
  "mail_above",
  "head_rows",
  "right_of_label",
  "addressee",
  "owner",
  "sender_above",
];
const WHOLE = ["repeats", "repeats_pages", "in_head", "in_foot", "longer", "domain", "domains", "read"];
/** What is seen of a place whoever is looked for. */
export const PLACE_FEATURES: readonly string[] = [
  ...ORIGINS.map((name) => `origin.${name}`),
  ...PLACE.map((name) => `place.${name}`),
  ...SHAPE.map((name) => `shape.${name}`),
  ...SELF.map((name) => `self.${name}`),
  ...AROUND.map((name) => `above.${name}`),
  ...AROUND.map((name) => `below.${name}`),
  ...TOLD.map((name) => `self.${name}`),
  ...TOLD.map((name) => `before.${name}`),
  ...TOLD.map((name) => `head.${name}`),
  ...BLOCK.map((name) => `block.${name}`),
  ...WHOLE.map((name) => `whole.${name}`),
];
/** What all places of a document are held against. */
interface Scene {
  readonly reading: Reading;
  readonly usual: number;
  readonly heights: readonly number[];
  readonly firstHeader: number;
  readonly firstTitle: number;
  readonly domains: readonly string[];
  readonly repeats: Map<string, readonly Segment[]>;
}

const sceneOf = oncePerReading((reading): Scene => {
  const { segments } = reading.view;
  const heights = segments
    .filter((segment) => segment.page === segments[0]?.page)
    .map((segment) => segment.height)
    .sort((a, b) => a - b);
  return {
    reading,
    usual: medianOf(heights, 0.01),
    heights,
    firstHeader: Math.min(...reading.headerRows, Number.POSITIVE_INFINITY),
    firstTitle: segments.find((segment) => sightOf(reading, segment).title >= 0.8)?.row ?? Number.NaN,
    domains: domainsOf(reading),
    repeats: new Map<string, readonly Segment[]>(),
  };
});

const MAIL_HOSTS = /^(?:gmail|hotmail|outlook|yahoo|gmx|web|tonline|icloud|live|orange|wanadoo|free|libero)$/;

function domainsOf({ view }: Reading): string[] {
  const domains = new Set<string>();
  for (const segment of view.segments) {
    for (const piece of [...findEmails(segment), ...findWebsites(segment)]) {
      const host = foldText(textOf(piece)).replace(/^.*@\s?|^https?:\/\/|\/.*$/g, "");
      const parts = host.replace(/^www\./, "").split(".");
      const core = foldKey(parts.slice(0, -1).join(""));
      if (core.length > 2 && !MAIL_HOSTS.test(core)) domains.add(core);
    }
  }
  return [...domains];
}

const SEEN = new WeakMap<NamePlace, readonly number[]>();

/** The values of `PLACE_FEATURES` for a place whose text is given, and that text's letters and digits. */
export function placeFeatures(
  reading: Reading,
  place: NamePlace,
  value: string,
  key: string,
): readonly number[] {
  const known = SEEN.get(place);
  if (known) return known;
  const seen = valuesOf(sceneOf(reading), place, value, key);
  SEEN.set(place, seen);
  return seen;
}

function valuesOf(scene: Scene, place: NamePlace, value: string, key: string): number[] {
  const [piece] = place.pieces;
  const last = place.pieces[place.pieces.length - 1];
  if (!piece || !last) return PLACE_FEATURES.map(() => Number.NaN);
  return [
    ...ORIGINS.map((origin) => Number(origin === place.origin)),
    ...placeValues(scene, piece),
    ...shapeValues(place.pieces, value, key),
    ...selfValues(scene, piece, value),
    ...aroundValues(scene, piece.segment, "above"),
    ...aroundValues(scene, last.segment, "below"),
    ...toldValues(scene, piece, value),
    ...blockValues(scene, piece, last),
    ...wholeValues(scene, piece, value, key),
  ];
}

function placeValues({ reading, usual, heights, firstHeader, firstTitle }: Scene, piece: Piece): number[] {
  const { segment } = piece;
  const { rows, parsed } = reading.view;
  const box = boxOf(piece);
  const { page } = segment;
  const top = rows.find((row) => row.page === page)?.index ?? 0;
  const last = rows.findLastIndex((row) => row.page === page);
  const first = page === parsed.pages[0];
  return [
    first ? 0 : page === parsed.pages[parsed.pages.length - 1] ? 1 : 2,
    box[1],
    box[0],
    box[2],
    (box[0] + box[2]) / 2,
    segment.row - top,
    last - segment.row,
    segment.height / usual,
    heights.filter((height) => height > segment.height * 1.04).length,
    segment.row,
    Number.isFinite(firstHeader) ? segment.row - firstHeader : Number.NaN,
    segment.row - firstTitle,
  ];
}

function shapeValues(pieces: readonly Piece[], value: string, key: string): number[] {
  const [piece] = pieces;
  const { text } = piece?.segment ?? { text: "" };
  const rest = text.slice(piece?.end ?? 0);
  const words = value.split(/\s+/);
  const personal =
    words.length >= 2 &&
    words.length <= 4 &&
    !hasLegalForm(value) &&
    !hasBusinessWord(value) &&
    words.every((word) => /^\p{Lu}[\p{Ll}'’-]+\.?$|^\p{Lu}\.?$|^\p{Lu}\p{Ll}+-\p{Lu}\p{Ll}+$/u.test(word));
  return [
    pieces.length,
    piece?.start ?? 0,
    rest.trim().length,
    Number(rest.length > 4 && looksLikeAddress(rest)),
    Number(hasCasedForm(words.slice(-2).join(" "))),
    Number(/^\p{Ll}/u.test(value)),
    value.split(",").length - 1,
    Number(personal),
    key.length,
  ];
}

function selfValues({ reading }: Scene, piece: Piece, value: string): number[] {
  const sight = sightOf(reading, piece.segment);
  const letters = value.match(/\p{L}/gu)?.length ?? 0;
  const digits = value.match(/\d/g)?.length ?? 0;
  return [
    letters,
    value.split(/\s+/).length,
    (value.match(/\p{Lu}/gu)?.length ?? 0) / Math.max(1, letters),
    digits / Math.max(1, letters + digits),
    Number(hasCasedForm(value)),
    Number(hasBusinessWord(value)),
    nameLikeness(value),
    sight.label,
    sight.title,
    sight.speech,
  ];
}

function aroundValues({ reading }: Scene, segment: Segment, side: "above" | "below"): number[] {
  const [next] = columnFrom(reading, segment, side, 1);
  if (!next) return AROUND.map(() => Number.NaN);
  const sight = sightOf(reading, next);
  return [
    sight.letters,
    sight.words,
    sight.digits,
    sight.likeness,
    sight.legal,
    sight.address,
    sight.label,
    sight.title,
    sight.colon,
    sight.speech,
  ];
}

/** What a name's words say if it is none, what those say that stand before a place in its line or beside it, and those at the head of its block. */
function toldValues({ reading }: Scene, piece: Piece, value: string): number[] {
  const self = toldBy(value);
  const { segment, start } = piece;
  const beside = reading.view.rows[segment.row]?.segments[segment.order - 1];
  const before = toldBy(start > 1 ? segment.text.slice(0, start) : (beside?.text ?? ""));
  const column = columnFrom(reading, segment, "above", 6);
  const head = toldBy(column[column.length - 1]?.text ?? "");
  const above = toldBy(column[0]?.text ?? "");
  return [
    ...TOLD.map((name) => self[name]),
    ...TOLD.map((name) => before[name]),
    ...TOLD.map((name) => head[name] + 2 * above[name]),
  ];
}

function blockValues({ reading }: Scene, piece: Piece, last: Piece): number[] {
  const { segment } = piece;
  const above = columnFrom(reading, segment, "above", 6);
  const below = columnFrom(reading, last.segment, "below", 7);
  const sights = below.map((one) => sightOf(reading, one));
  const find = (name: "address" | "postal" | "mail" | "phone" | "tax" | "iban"): number => {
    const at = sights.findIndex((sight) => sight[name] > 0);
    return at < 0 ? Number.NaN : at;
  };
  const [over] = above;
  const [under] = below;
  const gap = (a: Segment | undefined, b: Segment | undefined): number =>
    a && b ? (b.bbox[1] - a.bbox[3]) / Math.max(1e-6, segment.height) : Number.NaN;
  const row = reading.view.rows[segment.row]?.segments ?? [];
  const beside = row[segment.order - 1];
  const owner = ownerOf(reading, piece);
  return [
    gap(over, segment),
    gap(last.segment, under),
    find("address"),
    find("postal"),
    below.length,
    above.length,
    find("mail"),
    find("phone"),
    find("tax"),
    find("iban"),
    row.reduce((sum, one) => sum + sightOf(reading, one).tax, 0),
    above.slice(0, 3).reduce((sum, one) => sum + sightOf(reading, one).mail, 0),
    above.findIndex((one) => sightOf(reading, one).label >= 0.6),
    beside ? Math.max(sightOf(reading, beside).label, sightOf(reading, beside).colon) : Number.NaN,
    Number(isAddressee(reading, segment)),
    owner === null ? 0 : owner === "vendor" ? 1 : 2,
    Number(over !== undefined && sightOf(reading, over).postal > 0 && sightOf(reading, over).words > 5),
  ];
}

function wholeValues(scene: Scene, piece: Piece, value: string, key: string): number[] {
  const { reading, domains } = scene;
  const { page } = piece.segment;
  const same = key.length < 4 ? [] : repeatsOf(scene, key);
  const words = foldText(value)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 3);
  const domain = Math.max(0, ...domains.map((one) => agreement(one, key, words)));
  const indices = wordsOf(piece);
  const sure = indices.map((index) => page.words[index]?.confidence ?? 0);
  return [
    same.length,
    new Set(same.map((segment) => segment.page)).size / Math.max(1, reading.view.parsed.pages.length),
    same.filter((segment) => segment.bbox[1] < 0.12).length,
    same.filter((segment) => segment.bbox[1] > 0.85).length,
    Number(key.length > 3 && same.some((segment) => hasLegalForm(segment.text)) && !hasLegalForm(value)),
    domain,
    domains.length,
    sure.reduce((sum, one) => sum + one, 0) / Math.max(1, sure.length),
  ];
}

function repeatsOf(scene: Scene, key: string): readonly Segment[] {
  const before = scene.repeats.get(key);
  if (before) return before;
  const found = scene.reading.view.segments.filter((segment) => segmentKey(segment).includes(key));
  scene.repeats.set(key, found);
  return found;
}

/** How well a site's name says a party's: the share of it, or whether it is made of the name's first words. */
function agreement(domain: string, key: string, words: readonly string[]): number {
  if (key.includes(domain) || domain.includes(key))
    return (
      Math.min(domain.length, key.length) / Math.max(1, Math.min(domain.length, key.length)) +
      domain.length / 100
    );
  if (words.slice(0, 2).some((word) => domain.includes(word))) return 0.6;
  return words.some((word) => domain.includes(word)) ? 0.3 : 0;
}
