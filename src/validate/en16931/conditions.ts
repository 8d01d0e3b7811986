import { Big } from "big.js";
import { isNear, isRounded, shown, ZERO } from "./decimal.ts";
import type { Invoice, Part } from "./invoice.ts";
import {
  ALL,
  breaks,
  DOCUMENT,
  FULL,
  type GroupRule,
  HOLDS,
  holds,
  LINES,
  named,
  type Outcome,
  requires,
  type Rule,
  SUMS,
} from "./rule.ts";
import { COUNTRIES } from "./code-lists.ts";

const ONE = new Big(1);
const HUNDRED = new Big(100);
const HALF = new Big("0.5");

/** What a total is compared with: rounded to two decimals, or within what Factur-X EXTENDED allows. */
function equals(given: Big, exact: Big, invoice: Invoice): boolean {
  if (isRounded(given, exact)) return true;
  return invoice.profile.reach === "extended" && given.minus(exact).abs().lte(invoice.extendedTolerance());
}

function compared(given: Big, exact: Big, how: string, invoice: Invoice): Outcome {
  return equals(given, exact, invoice)
    ? holds(`${shown(given)} = ${how}.`)
    : breaks(`${shown(given)} is not ${how === shown(exact) ? how : `${how} = ${shown(exact)}`}.`);
}

/** A total of the document against the sum of a term of its groups. */
function totals(id: string, total: string, group: string, term: string): GroupRule {
  return {
    id,
    text: `${named(total)} is the sum of ${named(term)}.`,
    reach: group === "BG-25" ? LINES : SUMS,
    on: "BG-22",
    terms: [total],
    test: (sums, invoice) => {
      const given = sums.amount(total);
      const amounts = invoice.parts(group).map((part) => part.amount(term));
      const known = amounts.filter((amount) => amount !== null);
      const sum = known.reduce((all, amount) => all.plus(amount), ZERO);
      const how = known.length === 1 ? "the one amount" : `the sum of ${known.length} amounts`;
      if (invoice.profile.reach === "other") {
        if (!given || known.length === 0 || known.length < amounts.length) return null;
        return looselyCompared(given, sum, how, sums, invoice);
      }
      if (given) return compared(given, sum, how, invoice);
      if (known.length === 0 || group === "BG-25") return null;
      return breaks(`${named(total)} is missing, and there is ${how} = ${shown(sum)}.`);
    },
  };
}

/** Outside EN 16931 lines may hold the VAT, and what is deducted may be written below zero. */
function looselyCompared(given: Big, sum: Big, how: string, sums: Part, invoice: Invoice): Outcome {
  const gross = sums.amount("BT-112");
  if (isRounded(given.abs(), sum.abs())) return HOLDS;
  if (gross && isRounded(gross, sum)) return holds(`The lines make the total with VAT, ${shown(gross)}.`);
  return compared(given, sum, how, invoice);
}

/** The lines less allowances and with charges; null where the sum of the lines is not given. */
function netOf(sums: Part): { readonly net: Big; readonly how: string } | null {
  const [lines, allowances, charges] = ["BT-106", "BT-107", "BT-108"].map((id) => sums.amount(id));
  if (!lines) return null;
  const how = [shown(lines), allowances && `- ${shown(allowances)}`, charges && `+ ${shown(charges)}`];
  return {
    net: lines.minus(allowances ?? ZERO).plus(charges ?? ZERO),
    how: how.filter((part) => part).join(" "),
  };
}

/** OIOUBL writes the VAT where EN 16931 has the total without it. */
function writesVatAsNet(sums: Part, invoice: Invoice): boolean {
  const [net, vat] = ["BT-109", "BT-110"].map((id) => sums.amount(id));
  return invoice.profile.reach === "other" && Boolean(net && vat && net.eq(vat));
}

function withoutVat(sums: Part, invoice: Invoice): Outcome {
  const total = sums.amount("BT-109");
  const exact = netOf(sums);
  if (!total || !exact || writesVatAsNet(sums, invoice)) return null;
  return compared(total, exact.net, exact.how, invoice);
}

/** Documents before EN 16931 count the rounding into the total with VAT, those of Italy a stamp duty. */
function withVat(sums: Part, invoice: Invoice): Outcome {
  const total = sums.amount("BT-112");
  const net = writesVatAsNet(sums, invoice) ? netOf(sums)?.net : sums.amount("BT-109");
  if (!net || !total) return null;
  const { reach } = invoice.profile;
  const loose = reach === "other" || reach === "minimum";
  const isForeign = !loose && isOtherCurrency(sums.term("BT-110")?.currency, invoice);
  const vat = isForeign ? null : sums.amount("BT-110");
  if (!vat && loose) return null;
  const exact = net.plus(vat ?? ZERO);
  const beside = loose ? [sums.amount("BT-114"), invoice.root.amount("stamp_duty")] : [];
  const extra = beside.find((amount) => amount && isRounded(total, exact.plus(amount)));
  if (extra) return holds(`${shown(total)} = ${shown(exact)} + ${shown(extra)}.`);
  return compared(total, exact, vat ? `${shown(net)} + ${shown(vat)}` : shown(net), invoice);
}

function isOtherCurrency(currency: string | undefined, invoice: Invoice): boolean {
  const own = invoice.root.value("BT-5");
  return currency !== undefined && own !== null && currency !== own;
}

/**
 * FatturaPA tells what is paid, less what is withheld; XRechnung's extension adds payments to third parties (BR-DEX-09);
 * outside EN 16931 nothing may be due of a total, and the rounding may be part of it.
 */
function amountDue(sums: Part, invoice: Invoice): Outcome {
  const [total, paid, rounding, due] = ["BT-112", "BT-113", "BT-114", "BT-115"].map((id) => sums.amount(id));
  if (!total || !due || invoice.document.syntax === "fatturapa" || invoice.profile.thirdPayments) return null;
  const open = total.minus(paid ?? ZERO);
  if (invoice.profile.reach === "other" && (due.eq(ZERO) || isRounded(due, open))) return HOLDS;
  const how = [shown(total), paid && `- ${shown(paid)}`, rounding && `+ ${shown(rounding)}`];
  return compared(due, open.plus(rounding ?? ZERO), how.filter((part) => part).join(" "), invoice);
}

/** CEN's artefacts allow less than one unit of currency between rate times base and the tax, whatever the signs. */
export function taxOfRate(breakdown: Part): Outcome {
  const [base, tax, rate] = ["BT-116", "BT-117", "BT-119"].map((id) => breakdown.amount(id));
  if (!base || !tax) return null;
  if (!rate) return tax.abs().lt(HALF) ? HOLDS : breaks(`${shown(tax)} is charged without a rate.`);
  const exact = base.abs().times(rate).div(HUNDRED).round(2, 1);
  return isNear(tax.abs(), exact, ONE)
    ? holds(`${shown(base)} at ${rate.toFixed()} % is ${shown(tax)}.`)
    : breaks(`${shown(base)} at ${rate.toFixed()} % is ${shown(exact)}, not ${shown(tax)}.`);
}

function periodGiven(id: string, group: string, start: string, end: string): GroupRule {
  return {
    id,
    text: `${named(group)} has a start or an end.`,
    reach: group === "BG-26" ? FULL : DOCUMENT,
    on: group,
    terms: [start, end],
    test: (period, { root }) =>
      period.has(start) || period.has(end) || (group === "BG-14" && root.has("BT-8"))
        ? HOLDS
        : breaks("Neither is given."),
  };
}

/**
 * BR-CO-03 to BR-CO-26: conditions and calculations (EN 16931-1, 6.4.2 and 6.4.3), with the tolerances of CEN's artefacts.
 * BR-CO-05 to BR-CO-08 compare a reason's words with its code, which no artefact can do.
 */
export const CONDITIONS: readonly Rule[] = [
  {
    id: "BR-CO-03",
    text: `${named("BT-7")} and ${named("BT-8")} exclude each other.`,
    reach: DOCUMENT,
    on: "BG-0",
    terms: ["BT-7", "BT-8"],
    test: (root) => {
      const both = root.has("BT-7") && root.has("BT-8");
      if (!root.has("BT-7") && !root.has("BT-8")) return null;
      return both ? breaks("Both are given.") : HOLDS;
    },
  },
  requires("BR-CO-04", "BG-25", ["BT-151"], FULL),
  {
    id: "BR-CO-09",
    text: "A VAT identifier begins with the code of its country (ISO 3166-1; EL for Greece).",
    reach: DOCUMENT,
    each: ["BT-31", "BT-48", "BT-63"],
    test: ({ value }) => {
      const country = value.trim().slice(0, 2);
      return country === "EL" || COUNTRIES.has(country)
        ? HOLDS
        : breaks(`"${value}" does not begin with a country.`);
    },
  },
  totals("BR-CO-10", "BT-106", "BG-25", "BT-131"),
  totals("BR-CO-11", "BT-107", "BG-20", "BT-92"),
  totals("BR-CO-12", "BT-108", "BG-21", "BT-99"),
  {
    id: "BR-CO-13",
    text: `${named("BT-109")} is the lines less allowances and with charges.`,
    reach: SUMS,
    on: "BG-22",
    terms: ["BT-106", "BT-107", "BT-108", "BT-109"],
    test: withoutVat,
  },
  {
    id: "BR-CO-14",
    text: `${named("BT-110")} is the sum of ${named("BT-117")}.`,
    reach: SUMS,
    on: "BG-22",
    terms: ["BT-110"],
    test: (sums, invoice) => {
      if (isOtherCurrency(sums.term("BT-110")?.currency, invoice)) return null;
      const given = sums.amount("BT-110");
      const taxes = invoice.breakdowns().flatMap((part) => part.amount("BT-117") ?? []);
      if (!given || taxes.length === 0) return null;
      const sum = taxes.reduce((all, tax) => all.plus(tax), ZERO);
      return compared(given, sum, taxes.map(shown).join(" + "), invoice);
    },
  },
  {
    id: "BR-CO-15",
    text: `${named("BT-112")} is the total without VAT and the VAT.`,
    reach: ALL,
    on: "BG-22",
    terms: ["BT-109", "BT-110", "BT-112"],
    test: withVat,
  },
  {
    id: "BR-CO-16",
    text: `${named("BT-115")} is the total with VAT less what was paid and with the rounding.`,
    reach: SUMS,
    on: "BG-22",
    terms: ["BT-112", "BT-113", "BT-114", "BT-115"],
    test: amountDue,
  },
  {
    id: "BR-CO-17",
    text: `${named("BT-117")} is the taxable amount times the rate.`,
    reach: ["full", "without_lines", "other"],
    on: "BG-23",
    terms: ["BT-116", "BT-117", "BT-119"],
    test: taxOfRate,
  },
  {
    id: "BR-CO-18",
    text: `The document has ${named("BG-23")}.`,
    reach: DOCUMENT,
    on: "BG-0",
    terms: ["BG-23"],
    test: (root) => (root.parts("BG-23").length > 0 ? HOLDS : breaks(`${named("BG-23")} is missing.`)),
  },
  periodGiven("BR-CO-19", "BG-14", "BT-73", "BT-74"),
  periodGiven("BR-CO-20", "BG-26", "BT-134", "BT-135"),
  requires("BR-CO-21", "BG-20", ["BT-97", "BT-98"]),
  requires("BR-CO-22", "BG-21", ["BT-104", "BT-105"]),
  requires("BR-CO-23", "BG-27", ["BT-139", "BT-140"], FULL),
  requires("BR-CO-24", "BG-28", ["BT-144", "BT-145"], FULL),
  {
    id: "BR-CO-25",
    text: `With an amount due there is ${named("BT-9")} or ${named("BT-20")}.`,
    reach: DOCUMENT,
    on: "BG-0",
    terms: ["BT-9", "BT-20"],
    test: (root, { document }) => {
      const due = root.amount("BT-115");
      if (!due || document.kind === "credit_note") return null;
      if (due.lte(ZERO) || root.has("BT-9") || root.has("BT-20")) return HOLDS;
      return breaks(`${shown(due)} is due, and neither is given.`);
    },
  },
  requires("BR-CO-26", "BG-4", ["BT-29", "BT-30", "BT-31"]),
];
