import { shown, ZERO } from "./decimal.ts";
import {
  ALL,
  breaks,
  DOCUMENT,
  FULL,
  type GroupRule,
  HOLDS,
  named,
  type Outcome,
  requires,
  requiresGroup,
  type Rule,
  type TermRule,
} from "./rule.ts";
import type { Part } from "./invoice.ts";

/** Transfers for which an account has to be named: UNTDID 4461. */
const TRANSFERS: ReadonlySet<string> = new Set(["30", "58"]);

/** Digits of a card that may be shown: the first six and the last four (PCI DSS 3.4). */
const CARD_DIGITS = 10;

function notNegative(id: string, term: string): GroupRule {
  return {
    id,
    text: `${named(term)} is not below zero.`,
    reach: FULL,
    on: "BG-25",
    terms: [term],
    test: (line) => {
      const price = line.amount(term);
      if (!price) return null;
      return price.gte(ZERO) ? HOLDS : breaks(`It is ${shown(price)}.`);
    },
  };
}

function inOrder(id: string, on: string, start: string, end: string): GroupRule {
  return {
    id,
    text: `${named(end)} is not before ${named(start)}.`,
    reach: on === "BG-26" ? FULL : DOCUMENT,
    on,
    terms: [start, end],
    test: (period) => {
      const [from, to] = [period.value(start), period.value(end)];
      if (from === null || to === null) return null;
      return from <= to ? HOLDS : breaks(`${to} is before ${from}.`);
    },
  };
}

function hasScheme(id: string, term: string): TermRule {
  return {
    id,
    text: `${named(term)} names its scheme.`,
    reach: DOCUMENT,
    each: [term],
    test: ({ scheme, value }) => (scheme ? HOLDS : breaks(`"${value}" has no scheme identifier.`)),
  };
}

/** Codes 30 and 58 want an account; CII is asked only where it names a creditor's account at all, as its artefacts do. */
function accountGiven(means: Part, named: boolean): Outcome {
  const code = means.value("BT-81");
  if (code === null || !TRANSFERS.has(code) || !named) return null;
  return means.has("BT-84") ? HOLDS : breaks(`Payment means ${code} without an account.`);
}

/** An invoice that names no specification may be a right one outside EN 16931: nobody has to look. */
const specificationNamed: GroupRule = {
  ...requires("BR-01", "BG-0", ["BT-24"], ALL),
  severity: "warning",
  test: (root, { document }) => {
    if (document.syntax === "fatturapa") return null;
    return root.has("BT-24") ? HOLDS : breaks(`${named("BT-24")} is missing.`);
  },
};

/** BR-01 to BR-65: what an invoice has to say (EN 16931-1, 6.4.1). Ids and logic as in CEN's artefacts. */
export const INTEGRITY: readonly Rule[] = [
  specificationNamed,
  requires("BR-02", "BG-0", ["BT-1"]),
  requires("BR-03", "BG-0", ["BT-2"]),
  requires("BR-04", "BG-0", ["BT-3"]),
  requires("BR-05", "BG-0", ["BT-5"]),
  requires("BR-06", "BG-0", ["BT-27"]),
  requires("BR-07", "BG-0", ["BT-44"]),
  requiresGroup("BR-08", "BG-5"),
  requires("BR-09", "BG-5", ["BT-40"]),
  requiresGroup("BR-10", "BG-8", FULL),
  requires("BR-11", "BG-8", ["BT-55"], FULL),
  requires("BR-12", "BG-0", ["BT-106"]),
  requires("BR-13", "BG-0", ["BT-109"]),
  requires("BR-14", "BG-0", ["BT-112"]),
  requires("BR-15", "BG-0", ["BT-115"]),
  requiresGroup("BR-16", "BG-25", FULL),
  requires("BR-17", "BG-10", ["BT-59"]),
  requires("BR-18", "BG-11", ["BT-62"]),
  requires("BR-19", "BG-11", ["BG-12"], DOCUMENT, (part) =>
    part.parts("BG-12").length > 0 ? HOLDS : breaks(`${named("BG-12")} is missing.`),
  ),
  requires("BR-20", "BG-12", ["BT-69"]),
  requires("BR-21", "BG-25", ["BT-126"], FULL),
  requires("BR-22", "BG-25", ["BT-129"], FULL),
  requires("BR-23", "BG-25", ["BT-130"], FULL, (line) => {
    if (!line.has("BT-129")) return null;
    return line.has("BT-130") || line.term("BT-129")?.unit ? HOLDS : breaks(`${named("BT-130")} is missing.`);
  }),
  requires("BR-24", "BG-25", ["BT-131"], FULL),
  requires("BR-25", "BG-25", ["BT-153"], FULL),
  requires("BR-26", "BG-25", ["BT-146"], FULL),
  notNegative("BR-27", "BT-146"),
  notNegative("BR-28", "BT-148"),
  inOrder("BR-29", "BG-14", "BT-73", "BT-74"),
  inOrder("BR-30", "BG-26", "BT-134", "BT-135"),
  requires("BR-31", "BG-20", ["BT-92"]),
  requires("BR-32", "BG-20", ["BT-95"]),
  requires("BR-33", "BG-20", ["BT-97", "BT-98"]),
  requires("BR-36", "BG-21", ["BT-99"]),
  requires("BR-37", "BG-21", ["BT-102"]),
  requires("BR-38", "BG-21", ["BT-104", "BT-105"]),
  requires("BR-41", "BG-27", ["BT-136"], FULL),
  requires("BR-42", "BG-27", ["BT-139", "BT-140"], FULL),
  requires("BR-43", "BG-28", ["BT-141"], FULL),
  requires("BR-44", "BG-28", ["BT-144", "BT-145"], FULL),
  requires("BR-45", "BG-23", ["BT-116"]),
  requires("BR-46", "BG-23", ["BT-117"]),
  requires("BR-47", "BG-23", ["BT-118"]),
  requires("BR-48", "BG-23", ["BT-119"], DOCUMENT, (part) =>
    part.has("BT-119") || part.value("BT-118") === "O" ? HOLDS : breaks(`${named("BT-119")} is missing.`),
  ),
  requires("BR-49", "BG-16", ["BT-81"]),
  requires("BR-50", "BG-16", ["BT-84"], DOCUMENT, (means) =>
    accountGiven(means, means.parts("BG-17").length > 0),
  ),
  {
    id: "BR-51",
    text: `${named("BT-87")} shows no more than ten digits.`,
    reach: DOCUMENT,
    severity: "warning",
    on: "BG-18",
    terms: ["BT-87"],
    test: (card) => {
      const digits = card.value("BT-87")?.replace(/\D/g, "").length;
      if (digits === undefined) return null;
      return digits <= CARD_DIGITS ? HOLDS : breaks(`It shows ${digits} digits.`);
    },
  },
  requires("BR-52", "BG-24", ["BT-122"]),
  {
    id: "BR-53",
    text: `With ${named("BT-6")} there is ${named("BT-111")}.`,
    reach: DOCUMENT,
    on: "BG-0",
    terms: ["BT-6", "BT-111"],
    test: (root) => {
      const currency = root.value("BT-6");
      if (currency === null || currency === root.value("BT-5")) return null;
      return root.has("BT-111") ? HOLDS : breaks(`There is no total VAT amount in ${currency}.`);
    },
  },
  {
    id: "BR-54",
    text: `${named("BG-32")} has a name and a value.`,
    reach: FULL,
    on: "BG-32",
    terms: ["BT-160", "BT-161"],
    test: (attribute) =>
      attribute.has("BT-160") && attribute.has("BT-161") ? HOLDS : breaks("Name or value is missing."),
  },
  requires("BR-55", "BG-3", ["BT-25"]),
  requires("BR-56", "BG-11", ["BT-63"]),
  requires("BR-57", "BG-15", ["BT-80"]),
  requires("BR-61", "BG-16", ["BT-84"], DOCUMENT, (means, { document }) =>
    accountGiven(means, document.syntax === "ubl" || means.parts("BG-17").length > 0),
  ),
  hasScheme("BR-62", "BT-34"),
  hasScheme("BR-63", "BT-49"),
  { ...hasScheme("BR-64", "BT-157"), reach: FULL },
  { ...hasScheme("BR-65", "BT-158"), reach: FULL },
];
