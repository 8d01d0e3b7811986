import { foldKey, foldText } from "../../model/fold.ts";
import type { PartySpec } from "../define.ts";
import { findEmails, findWebsites } from "../engine/contacts.ts";
import { findCustomers } from "../engine/customers.ts";
import { departmentAt } from "../engine/name-guards.ts";
import { ownerOf } from "../engine/owners.ts";
import { findVendors, isAddressee } from "../engine/parties.ts";
import {
  hasBusinessWord,
  hasCasedForm,
  hasLegalForm,
  isLegalForm,
  looksLikeAddress,
  nameLikeness,
} from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Segment, textOf, wordsOf } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { columnFrom } from "./columns.ts";
import { reachOfLabels } from "./labels-near.ts";
import { namePlaces, type NamePlace, ORIGINS } from "./party-candidates.ts";
import { PARTY_LABELS, sightOf, toldBy, type Told } from "./party-sights.ts";
import type { Candidate, NameEvidence, ScoredField } from "./scored-field.ts";

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
const NEAR = ["own", "other", "ship_to", "remit_to", "account_holder", "contact"];
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
const WHOLE = [
  "repeats",
  "repeats_pages",
  "in_head",
  "in_foot",
  "longer",
  "domain",
  "domains",
  "rule_same",
  "rule_confidence",
  "rule_other",
  "score",
  "rank",
  "best",
  "other_score",
  "other_rank",
  "read",
];

const FEATURES: readonly string[] = [
  ...ORIGINS.map((name) => `origin.${name}`),
  ...PLACE.map((name) => `place.${name}`),
  ...SHAPE.map((name) => `shape.${name}`),
  ...SELF.map((name) => `self.${name}`),
  ...AROUND.map((name) => `above.${name}`),
  ...AROUND.map((name) => `below.${name}`),
  ...NEAR.map((name) => `near.${name}`),
  ...NEAR.map((name) => `block.${name}`),
  ...TOLD.map((name) => `self.${name}`),
  ...TOLD.map((name) => `before.${name}`),
  ...TOLD.map((name) => `head.${name}`),
  ...BLOCK.map((name) => `block.${name}`),
  ...WHOLE.map((name) => `whole.${name}`),
];

/** A name that is less sure is not given: a paper that names nobody else than its customer has such. */
const LEAST = 0.3;

/** Whose name is looked for, and what the rules have to find it. */
export interface PartyRole {
  readonly spec: PartySpec;
  /** The other party of the paper: who it is made out to, or who issued it. */
  readonly other: PartySpec;
}

/** The name of a business paper's party: candidates over the whole document. */
export function partyField(name: string, role: PartyRole): ScoredField<NameEvidence> {
  return { name, features: FEATURES, least: LEAST, candidates: (evidence) => candidatesOf(evidence, role) };
}

function candidatesOf(evidence: NameEvidence, role: PartyRole): Candidate[] {
  const places = namePlaces(evidence.reading);
  const scene = sceneOf(evidence, role);
  const marks = role.spec.role === "issuer" ? marksOf(places) : new Map<string, Mark>();
  return places.map((place) => {
    const value = valueOf(place);
    const key = foldKey(value);
    const features = featuresOf(scene, place, value, key);
    const mark = hasCasedForm(value) ? markOf(marks, place, key) : undefined;
    return mark
      ? { ...mark, features, repaired: false }
      : { value, key, pieces: place.pieces, features, repaired: false };
  });
}

function valueOf({ pieces }: NamePlace): string {
  return pieces
    .map((piece) => textOf(piece))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

type Mark = Pick<Candidate, "value" | "key" | "pieces">;

/** Longest legal form, folded, that a mark leaves out. */
const FORM_LETTERS = 14;

/** Lines of the first page that may be what a house calls itself, without a legal form. */
function marksOf(places: readonly NamePlace[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const place of places) {
    const [piece] = place.pieces;
    if (place.origin !== "line" || piece?.segment.page.number !== 1 || !fills(piece)) continue;
    const value = valueOf(place);
    const key = foldKey(value);
    if (key.length > 2 && !marks.has(key) && !hasCasedForm(value))
      marks.set(key, { value, key, pieces: place.pieces });
  }
  return marks;
}

/** Whether a name is all of its line, but for the department behind it. */
function fills({ end, segment: { text } }: Piece): boolean {
  return end >= text.length || departmentAt(text) === end;
}

/** The mark that a full name belongs to: printed before it and no smaller, the same but for the legal form. */
function markOf(marks: ReadonlyMap<string, Mark>, { pieces }: NamePlace, key: string): Mark | undefined {
  const [piece] = pieces;
  for (let cut = key.length - 2; cut > 2 && cut >= key.length - FORM_LETTERS; cut -= 1) {
    const mark = marks.get(key.slice(0, cut));
    const own = mark?.pieces[0]?.segment;
    if (!mark || !own || !piece) continue;
    if (own.row >= piece.segment.row || own.height < piece.segment.height * 0.98) continue;
    return isLegalForm(valueOf({ pieces, origin: "line" }).slice(mark.value.length)) ? mark : undefined;
  }
  return undefined;
}

interface Ranked {
  readonly score: number;
  readonly rank: number;
}

/** What all candidates of a document are held against. */
interface Scene {
  readonly evidence: NameEvidence;
  readonly role: PartyRole;
  readonly usual: number;
  readonly heights: readonly number[];
  readonly firstHeader: number;
  readonly firstTitle: number;
  readonly texts: readonly { key: string; segment: Segment }[];
  readonly domains: readonly string[];
  readonly own: ReadonlyMap<string, Ranked>;
  readonly best: number;
  readonly others: ReadonlyMap<string, Ranked>;
  readonly ruleKey: string;
  readonly otherKey: string;
  readonly ruleConfidence: number;
  readonly near: (piece: Piece, key: LabelKey) => number;
}

function sceneOf(evidence: NameEvidence, role: PartyRole): Scene {
  const { reading, drafts } = evidence;
  const { segments } = reading.view;
  const rule = drafts.get(`${role.spec.pointer}/name`);
  const other = drafts.get(`${role.other.pointer}/name`);
  const heights = segments
    .filter((segment) => segment.page === segments[0]?.page)
    .map((segment) => segment.height)
    .sort((a, b) => a - b);
  const reach = reachOfLabels(reading, PARTY_LABELS);
  const [own, others] = [
    rankedOf(evidence, role.spec, role.other),
    rankedOf(evidence, role.other, role.spec),
  ];
  return {
    evidence,
    role,
    usual: heights[heights.length >> 1] ?? 0.01,
    heights,
    firstHeader: Math.min(...reading.headerRows, Number.POSITIVE_INFINITY),
    firstTitle: segments.find((segment) => sightOf(reading, segment).title >= 0.8)?.row ?? Number.NaN,
    texts: segments.map((segment) => ({ key: foldKey(segment.text), segment })),
    domains: domainsOf(reading),
    own,
    best: [...own.values()][0]?.score ?? 0,
    others,
    ruleKey: rule ? foldKey(String(rule.value)) : "",
    otherKey: other ? foldKey(String(other.value)) : "",
    ruleConfidence: rule?.confidence ?? Number.NaN,
    near: (piece, key) => reach(piece, key)?.strength ?? 0,
  };
}

/** What the rules think of each name, the issuer's or the addressee's. */
function rankedOf({ reading, drafts }: NameEvidence, spec: PartySpec, other: PartySpec): Map<string, Ranked> {
  const issuer = drafts.get(`${other.pointer}/name`)?.value;
  const names =
    spec.role === "issuer"
      ? findVendors(reading, spec.keys, other.keys)
      : findCustomers(reading, spec.keys, issuer === undefined ? null : String(issuer));
  const found = new Map<string, Ranked>();
  for (const [rank, { name, score }] of names.entries()) {
    const key = foldKey(name);
    if (!found.has(key)) found.set(key, { score, rank });
  }
  return found;
}

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

function featuresOf(scene: Scene, place: NamePlace, value: string, key: string): number[] {
  const [piece] = place.pieces;
  const last = place.pieces[place.pieces.length - 1];
  if (!piece || !last) return FEATURES.map(() => Number.NaN);
  return [
    ...ORIGINS.map((origin) => Number(origin === place.origin)),
    ...placeValues(scene, piece),
    ...shapeValues(place.pieces, value, key),
    ...selfValues(scene, piece, value),
    ...aroundValues(scene, piece.segment, "above"),
    ...aroundValues(scene, last.segment, "below"),
    ...nearValues(scene, piece),
    ...blockLabels(scene, piece),
    ...toldValues(scene, piece, value),
    ...blockValues(scene, piece, last),
    ...wholeValues(scene, piece, value, key),
  ];
}

function placeValues({ evidence, usual, heights, firstHeader, firstTitle }: Scene, piece: Piece): number[] {
  const { segment } = piece;
  const { rows, parsed } = evidence.reading.view;
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

function selfValues({ evidence: { reading } }: Scene, piece: Piece, value: string): number[] {
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

function aroundValues({ evidence: { reading } }: Scene, segment: Segment, side: "above" | "below"): number[] {
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

/** The labels of the roles, the own ones first. */
function roleLabels({ role }: Scene): readonly (readonly LabelKey[])[] {
  return [role.spec.keys, role.other.keys, ["ship_to"], ["remit_to"], ["account_holder"], ["contact"]];
}

function nearValues(scene: Scene, piece: Piece): number[] {
  return roleLabels(scene).map((keys) => Math.max(...keys.map((key) => scene.near(piece, key))));
}

/** How many lines above a place in its column a role's label stands. */
function blockLabels(scene: Scene, piece: Piece): number[] {
  const { reading } = scene.evidence;
  const column = [piece.segment, ...columnFrom(reading, piece.segment, "above", 6)];
  return roleLabels(scene).map((keys) => {
    const at = column.findIndex((segment) =>
      (reading.labels.get(segment) ?? []).some(
        (hit) => hit.quality >= 0.6 && keys.some((key) => hit.keys.has(key)),
      ),
    );
    return at < 0 ? Number.NaN : at;
  });
}

/** What a name's words say if it is none, what those say that stand before a place in its line or beside it, and those at the head of its block. */
function toldValues({ evidence: { reading } }: Scene, piece: Piece, value: string): number[] {
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

function blockValues({ evidence: { reading } }: Scene, piece: Piece, last: Piece): number[] {
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
  const { evidence, own, others, best, domains, ruleKey, otherKey, ruleConfidence } = scene;
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
    new Set(same.map((segment) => segment.page)).size /
      Math.max(1, evidence.reading.view.parsed.pages.length),
    same.filter((segment) => segment.bbox[1] < 0.12).length,
    same.filter((segment) => segment.bbox[1] > 0.85).length,
    Number(key.length > 3 && same.some((segment) => hasLegalForm(segment.text)) && !hasLegalForm(value)),
    domain,
    domains.length,
    Number(key === ruleKey),
    ruleConfidence,
    Number(key === otherKey),
    own.get(key)?.score ?? Number.NaN,
    own.get(key)?.rank ?? Number.NaN,
    best,
    others.get(key)?.score ?? Number.NaN,
    others.get(key)?.rank ?? Number.NaN,
    sure.reduce((sum, one) => sum + one, 0) / Math.max(1, sure.length),
  ];
}

const REPEATS = new WeakMap<Scene, Map<string, readonly Segment[]>>();

function repeatsOf(scene: Scene, key: string): readonly Segment[] {
  let known = REPEATS.get(scene);
  if (!known) REPEATS.set(scene, (known = new Map()));
  const before = known.get(key);
  if (before) return before;
  const found = scene.texts.filter((text) => text.key.includes(key)).map(({ segment }) => segment);
  known.set(key, found);
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
