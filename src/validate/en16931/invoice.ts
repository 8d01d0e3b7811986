import { Big } from "big.js";
import { GROUPS, TERMS } from "../../model/en16931.ts";
import type { Group, StructuredDocument, Term } from "../../model/structured.ts";
import { decimal, ZERO } from "./decimal.ts";
import { type Profile, profileOf } from "./profile.ts";

const NO_TERMS: readonly Term[] = [];
const NO_PARTS: readonly Part[] = [];

/** A group as rules ask it: its terms and groups by id at any depth, without those of the lines below it. */
export class Part {
  readonly group: Group;
  /** True where it is a line or stands in one. */
  readonly inLine: boolean;
  // A list is searched faster than a map is made: an invoice may have thousands of lines with ten terms each.
  readonly #terms: Term[] = [];
  readonly #groups: Group[] = [];
  readonly #parts = new Map<string, readonly Part[]>();

  constructor(group: Group, inLine: boolean) {
    this.group = group;
    this.inLine = inLine;
    this.#collect(group);
  }

  /** Its terms that say something, and those of the groups below it. */
  everyTerm(): readonly Term[] {
    return this.#terms;
  }

  /** Its terms of an id that say something, in the file's order. */
  terms(id: string): readonly Term[] {
    return this.has(id) ? this.#terms.filter((term) => term.id === id) : NO_TERMS;
  }

  term(id: string): Term | null {
    for (const term of this.#terms) if (term.id === id) return term;
    return null;
  }

  has(id: string): boolean {
    return this.term(id) !== null;
  }

  value(id: string): string | null {
    return this.term(id)?.value.trim() ?? null;
  }

  /** The number that the first term of an id holds; null without one. */
  amount(id: string): Big | null {
    return decimal(this.value(id));
  }

  /** The groups of an id below it, in the file's order. */
  parts(id: string): readonly Part[] {
    if (!this.#groups.some((group) => group.id === id)) return NO_PARTS;
    let parts = this.#parts.get(id);
    if (!parts) {
      parts = this.#groups
        .filter((group) => group.id === id)
        .map((group) => new Part(group, this.inLine || id === "BG-25"));
      this.#parts.set(id, parts);
    }
    return parts;
  }

  #collect(group: Group): void {
    for (const term of group.terms) if (term.value.trim() !== "") this.#terms.push(term);
    for (const inner of group.groups) {
      this.#groups.push(inner);
      // Groups of ours (a line inside a line) repeat terms that are not theirs.
      if (inner.id !== "BG-25" && GROUPS.has(inner.id)) this.#collect(inner);
    }
  }
}

/** An amount that VAT is reckoned on: a line's, an allowance's (below zero) or a charge's. */
export interface TaxedAmount {
  readonly amount: Big | null;
  readonly category: string | null;
  readonly rate: Big | null;
}

/** Lines that head or explain others: their amounts are no part of the sums (`line_status_code`, BT-X-8 of Factur-X). */
const NOT_COUNTED: ReadonlySet<string> = new Set(["GROUP", "INFORMATION"]);

/** An invoice or a credit note as the rules see it. */
export class Invoice {
  readonly document: StructuredDocument;
  readonly profile: Profile;
  readonly root: Part;
  /** The lines that count. */
  readonly lines: readonly Part[];
  readonly #inLines = new Map<string, readonly Part[]>();
  readonly #codes = new Map<string, ReadonlySet<string>>();
  #taxed: readonly TaxedAmount[] | null = null;
  #taxable: Map<string, Big> | null = null;

  constructor(document: StructuredDocument) {
    this.document = document;
    this.profile = profileOf(document);
    this.root = new Part(document.root, false);
    this.lines = this.root
      .parts("BG-25")
      .filter((line) => !NOT_COUNTED.has(line.value("line_status_code")?.toUpperCase() ?? ""));
  }

  /** Every group of an id; `BG-0` is the document itself. */
  parts(id: string): readonly Part[] {
    if (id === "BG-0") return [this.root];
    if (id === "BG-25") return this.lines;
    if (!isInLines(id)) return this.root.parts(id);
    let parts = this.#inLines.get(id);
    if (!parts) this.#inLines.set(id, (parts = this.lines.flatMap((line) => line.parts(id))));
    return parts;
  }

  /** The codes that a term takes in the groups that it belongs to. */
  codes(term: string): ReadonlySet<string> {
    let codes = this.#codes.get(term);
    if (!codes) {
      codes = new Set(this.parts(homeOf(term)).flatMap((part) => part.value(term) ?? []));
      this.#codes.set(term, codes);
    }
    return codes;
  }

  /** The VAT breakdowns in the invoice's currency. */
  breakdowns(): readonly Part[] {
    const currency = this.root.value("BT-5");
    return this.root.parts("BG-23").filter((part) => {
      const own = part.term("BT-117")?.currency;
      return own === undefined || currency === null || own === currency;
    });
  }

  /** What VAT is reckoned on: lines, allowances as amounts below zero, charges. */
  taxed(): readonly TaxedAmount[] {
    this.#taxed ??= [
      ...this.lines.map((line) => taxedAmount(line, "BT-131", "BT-151", "BT-152", 1)),
      ...this.root.parts("BG-20").map((part) => taxedAmount(part, "BT-92", "BT-95", "BT-96", -1)),
      ...this.root.parts("BG-21").map((part) => taxedAmount(part, "BT-99", "BT-102", "BT-103", 1)),
    ];
    return this.#taxed;
  }

  /** Lines less allowances and with charges of a VAT category; of one rate alone where a rate is given. */
  taxable(category: string, rate: Big | null): Big {
    this.#taxable ??= sumsByCategory(this.taxed());
    return this.#taxable.get(rate ? keyOf(category, rate) : category) ?? ZERO;
  }

  /** 0.01 for each amount that is summed: what Factur-X EXTENDED allows its sums to be off by. */
  extendedTolerance(): Big {
    return new Big(this.taxed().length).times("0.01");
  }
}

function taxedAmount(part: Part, amount: string, category: string, rate: string, sign: 1 | -1): TaxedAmount {
  return {
    amount: part.amount(amount)?.times(sign) ?? null,
    category: part.value(category),
    rate: part.amount(rate),
  };
}

function sumsByCategory(amounts: readonly TaxedAmount[]): Map<string, Big> {
  const sums = new Map<string, Big>();
  const add = (key: string, amount: Big): void => void sums.set(key, (sums.get(key) ?? ZERO).plus(amount));
  for (const { amount, category, rate } of amounts) {
    if (!amount || category === null) continue;
    add(category, amount);
    if (rate) add(keyOf(category, rate), amount);
  }
  return sums;
}

function keyOf(category: string, rate: Big): string {
  return `${category} ${rate.toFixed()}`;
}

function isInLines(id: string): boolean {
  const parent = GROUPS.get(id)?.parent ?? null;
  return parent !== null && (parent === "BG-25" || isInLines(parent));
}

/** Groups of which a document or a line has one: their terms are asked of what holds them. */
const SINGLE: ReadonlySet<string> = new Set(["BG-2", "BG-26", "BG-29", "BG-30", "BG-31"]);

/** The group by which a term is asked for; the document where the model does not know the term. */
export function homeOf(term: string): string {
  const home = TERMS.get(term)?.group ?? "BG-0";
  return SINGLE.has(home) ? (GROUPS.get(home)?.parent ?? "BG-0") : home;
}
