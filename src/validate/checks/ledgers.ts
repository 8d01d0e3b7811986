import { Big } from "big.js";
import { amountAt, amountOf, type DocumentCheck, near, rowsAt } from "./check.ts";

const ZERO = new Big(0);

/** Money that a transaction brings in; null where it says nothing. */
function movementOf(row: Record<string, unknown>): Big | null {
  const amount = amountOf(row["amount"]);
  if (amount) return amount;
  const credit = amountOf(row["credit"]);
  const debit = amountOf(row["debit"]);
  if (!credit && !debit) return null;
  return (credit ?? ZERO).abs().minus((debit ?? ZERO).abs());
}

/** opening + in - out = closing. */
export const balancesClose: DocumentCheck = {
  paths: ["/opening_balance", "/total_credits", "/total_debits", "/transactions", "/closing_balance"],
  proves: "The opening balance with all that came in and went out is the closing balance.",
  strength: "proof",
  run: ({ data }, report) => {
    const { paths } = balancesClose;
    const opening = amountAt(data, "/opening_balance");
    const closing = amountAt(data, "/closing_balance");
    if (!opening || !closing) return [report.skip(paths, "Opening or closing balance is not given.")];
    const credits = amountAt(data, "/total_credits");
    const debits = amountAt(data, "/total_debits");
    const movements = rowsAt(data, "/transactions").map(movementOf);
    const sums: Big[] = [];
    if (credits && debits) sums.push(opening.plus(credits.abs()).minus(debits.abs()));
    const known = movements.filter((movement) => movement !== null);
    if (known.length > 0 && known.length === movements.length)
      sums.push(known.reduce((sum, movement) => sum.plus(movement), opening));
    if (sums.length === 0) return [report.skip(paths, "What came in and went out is not given.")];
    return sums.every((sum) => near(sum, closing, 1))
      ? [report.pass(paths, `The balance goes from ${opening.toFixed(2)} to ${closing.toFixed(2)}.`)]
      : [
          report.fail(
            paths,
            `What came in and went out makes ${sums.map((sum) => sum.toFixed(2)).join(" or ")} of ${opening.toFixed(2)}, not ${closing.toFixed(2)}.`,
          ),
        ];
  },
};

/** Each printed balance follows from the one before it. */
export const runningBalance: DocumentCheck = {
  paths: ["/transactions/*/balance"],
  proves: "Each balance beside a transaction follows from the one before: none is missing or misread.",
  strength: "proof",
  run: ({ data }, report) => {
    let before = amountAt(data, "/opening_balance");
    const wrong: string[] = [];
    let counted = 0;
    for (const [index, row] of rowsAt(data, "/transactions").entries()) {
      const movement = movementOf(row);
      const balance = amountOf(row["balance"]);
      const expected = before && movement ? before.plus(movement) : null;
      if (balance && expected) {
        counted += 1;
        if (!near(balance, expected, 1)) wrong.push(`/transactions/${index}/balance`);
      }
      before = balance ?? expected;
    }
    if (counted === 0) return [report.skip(["/transactions"], "No balance follows from another one.")];
    return wrong.length === 0
      ? [report.pass(["/transactions"], `${counted} balances follow from one another.`)]
      : [report.fail(wrong, `${wrong.length} of ${counted} balances do not follow from the one before.`)];
  },
};

/** gross - deductions - taxes = net. */
export const netPay: DocumentCheck = {
  paths: ["/gross_pay", "/total_deductions", "/total_taxes", "/net_pay"],
  proves: "Gross pay less deductions and taxes is net pay.",
  strength: "proof",
  run: ({ data }, report) => {
    const { paths } = netPay;
    const gross = amountAt(data, "/gross_pay");
    const net = amountAt(data, "/net_pay");
    if (!gross || !net) return [report.skip(paths, "Gross or net pay is not given.")];
    const listed = sumOf(rowsAt(data, "/deductions"));
    const total = amountAt(data, "/total_deductions")?.abs() ?? null;
    const taxes = amountAt(data, "/total_taxes")?.abs() ?? null;
    // Taxes may be among the deductions or beside them.
    const taken = [
      total,
      taxes,
      listed,
      total && taxes ? total.plus(taxes) : null,
      listed && taxes ? listed.plus(taxes) : null,
    ].filter((one) => one !== null);
    if (taken.length === 0) return [report.skip(paths, "Deductions are not given.")];
    return taken.some((one) => near(gross.minus(one), net, 2))
      ? [report.pass(paths, "Gross pay less what is taken is net pay.")]
      : [report.fail(paths, `${gross.toFixed(2)} less what is taken is not ${net.toFixed(2)}.`)];
  },
};

/** Earnings make gross pay. */
export const earningsAddUp: DocumentCheck = {
  paths: ["/earnings/*/amount", "/gross_pay"],
  proves: "The earnings make gross pay.",
  strength: "proof",
  run: ({ data }, report) => {
    const paths = ["/earnings", "/gross_pay"];
    const gross = amountAt(data, "/gross_pay");
    const rows = rowsAt(data, "/earnings");
    const sum = sumOf(rows);
    if (!gross || !sum) return [report.skip(paths, "Gross pay or an earning's amount is not given.")];
    return near(sum, gross, 2)
      ? [report.pass(paths, `${rows.length} earnings make ${gross.toFixed(2)}.`)]
      : [report.fail(paths, `Earnings make ${sum.toFixed(2)}, not ${gross.toFixed(2)}.`)];
  },
};

/** The sum of all amounts, by size; null unless every row has one. */
function sumOf(rows: readonly Record<string, unknown>[]): Big | null {
  const amounts = rows.map((row) => amountOf(row["amount"]));
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0 || known.length < rows.length) return null;
  const sum = known.reduce((total, amount) => total.plus(amount), ZERO);
  return known.every((amount) => amount.lte(0)) ? sum.abs() : sum;
}

/** Gas meters count cubic metres and bills kilowatt hours: the factor between them lies in here. */
const GAS_FACTOR = [8, 13] as const;

/** current - previous = consumption. */
export const meterReadings: DocumentCheck = {
  paths: ["/meters/*/previous_reading", "/meters/*/current_reading", "/meters/*/consumption"],
  proves: "The two readings of a meter give what was used.",
  strength: "proof",
  run: ({ data }, report) => {
    const wrong: string[] = [];
    let counted = 0;
    for (const [index, row] of rowsAt(data, "/meters").entries()) {
      const previous = amountOf(row["previous_reading"]);
      const current = amountOf(row["current_reading"]);
      const used = amountOf(row["consumption"]);
      // A meter that was changed or has gone round begins anew.
      if (!previous || !current || !used || current.lt(previous)) continue;
      const difference = current.minus(previous);
      const factor = difference.eq(0) ? 0 : Number(used.div(difference).toFixed(4));
      if (factor >= GAS_FACTOR[0] && factor <= GAS_FACTOR[1]) continue;
      counted += 1;
      if (difference.minus(used).abs().gt(1)) wrong.push(`/meters/${index}/consumption`);
    }
    if (counted === 0) return [report.skip(["/meters"], "No meter is given with both readings and its use.")];
    return wrong.length === 0
      ? [report.pass(["/meters"], `The readings of ${counted} meters give what was used.`)]
      : [report.fail(wrong, `Of ${wrong.length} meters the readings do not give what was used.`)];
  },
};
