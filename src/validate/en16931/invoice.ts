import { Big } from "big.js";
import { GROUPS, TERMS } from "../../model/en16931.ts";
import type { Group, StructuredDocument, Term } from "../../model/structured.ts";
import { decimal, ZERO } from "./decimal.ts";
import { type Profile, profileOf } from "./profile.ts";

/** A group as rules ask it: its terms and groups by id at any depth, without those of the lines below it. */
export class Part {
  readonly group: Group;
  /** Its position among the groups of its id: in the document, or in its line. */
  readonly index: number;
  /** The position of the line that it is or stands in; null outside lines. */
  readonly line: number | null;
  #terms: Map<string, Term[]> | null = null;
  readonly #groups = new Map<string, Group[]>();
  readonly #parts = new Map<string, readonly Part[]>();

  constructor(group: Group, index: number, line: number | null) {
    this.group = group;
    this.index = index;
    this.line = line;
  }

  /** Its terms of an id that say something, in the file's order. */
  terms(id: string): readonly Term[] {
    return this.#index().get(id) ?? [];
  }

  term(id: string): Term | null {
    return this.terms(id)[0] ?? null;
  }

  has(id: string): boolean {
    return this.terms(id).length > 0;
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
    let parts = this.#parts.get(id);
    if (!parts) {
      this.#index();
      parts = (this.#groups.get(id) ?? []).map(
        (group, index) => new Part(group, index, id === "BG-25" ? index : this.line),
      );
      this.#parts.set(id, parts);
    }
    return parts;
  }

  #index(): Map<string, Term[]> {
    if (!this.#terms) {
      this.#terms = new Map();
      this.#collect(this.group, this.#terms);
    }
    return this.#terms;
  }

  #collect(group: Group, terms: Map<string, Term[]>): void {
    for (const term of group.terms) if (term.value.trim() !== "") listed(terms, term.id).push(term);
    for (const inner of group.groups) {
      listed(this.#groups, inner.id).push(inner);
      if (inner.id !== "BG-25") this.#collect(inner, terms);
    }
  }
}

function listed<T>(map: Map<string, T[]>, id: string): T[] {
  let list = map.get(id);
  if (!list) map.set(id, (list = []));
  return list;
}

/** An amount that VAT is reckoned on: a line's, an allowance's (below zero) or a charge's. */
export interface TaxedAmount {
  readonly amount: Big | null;
  readonly category: string | null;
  readonly rate: Big | null;
}

/** Lines that head or explain others: their amounts are no part of the sums (Factur-X EXTENDED, BT-X-8). */
const NOT_COUNTED: ReadonlySet<string> = new Set(["GROUP", "INFORMATION"]);

/** An invoice or a credit note as the rules see it. */
export class Invoice {
  readonly document: StructuredDocument;
  readonly profile: Profile;
  readonly root: Part;
  /** The lines that count. */
  readonly lines: readonly Part[];
  #taxed: readonly TaxedAmount[] | null = null;
  #taxable: Map<string, Big> | null = null;

  constructor(document: StructuredDocument) {
    this.document = document;
    this.profile = profileOf(document);
    this.root = new Part(document.root, 0, null);
    this.lines = this.root.parts("BG-25").filter((line) => !NOT_COUNTED.has(line.value("BT-X-8") ?? ""));
  }

  /** Every group of an id; `BG-0` is the document itself. */
  parts(id: string): readonly Part[] {
    if (id === "BG-0") return [this.root];
    if (id === "BG-25") return this.lines;
    return isInLines(id) ? this.lines.flatMap((line) => line.parts(id)) : this.root.parts(id);
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

/** The group that a term stands in; the document where the model does not know the term. */
export function homeOf(term: string): string {
  return TERMS.get(term)?.group ?? "BG-0";
}
