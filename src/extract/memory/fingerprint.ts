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
/** Keys of a look: pages of one template share many, others a few (MinHash). */
const LOOK_KEYS = 16;
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
  return Array.from({ length: LOOK_KEYS }, (_, at) => {
    const least = words.reduce((found, word) => Math.min(found, hashOf(word, at + 1)), 0xffffffff);
    return `look:${at}:${least.toString(36)}`;
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
  const numbers = segments.flatMap((segment) => numberKeys(segment));
  return [...new Set([...lookKeys(parsed), ...numbers, ...numbers.map((key) => `on:${key}`), ...names])];
}

function numberKeys(segment: Segment): string[] {
  return [...hostKeys(segment.text), ...ibanKeys(segment.text), ...taxKeys(segment)];
}

function taxKeys(segment: Segment): string[] {
  return findTaxIds(segment).map(({ start, end }) => `id:${compact(segment.text.slice(start, end))}`);
}

function nameKeys(name: string): string[] {
  const key = vendorKey(name);
  return key !== null && key.replace(/[^\p{L}]/gu, "").length >= 3 ? [`name:${key}`] : [];
}

/** Who issues a document, by type: the first that is there. */
const ISSUERS = [
  "/vendor",
  "/merchant",
  "/buyer",
  "/supplier",
  "/employer",
  "/bank",
  "/facility",
  "/court",
  "/issuing_authority",
] as const;

/** The issuer of a document as its data tells: his name, and the keys that lead to him. */
export function issuerOf(data: ExtractedData): { name: string | null; keys: string[] } {
  const texts = (pointer: string): string[] => {
    const value = valueAt(data, pointer);
    return typeof value === "string" && value !== "" ? [value] : [];
  };
  const of = (key: string): string[] => ISSUERS.flatMap((issuer) => texts(`${issuer}/${key}`));
  // Some types tell an issuer by his name alone.
  const names = [...of("name"), ...ISSUERS.flatMap((issuer) => texts(issuer))];
  const [name] = names;
  return {
    name: name ?? null,
    keys: [
      ...names.flatMap((one) => nameKeys(one)),
      ...[...of("tax_id"), ...of("registration_number"), ...texts("/bank_accounts/0/iban")].map(
        (id) => `id:${compact(id)}`,
      ),
      ...[...of("email").map((mail) => `@${mail.split("@")[1] ?? ""}`), ...of("website")].flatMap((text) =>
        hostKeys(text.includes("@") || text.includes("//") ? text : `https://${text}`),
      ),
    ],
  };
}

/** Who else is named on a paper: his numbers lead to many issuers. */
const OTHERS = ["/customer", "/ship_to", "/bill_to", "/employee", "/account_holder"] as const;

/**
 * The keys under which what is learned of a document is kept: those of its issuer, its look, and every number and
 * host on it that is not known to be somebody else's (`on:`), since the issuer's own may not have been read.
 */
export function keysOf(parsed: ParsedDocument, data: ExtractedData): string[] {
  const { keys } = issuerOf(data);
  const theirs = JSON.stringify(OTHERS.map((other) => valueAt(data, other) ?? null))
    .replace(/[^\p{L}\d]/gu, "")
    .toUpperCase();
  const printed = fingerprint(parsed).filter(
    (key) =>
      /^(?:id|host):/.test(key) &&
      !keys.includes(key) &&
      !theirs.includes(
        key
          .replace(/^\w+:/, "")
          .replace(/[^\p{L}\d]/gu, "")
          .toUpperCase(),
      ),
  );
  return [...new Set([...keys, ...lookKeys(parsed), ...printed.map((key) => `on:${key}`)])];
}

/** How surely two documents are of one issuer by what is printed on both: his own name or numbers, or somebody's. */
export function issuerShared(
  keys: readonly string[],
  found: ReadonlySet<string>,
): "named" | "printed" | "unknown" {
  if (keys.some((key) => !/^(?:look|on):/.test(key) && found.has(key))) return "named";
  return keys.some((key) => key.startsWith("on:") && found.has(key)) ? "printed" : "unknown";
}
