import { foldText } from "../../model/fold.ts";
import type { KeyValue, ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import type { PartySpec } from "../define.ts";
import { DETAIL_NAMES, OTHERS_WORDS, PARTY_WORDS, type RecordDetail } from "../labels/record-names.ts";
import type { Cited, DraftValue } from "./draft.ts";

type Role = keyof typeof PARTY_WORDS;

/** A value that a file of named values (XML, JSON) gives a party. */
interface PartyValue {
  readonly role: Role;
  readonly detail: RecordDetail;
  /** The element that holds the party: values of two never mix. */
  readonly holder: string;
  /** Whether it is a person's or an office's inside the party. */
  readonly others: boolean;
  readonly value: string;
  readonly cited: Cited;
}

/** The names say whose a value is and what it is: no layout is guessed at. */
const SURE = 0.93;
/** Longer values are texts. */
const MOST_CHARACTERS = 200;

const ROLE_OF_WORD: ReadonlyMap<string, Role> = new Map(
  (Object.keys(PARTY_WORDS) as Role[]).flatMap((role) =>
    PARTY_WORDS[role].split(" ").map((word): [string, Role] => [word, role]),
  ),
);
const DETAIL_OF_NAME: ReadonlyMap<string, RecordDetail> = new Map(
  (Object.keys(DETAIL_NAMES) as RecordDetail[]).flatMap((detail) =>
    DETAIL_NAMES[detail].split(" ").map((name): [string, RecordDetail] => [name, detail]),
  ),
);

/**
 * Parties of a file of named values. Whose a value is stands in the names of what it lies in
 * (`/Invoice/Supplier/Address/City`) or in its own (`supplierName`); an address is put together of its parts.
 */
export function readPartyRecords(parsed: ParsedDocument, specs: readonly PartySpec[]): DraftValue[] {
  const found = parsed.pages.flatMap(valuesOfPage);
  return specs.flatMap((spec) => {
    const role = roleOf(spec);
    if (role === null) return [];
    const ours = found.filter((value) => value.role === role);
    const holder = (ours.find(({ detail, others }) => detail === "name" && !others) ?? ours[0])?.holder;
    return draftsOf(
      spec,
      ours.filter((value) => value.holder === holder),
    );
  });
}

function roleOf({ role, keys }: PartySpec): Role | null {
  if (role === "delivery") return "delivery";
  if (role === "merchant") return "issuer";
  // Who issues an order is called its buyer.
  return keys.includes("customer") ? "addressee" : "issuer";
}

function draftsOf(spec: PartySpec, values: readonly PartyValue[]): DraftValue[] {
  const first = (detail: RecordDetail, others = false): PartyValue | undefined =>
    values.find((value) => value.detail === detail && (others || !value.others));
  const drafts: DraftValue[] = [];
  const put = (field: string, value: string, of: readonly PartyValue[]): void => {
    const cited = of.map((one) => one.cited);
    drafts.push({ pointer: `${spec.pointer}/${field}`, value, cited, confidence: SURE, reader: "declared" });
  };
  const name = first("name");
  if (name) put("name", name.value, [name]);
  for (const detail of spec.details) {
    if (detail === "address") {
      const parts = addressOf(values.filter(({ others }) => !others));
      if (parts.length > 0) put("address", joinAddress(parts), parts);
      continue;
    }
    const value = first(detail, detail === "email" || detail === "phone");
    if (value) put(detail, detail === "tax_id" ? value.value.replace(/[\s.]/g, "") : value.value, [value]);
  }
  return drafts;
}

const ADDRESS_ORDER: readonly RecordDetail[] = ["address", "street", "code", "city", "region", "country"];

/** What an address consists of, in the order in which it is written. */
function addressOf(values: readonly PartyValue[]): PartyValue[] {
  const parts = ADDRESS_ORDER.flatMap((detail) => values.filter((value) => value.detail === detail));
  // A country or a region alone says where, not at which address.
  return parts.some(({ detail }) => detail === "address" || detail === "street" || detail === "city")
    ? parts
    : [];
}

function joinAddress(parts: readonly PartyValue[]): string {
  const of = (...details: RecordDetail[]) =>
    parts.filter(({ detail }) => details.includes(detail)).map(({ value }) => value);
  const street = of("street").reduce(
    // A house number of its own belongs behind its street.
    (line, value) =>
      /^\d{1,5}\s?[a-z]?$/i.test(value) && line !== ""
        ? `${line} ${value}`
        : [line, value].filter(Boolean).join(", "),
    "",
  );
  return [...of("address"), street, of("code", "city").join(" "), ...of("region", "country")]
    .filter((part) => part !== "")
    .join(", ");
}

function valuesOfPage(page: ParsedPage): PartyValue[] {
  if (page.source !== "xml") return [];
  return page.key_values.flatMap((pair) => partyValue(page, pair) ?? []);
}

function partyValue(page: ParsedPage, { key, value, value_words, path }: KeyValue): PartyValue | null {
  const text = value.replace(/\s+/g, " ").trim();
  if (path === undefined || text === "" || text.length > MOST_CHARACTERS) return null;
  const steps = stepsOf(path);
  const leaf = steps.at(-1) ?? [];
  const above = steps.slice(0, -1);
  // What it is shown under tells the most where it names the party too (`Seller VAT identifier`).
  const shown = describe(wordsOf(key));
  const own = shown?.role ? shown : (describe(leaf) ?? shown);
  if (!own) return null;
  const at = above.findLastIndex((words) => {
    const named = roleIn(words);
    return named !== null && (own.role === null || named === own.role);
  });
  const role = own.role ?? roleIn(above[at] ?? []);
  if (role === null) return null;
  const inner = at === -1 ? [] : above.slice(at + 1);
  if (!fits(own.detail, text)) return null;
  return {
    role,
    detail: own.detail,
    // Names that tell the party themselves, side by side, tell of one.
    holder: `${above
      .slice(0, at === -1 ? above.length : at + 1)
      .map((words) => words.join(""))
      .join("/")} ${role}`,
    others: inner.some((words) => words.some((word) => OTHERS_WORDS.has(word))),
    value: text,
    cited: {
      page: page.number,
      words: value_words,
      content: value_words.map((index) => page.words[index]?.text ?? "").join(" "),
    },
  };
}

/** What a value's own name says: `supplierVatNumber` tells whose and what, `City` only what. */
function describe(words: readonly string[]): { role: Role | null; detail: RecordDetail } | null {
  const whole = DETAIL_OF_NAME.get(words.join(""));
  if (whole !== undefined) return { role: null, detail: whole };
  for (let length = Math.min(2, words.length - 1); length >= 1; length -= 1) {
    const role = ROLE_OF_WORD.get(words.slice(0, length).join(""));
    const detail = DETAIL_OF_NAME.get(words.slice(length).join(""));
    if (role !== undefined && detail !== undefined) return { role, detail };
  }
  return null;
}

/** The party that an element's name names; an `AccountingSupplierParty` is a supplier. */
function roleIn(words: readonly string[]): Role | null {
  const joined = ROLE_OF_WORD.get(words.join(""));
  if (joined !== undefined) return joined;
  for (const [index, word] of words.entries()) {
    const role = ROLE_OF_WORD.get(word) ?? ROLE_OF_WORD.get(word + (words[index + 1] ?? ""));
    if (role !== undefined) return role;
  }
  return null;
}

/** Whether a value can be what its name says. */
function fits(detail: RecordDetail, value: string): boolean {
  switch (detail) {
    case "name":
    case "city":
      return /\p{L}{2}/u.test(value);
    case "email":
      return /^\S+@\S+\.\S+$/.test(value);
    case "phone":
      return /^[+\d][\d\s()./-]{5,}$/.test(value);
    case "tax_id":
    case "registration_number":
      return /\d{3}/.test(value) && value.length <= 40;
    case "website":
      return /\.\p{L}{2,}/u.test(value);
    default:
      return true;
  }
}

const STEPS = new Map<string, readonly (readonly string[])[]>();
const MOST_STEPS = 2_000;

/** The words of each step of an XPath or a JSON Pointer; positions and prefixes name nothing. */
function stepsOf(path: string): readonly (readonly string[])[] {
  const known = STEPS.get(path);
  if (known) return known;
  const steps = path
    .split("/")
    .map((step) => wordsOf(step.replace(/^@?(?:[\w.-]+:)?/, "").replace(/\[\d+\]$/, "")))
    .filter((words) => words.length > 0 && !/^\d+$/.test(words.join("")));
  if (STEPS.size >= MOST_STEPS) STEPS.clear();
  STEPS.set(path, steps);
  return steps;
}

/** `CompanyVATNumber`, `company_vat_number` and `Company VAT number` are the same three words. */
function wordsOf(name: string): string[] {
  return foldText(name.replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2"))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
