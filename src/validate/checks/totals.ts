import { Big } from "big.js";
import type { ExtractedData } from "../../model/extraction.ts";
import { amountAt, type DocumentCheck, near, rowsAt } from "./check.ts";

const ZERO = new Big(0);

/** subtotal - discount + charge + tax + rounding = total (EN 16931 BR-CO-13, BR-CO-15), or prices hold the tax. */
export const totalsAddUp: DocumentCheck = {
  paths: ["/subtotal", "/tax_total", "/total"],
  proves: "Subtotal, discounts, charges and taxes make the total.",
  strength: "proof",
  superseded: true,
  run: ({ data }, report) => {
    const { paths } = totalsAddUp;
    const subtotal = amountAt(data, "/subtotal");
    const total = amountAt(data, "/total");
    if (!subtotal || !total) return [report.skip(paths, "Subtotal or total is not given.")];
    const tax = amountAt(data, "/tax_total") ?? ZERO;
    const { bases, sums } = sumsOf(data, subtotal, tax);
    const said = `${subtotal.toFixed(2)} and tax ${tax.toFixed(2)}`;
    if (sums.some((sum) => near(sum, total, 2)))
      return [report.pass(paths, `${said} make ${total.toFixed(2)}.`)];
    const rounding = amountAt(data, "/rounding") ?? ZERO;
    const inclusive = bases.some((base) => near(base, total, 2) || near(base.plus(rounding), total, 2));
    if (inclusive) return [report.pass(paths, "The prices hold the tax.")];
    return [report.fail(paths, `${said} do not make ${total.toFixed(2)}.`)];
  },
};

function sumsOf(data: ExtractedData, subtotal: Big, tax: Big): { bases: Big[]; sums: Big[] } {
  const discount = (amountAt(data, "/discount_total") ?? ZERO).abs();
  const charge = amountAt(data, "/charge_total") ?? ZERO;
  const rounding = amountAt(data, "/rounding") ?? ZERO;
  const tip = amountAt(data, "/tip") ?? ZERO;
  const bases = [
    subtotal,
    subtotal.minus(discount),
    subtotal.plus(charge),
    subtotal.minus(discount).plus(charge),
  ];
  const sums = bases.flatMap((base) => [
    base.plus(tax),
    base.plus(tax).plus(rounding),
    base.plus(tax).plus(tip),
    base.plus(tax).plus(rounding).plus(tip),
  ]);
  return { bases, sums };
}

/** Lines make the subtotal or the total, with or without discounts and charges. */
export const linesAddUp: DocumentCheck = {
  paths: ["/line_items", "/subtotal", "/total"],
  proves: "The lines' amounts make the subtotal or the total: no line is missing or read twice.",
  strength: "proof",
  superseded: true,
  run: ({ data }, report) => {
    const { paths } = linesAddUp;
    const rows = rowsAt(data, "/line_items");
    const amounts = rows.map((row) => row["amount"]).filter((value) => typeof value === "string");
    if (amounts.length === 0 || amounts.length < rows.length)
      return [report.skip(paths, "Not every line has an amount.")];
    const sum = amounts.reduce((total, amount) => total.plus(amount), ZERO);
    const targets = ["/subtotal", "/total", "/line_total"].flatMap(
      (pointer) => amountAt(data, pointer) ?? [],
    );
    if (targets.length === 0) return [report.skip(paths, "No total to compare with.")];
    const discount = (amountAt(data, "/discount_total") ?? ZERO).abs();
    const charge = amountAt(data, "/charge_total") ?? ZERO;
    const sums = [sum, sum.minus(discount), sum.plus(charge), sum.minus(discount).plus(charge)];
    const cents = Math.max(2, amounts.length / 2);
    const agrees = targets.some((target) => sums.some((one) => near(one, target, cents)));
    const said = `${amounts.length} lines make ${sum.toFixed(2)}`;
    return agrees
      ? [report.pass(paths, `${said}.`)]
      : [report.fail(paths, `${said}, which is neither subtotal nor total.`)];
  },
};

/** Quantity times price is the line's amount. */
export const lineAmounts: DocumentCheck = {
  paths: ["/line_items/*/amount"],
  proves: "In each line, quantity times price is the amount.",
  strength: "proof",
  superseded: true,
  run: ({ data }, report) => {
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
    if (counted === 0) return [report.skip(["/line_items"], "No line has quantity, price and amount.")];
    return wrong.length === 0
      ? [report.pass(["/line_items"], `Quantity times price is the amount in ${counted} lines.`)]
      : [
          report.fail(
            wrong,
            `Quantity times price is not the amount in ${wrong.length} of ${counted} lines.`,
          ),
        ];
  },
};

/** How many units a price is for (EN 16931 BT-149). */
function baseOf(row: Record<string, unknown>): Big {
  const base = row["price_base_quantity"];
  const given = typeof base === "string" && /^\d+(?:\.\d+)?$/.test(base) ? new Big(base) : new Big(1);
  return given.eq(0) ? new Big(1) : given;
}

/** Rate times base is the tax, and the taxes make the tax total (EN 16931 BR-CO-14, BR-CO-17). */
export const taxesByRate: DocumentCheck = {
  paths: ["/taxes/*/amount", "/tax_total"],
  proves: "Each tax is its rate times its base, and together they are the tax total.",
  strength: "proof",
  superseded: true,
  run: ({ data }, report) => {
    const rows = rowsAt(data, "/taxes");
    const wrong: string[] = [];
    let sum = ZERO;
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
    if (counted === 0) return [report.skip(["/taxes"], "No tax is given with its rate and base.")];
    if (wrong.length > 0) return [report.fail(wrong, "Rate times base is not the tax.")];
    if (total && !near(sum, total, rows.length + 1)) {
      const said = `Taxes by rate make ${sum.toFixed(2)}, not ${total.toFixed(2)}.`;
      return [report.fail(["/taxes", "/tax_total"], said)];
    }
    return [report.pass(["/taxes"], `Rate times base is the tax in ${counted} rows.`)];
  },
};

/** Total less what was paid is the amount due (EN 16931 BR-CO-16). */
export const amountDue: DocumentCheck = {
  paths: ["/total", "/prepaid", "/amount_due"],
  proves: "The total less what was paid, with an earlier balance, is the amount due.",
  strength: "proof",
  superseded: true,
  run: ({ data }, report) => {
    const { paths } = amountDue;
    const total = amountAt(data, "/total");
    const due = amountAt(data, "/amount_due");
    if (!total || !due) return [report.skip(paths, "Total or amount due is not given.")];
    const prepaid = (amountAt(data, "/prepaid") ?? ZERO).abs();
    const previous = amountAt(data, "/previous_balance") ?? ZERO;
    const rounding = amountAt(data, "/rounding") ?? ZERO;
    const expected = total.minus(prepaid);
    const sums = [
      expected,
      expected.plus(previous),
      expected.plus(rounding),
      expected.plus(previous).plus(rounding),
    ];
    return sums.some((sum) => near(sum, due, 2))
      ? [report.pass(paths, "Total less what was paid is the amount due.")]
      : [report.fail(paths, `${total.toFixed(2)} less ${prepaid.toFixed(2)} is not ${due.toFixed(2)}.`)];
  },
};

/** Money that an invoice gives back makes it a credit note. */
export const totalSign: DocumentCheck = {
  paths: ["/total"],
  proves: "The total is not negative: the document asks for money.",
  strength: "guard",
  run: ({ data }, report) => {
    const { paths } = totalSign;
    const total = amountAt(data, "/total");
    if (!total) return [report.skip(paths, "There is no total.")];
    return total.lt(0)
      ? [report.fail(paths, `The total is ${total.toFixed(2)}: it may be a credit note, or a misread sign.`)]
      : [report.pass(paths, "The total is not negative.")];
  },
};
