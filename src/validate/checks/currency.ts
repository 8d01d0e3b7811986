import { amountAt, amountOf, type DocumentCheck, textAt } from "./check.ts";
import { valueAt } from "../../model/json-pointer.ts";

/** An amount without a currency says little. */
export const currencyPresent: DocumentCheck = {
  paths: ["/currency"],
  proves: "The document tells which currency its amounts are in.",
  strength: "guard",
  run: ({ data }, report) => {
    const { paths } = currencyPresent;
    if (amountAt(data, "/total") === null) return [report.skip(paths, "There is no total.")];
    return typeof data["currency"] === "string"
      ? [report.pass(paths, "The amounts have a currency.")]
      : [report.fail(paths, "No word of the document tells the currency.")];
  },
};

/** Signs with the currencies that use them. */
const SIGNS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/R\$/, ["BRL"]],
  [/€/, ["EUR"]],
  [/£/, ["GBP", "EGP", "GIP", "FKP", "SHP"]],
  [/₹/, ["INR"]],
  [/¥|￥/, ["JPY", "CNY"]],
  [/₩/, ["KRW"]],
  [/₺/, ["TRY"]],
  [/₽/, ["RUB"]],
  [/₪/, ["ILS"]],
  [/zł/i, ["PLN"]],
  [/Kč/i, ["CZK"]],
];
const CODE =
  /(?<![\p{L}])(EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|BRL|MXN|ZAR|SGD|MYR|HKD|THB|IDR|KRW|AED|SAR|ILS)(?![\p{L}])/u;

function printedIn(content: string): readonly string[] {
  const code = CODE.exec(content)?.[1];
  if (code !== undefined) return [code];
  return SIGNS.find(([sign]) => sign.test(content))?.[1] ?? [];
}

/** Amounts are printed in the document's currency. */
export const currencyAgrees: DocumentCheck = {
  paths: ["/currency"],
  proves: "Every amount that is printed with a currency is in the document's own.",
  strength: "guard",
  run: ({ data, evidence }, report) => {
    const { paths } = currencyAgrees;
    const own = textAt(data, "/currency");
    if (own === null) return [report.skip(paths, "The document's currency is not known.")];
    const wrong: string[] = [];
    let seen = 0;
    for (const [pointer, { content }] of Object.entries(evidence)) {
      // The tax in its own currency is meant to differ (EN 16931 BT-111).
      if (pointer.includes("tax_currency") || amountOf(valueAt(data, pointer)) === null) continue;
      const printed = printedIn(content);
      if (printed.length === 0) continue;
      seen += 1;
      if (!printed.includes(own)) wrong.push(pointer);
    }
    if (seen === 0) return [report.skip(paths, "No amount is printed with its currency.")];
    return wrong.length === 0
      ? [report.pass(paths, `${seen} amounts are printed in ${own}.`)]
      : [
          report.fail(
            wrong,
            `${wrong.length} of ${seen} amounts are printed in another currency than ${own}.`,
          ),
        ];
  },
};
