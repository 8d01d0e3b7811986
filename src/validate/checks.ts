import { Big } from "big.js";
import { isValidIBAN } from "ibantools";
import type { Check, ExtractedData } from "../model/extraction.ts";
import { valueAt } from "../model/json-pointer.ts";

type Verdict = Check["verdict"];

/** A cent for every amount that was rounded by itself. */
const CENT = new Big("0.01");

function amountAt(data: ExtractedData, pointer: string): Big | null {
  const value = valueAt(data, pointer);
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? new Big(value) : null;
}

function rowsAt(data: ExtractedData, pointer: string): Record<string, unknown>[] {
  const value = valueAt(data, pointer);
  return Array.isArray(value)
    ? value.filter((row): row is Record<string, unknown> => typeof row === "object" && row !== null)
    : [];
}

function check(code: string, paths: readonly string[], verdict: Verdict, detail: string): Check {
  return { code, paths: [...paths], verdict, detail };
}

function near(a: Big, b: Big, cents: number): boolean {
  return a.minus(b).abs().lte(CENT.times(cents));
}

/** Every formal check that the data allows; what cannot be checked says so. */
export function runChecks(data: ExtractedData, required: readonly string[]): Check[] {
  return [checkRequired(data, required), checkDates(data), checkCurrency(data), ...checkIbans(data)];
}

/** The arithmetic that any document with amounts allows, as people write it: taxes inside or on top, signs left out. */
export function runArithmetic(data: ExtractedData): Check[] {
  return [checkTotals(data), checkLines(data), checkLineAmounts(data), checkTaxes(data), checkDue(data)];
}

function checkRequired(data: ExtractedData, required: readonly string[]): Check {
  const missing = required.filter((pointer) => valueAt(data, pointer) === undefined);
  if (required.length === 0)
    return check("required_present", [], "not_applicable", "This type requires no value.");
  return missing.length === 0
    ? check("required_present", required, "pass", "Every required value is present.")
    : check("required_present", missing, "fail", `Missing: ${missing.join(", ")}.`);
}

/** subtotal - discount + charge + tax + rounding = total (EN 16931 BR-CO-13, BR-CO-15), or prices hold the tax. */
function checkTotals(data: ExtractedData): Check {
  const paths = ["/subtotal", "/tax_total", "/total"];
  const subtotal = amountAt(data, "/subtotal");
  const total = amountAt(data, "/total");
  const tax = amountAt(data, "/tax_total");
  if (!subtotal || !total)
    return check("totals_add_up", paths, "not_applicable", "Subtotal or total is not given.");
  const zero = new Big(0);
  const discount = amountAt(data, "/discount_total") ?? zero;
  const charge = amountAt(data, "/charge_total") ?? zero;
  const rounding = amountAt(data, "/rounding") ?? zero;
  const tip = amountAt(data, "/tip") ?? zero;
  const taxes = tax ?? zero;
  const bases = [
    subtotal,
    subtotal.minus(discount.abs()),
    subtotal.plus(charge),
    subtotal.minus(discount.abs()).plus(charge),
  ];
  const sums = bases.flatMap((base) => [
    base.plus(taxes),
    base.plus(taxes).plus(rounding),
    base.plus(taxes).plus(tip),
    base.plus(taxes).plus(rounding).plus(tip),
  ]);
  if (sums.some((sum) => near(sum, total, 2)))
    return check(
      "totals_add_up",
      paths,
      "pass",
      `${subtotal.toFixed(2)} and tax ${taxes.toFixed(2)} make ${total.toFixed(2)}.`,
    );
  const inclusive = bases.some((base) => near(base, total, 2) || near(base.plus(rounding), total, 2));
  if (inclusive) return check("totals_add_up", paths, "pass", "The prices hold the tax.");
  return check(
    "totals_add_up",
    paths,
    "fail",
    `${subtotal.toFixed(2)} and tax ${taxes.toFixed(2)} do not make ${total.toFixed(2)}.`,
  );
}

function checkLines(data: ExtractedData): Check {
  const rows = rowsAt(data, "/line_items");
  const paths = ["/line_items", "/subtotal", "/total"];
  const amounts = rows
    .map((row) => row["amount"])
    .filter((value): value is string => typeof value === "string");
  if (amounts.length === 0 || amounts.length < rows.length) {
    return check("lines_add_up", paths, "not_applicable", "Not every line has an amount.");
  }
  const sum = amounts.reduce((total, amount) => total.plus(amount), new Big(0));
  const zero = new Big(0);
  const discount = (amountAt(data, "/discount_total") ?? zero).abs();
  const targets = ["/subtotal", "/total", "/line_total"].flatMap((pointer) => amountAt(data, pointer) ?? []);
  if (targets.length === 0)
    return check("lines_add_up", paths, "not_applicable", "No total to compare with.");
  const charge = amountAt(data, "/charge_total") ?? zero;
  const sums = [sum, sum.minus(discount), sum.plus(charge), sum.minus(discount).plus(charge)];
  const agrees = targets.some((target) =>
    sums.some((one) => near(one, target, Math.max(2, amounts.length / 2))),
  );
  return agrees
    ? check("lines_add_up", paths, "pass", `${amounts.length} lines make ${sum.toFixed(2)}.`)
    : check(
        "lines_add_up",
        paths,
        "fail",
        `${amounts.length} lines make ${sum.toFixed(2)}, which is neither subtotal nor total.`,
      );
}

function checkLineAmounts(data: ExtractedData): Check {
  const wrong: string[] = [];
  let counted = 0;
  for (const [index, row] of rowsAt(data, "/line_items").entries()) {
    const [quantity, price, amount] = ["quantity", "unit_price", "amount"].map((key) => row[key]);
    if (typeof quantity !== "string" || typeof price !== "string" || typeof amount !== "string") continue;
    counted += 1;
    const product = new Big(quantity).times(price).div(baseOf(row));
    const discounted = row["discount"] !== undefined && product.abs().gte(new Big(amount).abs());
    const charged = row["charge"] !== undefined;
    if (!near(product, new Big(amount), 2) && !discounted && !charged)
      wrong.push(`/line_items/${index}/amount`);
  }
  if (counted === 0)
    return check(
      "line_amounts",
      ["/line_items"],
      "not_applicable",
      "No line has quantity, price and amount.",
    );
  return wrong.length === 0
    ? check(
        "line_amounts",
        ["/line_items"],
        "pass",
        `Quantity times price is the amount in ${counted} lines.`,
      )
    : check(
        "line_amounts",
        wrong,
        "fail",
        `Quantity times price is not the amount in ${wrong.length} of ${counted} lines.`,
      );
}

/** How many units a price is for (EN 16931 BT-149). */
function baseOf(row: Record<string, unknown>): Big {
  const base = row["price_base_quantity"];
  const given = typeof base === "string" && /^\d+(?:\.\d+)?$/.test(base) ? new Big(base) : new Big(1);
  return given.eq(0) ? new Big(1) : given;
}

function checkTaxes(data: ExtractedData): Check {
  const rows = rowsAt(data, "/taxes");
  const wrong: string[] = [];
  let sum = new Big(0);
  let counted = 0;
  for (const [index, row] of rows.entries()) {
    const { rate, taxable_amount: base, amount } = row;
    if (typeof amount !== "string") continue;
    sum = sum.plus(amount);
    if (typeof rate !== "string" || typeof base !== "string") continue;
    counted += 1;
    if (!near(new Big(base).times(rate).div(100), new Big(amount), 3)) wrong.push(`/taxes/${index}/amount`);
  }
  const total = amountAt(data, "/tax_total");
  if (counted === 0)
    return check("taxes_by_rate", ["/taxes"], "not_applicable", "No tax is given with its rate and base.");
  if (wrong.length > 0) return check("taxes_by_rate", wrong, "fail", "Rate times base is not the tax.");
  if (total && !near(sum, total, rows.length + 1)) {
    return check(
      "taxes_by_rate",
      ["/taxes", "/tax_total"],
      "fail",
      `Taxes by rate make ${sum.toFixed(2)}, not ${total.toFixed(2)}.`,
    );
  }
  return check("taxes_by_rate", ["/taxes"], "pass", `Rate times base is the tax in ${counted} rows.`);
}

function checkDue(data: ExtractedData): Check {
  const paths = ["/total", "/prepaid", "/amount_due"];
  const total = amountAt(data, "/total");
  const due = amountAt(data, "/amount_due");
  if (!total || !due)
    return check("amount_due", paths, "not_applicable", "Total or amount due is not given.");
  const zero = new Big(0);
  const prepaid = (amountAt(data, "/prepaid") ?? zero).abs();
  const previous = amountAt(data, "/previous_balance") ?? zero;
  const rounding = amountAt(data, "/rounding") ?? zero;
  const expected = total.minus(prepaid);
  const sums = [
    expected,
    expected.plus(previous),
    expected.plus(rounding),
    expected.plus(previous).plus(rounding),
  ];
  return sums.some((sum) => near(sum, due, 2))
    ? check("amount_due", paths, "pass", "Total less what was paid is the amount due.")
    : check(
        "amount_due",
        paths,
        "fail",
        `${total.toFixed(2)} less ${prepaid.toFixed(2)} is not ${due.toFixed(2)}.`,
      );
}

/** Pairs of dates of which the first is not later than the second. */
const ORDERED: readonly (readonly [string, string])[] = [
  ["/invoice_date", "/due_date"],
  ["/order_date", "/delivery_date"],
  ["/service_start_date", "/service_end_date"],
];

function checkDates(data: ExtractedData): Check {
  const wrong: string[] = [];
  const seen: string[] = [];
  for (const [first, second] of ORDERED) {
    const [a, b] = [valueAt(data, first), valueAt(data, second)];
    if (typeof a !== "string" || typeof b !== "string") continue;
    seen.push(first, second);
    if (a > b) wrong.push(first, second);
  }
  if (seen.length === 0)
    return check("dates_in_order", [], "not_applicable", "There are no two dates to compare.");
  return wrong.length === 0
    ? check("dates_in_order", seen, "pass", "Dates follow each other.")
    : check("dates_in_order", wrong, "fail", "A date is before the date that it has to follow.");
}

function checkCurrency(data: ExtractedData): Check {
  if (amountAt(data, "/total") === null)
    return check("currency_present", ["/currency"], "not_applicable", "There is no total.");
  return typeof data["currency"] === "string"
    ? check("currency_present", ["/currency"], "pass", "The amounts have a currency.")
    : check("currency_present", ["/currency"], "fail", "No word of the document tells the currency.");
}

function checkIbans(data: ExtractedData): Check[] {
  return rowsAt(data, "/bank_accounts").flatMap((row, index) => {
    const { iban } = row;
    if (typeof iban !== "string") return [];
    const path = `/bank_accounts/${index}/iban`;
    return isValidIBAN(iban)
      ? [check("iban_checksum", [path], "pass", "Country, length and check digits are right (ISO 13616).")]
      : [check("iban_checksum", [path], "fail", "The check digits are wrong: read again before paying.")];
  });
}
