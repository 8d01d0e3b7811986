import { describe, expect, it } from "vitest";
import { findIbans } from "../../src/extract/engine/bank.ts";
import { findDates, inferDayFirst } from "../../src/extract/engine/dates.ts";
import { findLabels } from "../../src/extract/engine/labels.ts";
import { findMoney, inferDecimalMark, parseMoney, UNITS } from "../../src/extract/engine/money.ts";
import { nameLikeness } from "../../src/extract/engine/party-names.ts";
import { makeView, textOf } from "../../src/extract/engine/view.ts";
import type { PageSource } from "../../src/model/parsed.ts";
import { documentOf, paper } from "./paper.ts";

function segment(text: string, source: PageSource = "text_layer") {
  const [first] = makeView(documentOf(paper([{ text, x: 40, y: 40 }], source))).segments;
  if (!first) throw new Error("no segment");
  return first;
}

describe("amounts", () => {
  it.each([
    ["1.234,56", ",", "1234.56"],
    ["1,234.56", ".", "1234.56"],
    ["1 234,56", ",", "1234.56"],
    ["1'234.56", ".", "1234.56"],
    ["1,25,000.00", ".", "125000.00"],
    ["12.345", ",", "12345.00"],
    ["12.345", ".", "12.345"],
    ["-5,00", ",", "-5.00"],
    ["5,00-", ",", "-5.00"],
    ["(5.00)", ".", "-5.00"],
  ] as const)("reads %s under the mark %s as %s", (printed, mark, value) => {
    expect(parseMoney(printed, mark)).toBe(value);
  });

  it.each([
    ["RM31.80", 31.8, "RM"],
    ["€ 99,90", 99.9, "€"],
    ["99,90 EUR", 99.9, "EUR"],
    ["$-4.20", -4.2, "$"],
    ["7.51SR", 7.51, null],
    ["Total:24.00", 24, null],
  ] as const)("finds the amount in %s", (text, amount, currency) => {
    const [money] = findMoney(segment(text), text.includes(",") ? "," : ".", false);
    expect(money?.units).toBe(Math.round(amount * UNITS));
    expect(money?.currency).toBe(currency);
  });

  it.each(["INV-100", "12/15/2019", "6%", "A4", "10:45:30", "v1.2.3"])(
    "takes %s for no amount with cents",
    (text) => {
      expect(findMoney(segment(text), ".", false).filter((money) => money.decimals === 2)).toEqual([]);
    },
  );

  it("takes the decimal mark from most of the document's amounts", () => {
    const view = makeView(
      documentOf(
        paper([
          { text: "1.200,00 und 15,90", x: 40, y: 40 },
          { text: "3,5 %", x: 40, y: 80 },
        ]),
      ),
    );
    expect(inferDecimalMark(view)).toBe(",");
  });
});

describe("dates", () => {
  it.each([
    ["2024-03-05", "2024-03-05"],
    ["05.03.2024", "2024-03-05"],
    ["5. März 2024", "2024-03-05"],
    ["12 février 2024", "2024-02-12"],
    ["7 de mayo de 2024", "2024-05-07"],
    ["Jan 15, 2024", "2024-01-15"],
    ["1st of June 2024", "2024-06-01"],
    ["14/JUN/2017", "2017-06-14"],
    ["20 lutego 2024", "2024-02-20"],
    ["21-11-16", "2016-11-21"],
    ["3 desember 2023", "2023-12-03"],
  ])("reads %s as %s", (text, iso) => {
    expect(findDates(segment(text), true)[0]?.iso).toBe(iso);
  });

  it.each(["31.02.2024", "1.234.567", "192.168.0.1", "99/99/2020", "12/13/2019/4"])(
    "takes %s for no date",
    (text) => {
      expect(findDates(segment(text), true)).toEqual([]);
    },
  );

  it("learns from an unambiguous date which part is the day", () => {
    const view = (text: string) => makeView(documentOf(paper([{ text, x: 40, y: 40 }])));
    expect(inferDayFirst(view("03/14/2024 and 04/05/2024"))).toBe(false);
    expect(inferDayFirst(view("14/03/2024 and 04/05/2024"))).toBe(true);
    expect(inferDayFirst(view("04/05/2024"))).toBeNull();
  });
});

describe("labels", () => {
  const keysOf = (text: string, source: PageSource = "text_layer"): string[] =>
    findLabels(makeView(documentOf(paper([{ text, x: 40, y: 40 }], source)))).flatMap((hit) =>
      Array.from(hit.keys),
    );

  it("matches over case, accents, dots and abbreviations", () => {
    expect(keysOf("Rechnungs-Nr.: 12")).toContain("invoice_number");
    expect(keysOf("N° DE FACTURE 12")).toContain("invoice_number");
    expect(keysOf("P.O. #: 12")).toContain("order_number");
    expect(keysOf("Faelligkeit: 1.1.2024")).toContain("due_date");
  });

  it("forgives misread letters on scanned pages alone", () => {
    expect(keysOf("lnvoice Nunber: 12", "ocr")).toContain("invoice_number");
    expect(keysOf("lnvoice Nunber: 12")).not.toContain("invoice_number");
  });

  it("prefers the longest label", () => {
    const hits = findLabels(
      makeView(documentOf(paper([{ text: "Subtotal excl. VAT 12.00", x: 40, y: 40 }]))),
    );
    expect(hits.map((hit) => textOf(hit.piece))).toEqual(["Subtotal excl. VAT"]);
  });

  it("takes a word before a legal form for a name", () => {
    expect(keysOf("Lieferant GmbH")).not.toContain("vendor");
  });
});

describe("names and keys", () => {
  it("tells names from addresses, dates and sentences", () => {
    expect(nameLikeness("Muster GmbH")).toBeGreaterThan(0.9);
    expect(nameLikeness("Hafenweg 7")).toBeLessThan(0.2);
    expect(nameLikeness("24103 Kiel")).toBeLessThan(0.2);
    expect(nameLikeness("12/03/2024")).toBe(0);
    expect(nameLikeness("info@muster.de")).toBe(0);
  });

  it("accepts IBANs by their check digits", () => {
    const [right] = findIbans(segment("IBAN DE02 1203 0000 0000 2020 51 BIC BYLADEM1001"));
    expect(right).toMatchObject({ iban: "DE02120300000000202051", valid: true });
    const [wrong] = findIbans(segment("IBAN DE03120300000000202051"));
    expect(wrong?.valid ?? false).toBe(false);
  });
});
