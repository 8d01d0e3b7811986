import { Big } from "big.js";
import { taxOfRate } from "./conditions.ts";
import { isNear, isRounded, shown, ZERO } from "./decimal.ts";
import type { Invoice, Part } from "./invoice.ts";
import {
  breaks,
  DOCUMENT,
  type GroupRule,
  HOLDS,
  holds,
  LINES,
  named,
  reachOf,
  type Outcome,
  type Rule,
  SUMS,
} from "./rule.ts";
import { usesCategory, VAT_PLACES, type VatPlace } from "./vat-places.ts";
import { SINGLE_CATEGORIES } from "./vat-single.ts";

/** What EN 16931-1 demands of the amounts of one VAT category (UNTDID 5305). */
interface Family {
  readonly prefix: string;
  readonly code: string;
  readonly name: string;
  /** The rate of lines, allowances and charges. */
  readonly rate: "above_zero" | "zero" | "zero_or_above" | "none";
  /** Whether an exemption reason stands in the breakdown. */
  readonly reason: "wanted" | "excluded";
  /** Identifiers of which the document has one; a second list where a second one is wanted. */
  readonly identifiers: readonly (readonly string[])[];
}

const SELLER = ["BT-31", "BT-32", "BT-63"];
const SELLER_VAT = ["BT-31", "BT-63"];

const FAMILIES: readonly Family[] = [
  family("BR-S", "S", "standard rated", "above_zero", "excluded", [SELLER]),
  family("BR-Z", "Z", "zero rated", "zero", "excluded", [SELLER]),
  family("BR-E", "E", "exempt from VAT", "zero", "wanted", [SELLER]),
  family("BR-AE", "AE", "reverse charge", "zero", "wanted", [SELLER, ["BT-48", "BT-47"]]),
  family("BR-IC", "K", "intra-community supply", "zero", "wanted", [SELLER_VAT, ["BT-48"]]),
  family("BR-G", "G", "export outside the EU", "zero", "wanted", [SELLER_VAT]),
  family("BR-O", "O", "not subject to VAT", "none", "wanted", []),
  family("BR-IG", "L", "IGIC", "zero_or_above", "excluded", [SELLER]),
  family("BR-IP", "M", "IPSI", "zero_or_above", "excluded", [SELLER]),
];

function family(
  prefix: string,
  code: string,
  name: string,
  rate: Family["rate"],
  reason: Family["reason"],
  identifiers: Family["identifiers"],
): Family {
  return { prefix, code, name, rate, reason, identifiers };
}

const ONE = new Big(1);

function id(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(2, "0")}`;
}

/** Categories with rates have a breakdown for each rate; of the others there is one. */
function rated(of: Family): boolean {
  return of.rate === "above_zero" || of.rate === "zero_or_above";
}

function breakdownGiven(of: Family): GroupRule {
  return {
    id: id(of.prefix, 1),
    text: `Amounts that are ${of.name} have ${rated(of) ? "a" : "one"} VAT breakdown.`,
    reach: DOCUMENT,
    on: "BG-0",
    terms: ["BG-23"],
    applies: (invoice) => usesCategory(invoice, of.code),
    test: (_, invoice) => {
      const count = invoice.breakdowns().filter((part) => part.value("BT-118") === of.code).length;
      if (count === 1 || (count > 1 && rated(of))) return HOLDS;
      return breaks(`There are ${count} with category ${of.code}.`);
    },
  };
}

function identifiersGiven(of: Family, { number, group, category }: VatPlace): GroupRule {
  const wanted = of.identifiers.map((list) => list.map(named).join(" or ")).join(", and ");
  const where = `${named(group)}, ${of.name}`;
  return {
    id: id(of.prefix, number),
    text:
      of.identifiers.length > 0
        ? `${where}: the document has ${wanted}.`
        : `${where}: no VAT identifier is given.`,
    reach: reachOf(group),
    on: "BG-0",
    terms: of.identifiers.length > 0 ? of.identifiers.flat() : ["BT-31", "BT-63", "BT-48"],
    applies: (invoice) => invoice.codes(category).has(of.code),
    test: (root) => {
      if (of.identifiers.length === 0) {
        const given = ["BT-31", "BT-63", "BT-48"].filter((term) => root.has(term));
        return given.length === 0 ? HOLDS : breaks(`There is ${given.map(named).join(" and ")}.`);
      }
      const missing = of.identifiers.filter((list) => !list.some((term) => root.has(term)));
      return missing.length === 0
        ? HOLDS
        : breaks(`${missing.map((list) => list.map(named).join(" or ")).join(", and ")} is missing.`);
    },
  };
}

const RATES: Readonly<
  Record<Family["rate"], { readonly text: string; readonly fits: (rate: Big) => boolean }>
> = {
  above_zero: { text: "above zero", fits: (rate) => rate.gt(ZERO) },
  zero: { text: "zero", fits: (rate) => rate.eq(ZERO) },
  zero_or_above: { text: "zero or above", fits: (rate) => rate.gte(ZERO) },
  none: { text: "not given", fits: () => false },
};

function rateFits(of: Family, { number, group, category, rate }: VatPlace): GroupRule {
  const { text, fits } = RATES[of.rate];
  return {
    id: id(of.prefix, number + 3),
    text: `${named(group)}, ${of.name}: the rate is ${text}.`,
    reach: reachOf(group),
    on: group,
    terms: [rate],
    applies: (invoice) => invoice.codes(category).has(of.code),
    test: (part) => {
      if (part.value(category) !== of.code) return null;
      const given = part.amount(rate);
      if (!given) return of.rate === "none" ? HOLDS : breaks("It has no rate.");
      return fits(given) ? HOLDS : breaks(`The rate is ${given.toFixed()} %.`);
    },
  };
}

/** CEN's artefacts compare the taxable amounts of rated categories to less than one unit, the others exactly. */
function taxableFits(of: Family, breakdown: Part, invoice: Invoice): Outcome {
  const own = breakdown.amount("BT-116");
  const rate = rated(of) ? breakdown.amount("BT-119") : null;
  if (!own || (rated(of) && !rate)) return null;
  if (invoice.profile.reach === "other" && !isComparable(invoice)) return null;
  const given = invoice
    .breakdowns()
    .filter((part) => part.value("BT-118") === of.code && (!rate || part.amount("BT-119")?.eq(rate)))
    .reduce((sum, part) => sum.plus(part.amount("BT-116") ?? ZERO), ZERO);
  const sum = invoice.taxable(of.code, rate);
  const fits =
    isRounded(given, sum) ||
    (rated(of) && isNear(given, sum, ONE)) ||
    (invoice.profile.reach === "extended" && given.minus(sum).abs().lte(invoice.extendedTolerance()));
  const at = rate ? ` at ${rate.toFixed()} %` : "";
  return fits
    ? holds(`Lines, allowances and charges${at} make ${shown(sum)}.`)
    : breaks(`Lines, allowances and charges${at} make ${shown(sum)}, not ${shown(given)}.`);
}

/** Outside EN 16931 a line may lack its amount or its VAT, or hold the VAT, and signs differ in credits. */
function isComparable(invoice: Invoice): boolean {
  const [lines, net] = ["BT-106", "BT-109"].map((id) => invoice.root.amount(id));
  const sum = invoice.lines.reduce((all, line) => all.plus(line.amount("BT-131") ?? ZERO), ZERO);
  return (
    invoice.lines.length > 0 &&
    (net?.gte(ZERO) ?? false) &&
    (lines ? isRounded(lines, sum) : false) &&
    invoice.taxed().every(({ amount, category, rate }) => amount && category && rate)
  );
}

function onBreakdown(
  of: Family,
  number: number,
  rest: Pick<GroupRule, "text" | "reach" | "terms">,
  test: (part: Part, invoice: Invoice) => Outcome,
): GroupRule {
  return {
    id: id(of.prefix, number),
    on: "BG-23",
    ...rest,
    applies: (invoice) => invoice.codes("BT-118").has(of.code),
    test: (part, invoice) => (part.value("BT-118") === of.code ? test(part, invoice) : null),
  };
}

function taxFits(of: Family): (part: Part) => Outcome {
  if (rated(of)) return taxOfRate;
  return (part) => {
    const tax = part.amount("BT-117");
    if (!tax) return null;
    return tax.eq(ZERO) ? HOLDS : breaks(`It is ${shown(tax)}.`);
  };
}

function rulesOf(of: Family): Rule[] {
  const breakdown = `A VAT breakdown that is ${of.name}`;
  return [
    breakdownGiven(of),
    ...VAT_PLACES.map((place) => identifiersGiven(of, place)),
    ...VAT_PLACES.map((place) => rateFits(of, place)),
    onBreakdown(
      of,
      8,
      {
        text: `${breakdown} taxes the sum of its lines and charges less allowances.`,
        reach: LINES,
        terms: ["BT-116"],
      },
      (part, invoice) => taxableFits(of, part, invoice),
    ),
    onBreakdown(
      of,
      9,
      {
        text: rated(of)
          ? `${breakdown} has its rate of the taxable amount as tax.`
          : `${breakdown} has no tax.`,
        reach: SUMS,
        terms: ["BT-117"],
      },
      taxFits(of),
    ),
    onBreakdown(
      of,
      10,
      {
        text: `${breakdown} has ${of.reason === "wanted" ? "an" : "no"} exemption reason.`,
        reach: DOCUMENT,
        terms: ["BT-120", "BT-121"],
      },
      (part) => {
        const given = part.has("BT-120") || part.has("BT-121");
        if (given === (of.reason === "wanted")) return HOLDS;
        return breaks(given ? "It has one." : "It has none.");
      },
    ),
  ];
}

/** The rules of the VAT categories (EN 16931-1, 6.4.4): ten for each, and those that stand alone. */
export const VAT_CATEGORIES: readonly Rule[] = [...FAMILIES.flatMap(rulesOf), ...SINGLE_CATEGORIES];
