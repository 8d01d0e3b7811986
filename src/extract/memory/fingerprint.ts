import { isValidIBAN } from "ibantools";
import type { ExtractedData } from "../../model/extraction.ts";
import { foldText } from "../../model/fold.ts";
import { valueAt } from "../../model/json-pointer.ts";
import type { ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import { vendorKey } from "../../model/vendor-key.ts";
import { findTaxIds } from "../engine/tax-ids.ts";
import { makeView, type Segment } from "../engine/view.ts";

/** Least hashes that tell a page's look. */
const LOOK_HASHES = 48;
/** Keys of a look: pages of one template share at least one (bands of two hashes). */
const LOOK_KEYS = 12;
const MAX_NAMES = 80;
const MAX_NAME = 60;

function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The words that a template prints on every paper, as far as one page tells: those without digits. */
function staticWords(page: ParsedPage | undefined): Set<string> {
  const words = new Set<string>();
  for (const { text } of page?.words ?? []) {
    const word = foldText(text).replace(/[^\p{L}]/gu, "");
    if (word.length >= 3 && !/\d/.test(text)) words.add(word);
  }
  return words;
}

/** A page's look: the least hashes of its words without digits, in order (bottom-k sketch). */
export function lookOf(parsed: ParsedDocument): number[] {
  const hashes = Array.from(staticWords(parsed.pages[0]), (word) => hashOf(word, 0));
  return hashes.toSorted((a, b) => a - b).slice(0, LOOK_HASHES);
}

/** The share of their words that two looks have in common, 0..1. */
export function similarLooks(a: readonly number[], b: readonly number[]): number {
  const union = [...new Set([...a, ...b])].toSorted((x, y) => x - y).slice(0, LOOK_HASHES);
  const [inA, inB] = [new Set(a), new Set(b)];
  const both = union.filter((hash) => inA.has(hash) && inB.has(hash)).length;
  return union.length === 0 ? 0 : both / union.length;
}

function lookKeys(parsed: ParsedDocument): string[] {
  const words = [...staticWords(parsed.pages[0])];
  if (words.length < 4) return [];
  return Array.from({ length: LOOK_KEYS }, (_, band) => {
    const [one, other] = [band * 2 + 1, band * 2 + 2].map((seed) =>
      words.reduce((least, word) => Math.min(least, hashOf(word, seed)), 0xffffffff),
    );
    return `look:${band}:${hashOf(`${one}/${other}`, 0).toString(36)}`;
  });
}

function compact(id: string): string {
  return id.replace(/[^\p{L}\d]/gu, "").toUpperCase();
}

/** Hosts that lend their name to anyone. */
const SHARED_HOST =
  /^(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|aol|gmx|web|t-online|proton|protonmail|mail|orange|libero|wanadoo)\./;
const HOST = /(?:@|www\.|https?:\/\/(?:www\.)?)((?:[a-z\d-]+\.)+[a-z]{2,})/giu;
const IBAN = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{2,4}){3,8}(?![\p{L}\d])/gu;

function hostKeys(text: string): string[] {
  return Array.from(text.matchAll(HOST), (match) => (match[1] ?? "").toLowerCase())
    .filter((host) => !SHARED_HOST.test(host))
    .map((host) => `host:${host}`);
}

/** IBANs by what of the run after their country fits its length. */
function ibanKeys(text: string): string[] {
  return Array.from(text.matchAll(IBAN), ([printed]) => compact(printed))
    .filter((iban) => isValidIBAN(iban))
    .map((iban) => `id:${iban}`);
}

/** What leads from a page to the lessons of its issuer: its look, and every name, number and host that may be his. */
export function fingerprint(parsed: ParsedDocument): string[] {
  const [first] = parsed.pages;
  const last = parsed.pages.at(-1);
  const pages = first && last && first !== last ? [first, last] : parsed.pages.slice(0, 1);
  const { segments } = makeView({ ...parsed, pages });
  const names = segments
    .filter((segment) => segment.page === first && segment.text.length <= MAX_NAME)
    .slice(0, MAX_NAMES)
    .flatMap(({ text }) => nameKeys(text));
  return [
    ...new Set([
      ...lookKeys(parsed),
      ...segments.flatMap(({ text }) => hostKeys(text)),
      ...segments.flatMap(({ text }) => ibanKeys(text)),
      ...segments.flatMap(taxKeys),
      ...names,
    ]),
  ];
}

function taxKeys(segment: Segment): string[] {
  return findTaxIds(segment).map(({ start, end }) => `id:${compact(segment.text.slice(start, end))}`);
}

function nameKeys(name: string): string[] {
  const key = vendorKey(name);
  return key !== null && key.replace(/[^\p{L}]/gu, "").length >= 3 ? [`name:${key}`] : [];
}

/** Who issues a document, by type: the first that is there. */
const ISSUERS = ["/vendor", "/merchant", "/supplier", "/employer", "/bank", "/facility"] as const;

/** The issuer of a document as its data tells: his name, and the keys that lead to him. */
export function issuerOf(data: ExtractedData): { name: string | null; keys: string[] } {
  const texts = (pointer: string): string[] => {
    const value = valueAt(data, pointer);
    return typeof value === "string" && value !== "" ? [value] : [];
  };
  const of = (key: string): string[] => ISSUERS.flatMap((issuer) => texts(`${issuer}/${key}`));
  const [name] = of("name");
  return {
    name: name ?? null,
    keys: [
      ...(name === undefined ? [] : nameKeys(name)),
      ...[...of("tax_id"), ...of("registration_number"), ...texts("/bank_accounts/0/iban")].map(
        (id) => `id:${compact(id)}`,
      ),
      ...[...of("email").map((mail) => `@${mail.split("@")[1] ?? ""}`), ...of("website")].flatMap((text) =>
        hostKeys(text.includes("@") || text.includes("//") ? text : `https://${text}`),
      ),
    ],
  };
}

/** The keys under which what is learned of a document is kept. */
export function keysOf(parsed: ParsedDocument, data: ExtractedData): string[] {
  return [...new Set([...issuerOf(data).keys, ...lookKeys(parsed)])];
}

/** Whether two documents name the same issuer, by a key that is no look. */
export function sameIssuer(keys: readonly string[], found: ReadonlySet<string>): boolean {
  return keys.some((key) => !key.startsWith("look:") && found.has(key));
}
