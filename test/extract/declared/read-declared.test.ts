import { describe, expect, it } from "vitest";
import type { Declaration } from "../../../src/extract/declared/declaration.ts";
import { readDeclared } from "../../../src/extract/declared/read-declared.ts";
import { read } from "../../../src/extract/engine/reading.ts";
import type { ParsedPage } from "../../../src/model/parsed.ts";
import { column, documentOf, paper, typed } from "../paper.ts";

const DECLARATION: Declaration = {
  fields: [
    { pointer: "/member_number", kind: "identifier", labels: ["member number", "customer number"] },
    { pointer: "/born", kind: "date", labels: ["date of birth"] },
    { pointer: "/start", kind: "date", labels: ["coverage period"] },
    { pointer: "/end", kind: "date", labels: ["coverage period"] },
    { pointer: "/sum", kind: "money", labels: ["amount payable"] },
    { pointer: "/seller/name", kind: "name", labels: ["name"], sections: ["seller"] },
    { pointer: "/buyer/name", kind: "name", labels: ["name"], sections: ["buyer"] },
    { pointer: "/paid", kind: "boolean", labels: ["paid in full"] },
    {
      pointer: "/grade",
      kind: "choice",
      labels: ["grade"],
      choices: { first: ["first class"], second: ["second class"] },
    },
  ],
  rows: [
    { pointer: "/allergies", titles: ["allergies"], columns: [{ pointer: "", kind: "text", labels: [] }] },
    {
      pointer: "/tests",
      titles: ["results"],
      columns: [
        { pointer: "/test", kind: "text", labels: ["test"] },
        { pointer: "/value", kind: "number", labels: ["value"] },
      ],
    },
  ],
};

function valuesOf(page: ParsedPage, declaration = DECLARATION): Record<string, unknown> {
  const drafts = readDeclared(read(documentOf(page)), declaration);
  return Object.fromEntries(drafts.map(({ pointer, value }) => [pointer, value]));
}

describe("labels", () => {
  it("finds values behind a colon, right of their label, under it and behind dots", () => {
    const page = typed(`
Member number: MK-20417

Date of birth      4 May 1961

Amount payable ......... 1,204.50

Grade
First class`);
    expect(valuesOf(page)).toEqual({
      "/member_number": "MK-20417",
      "/born": "1961-05-04",
      "/sum": "1204.50",
      "/grade": "first",
    });
  });

  it("understands labels that nobody declared by what their words mean, in other languages too", () => {
    const page = typed(`
Born on: 4 May 1961

Abonnentennummer: 2041733

Payable amount in total: 88.20`);
    expect(valuesOf(page)).toMatchObject({
      "/born": "1961-05-04",
      "/member_number": "2041733",
      "/sum": "88.20",
    });
  });

  it("reads labels with misread letters on scanned pages alone", () => {
    const text = "Cavarage pariod: 01.03.2024 - 31.03.2024";
    expect(valuesOf(typed(text, "ocr"))).toEqual({ "/start": "2024-03-01", "/end": "2024-03-31" });
    expect(valuesOf(typed(text))).toEqual({});
  });

  it("gives a period's first and last date to the two fields that share its label", () => {
    expect(valuesOf(typed("Coverage period: 01.03.2024 - 31.03.2024"))).toEqual({
      "/start": "2024-03-01",
      "/end": "2024-03-31",
    });
  });

  it("tells by the headings whose value it is", () => {
    const page = paper([
      ...column(40, 100, ["Buyer", "Name: Anna Feld"]),
      ...column(320, 100, ["Seller", "Name: Otto Kranz"]),
    ]);
    expect(valuesOf(page)).toEqual({ "/buyer/name": "Anna Feld", "/seller/name": "Otto Kranz" });
  });

  it("sees that captions stand under their values", () => {
    const page = paper(
      [
        ["MK-20417", "Member number"],
        ["4 May 1961", "Date of birth"],
        ["1,204.50", "Amount payable"],
      ].flatMap(([value = "", label = ""], index) => [
        { text: value, x: 40, y: 100 + index * 60, size: 12 },
        { text: label, x: 40, y: 114 + index * 60, size: 8 },
      ]),
    );
    expect(valuesOf(page)).toMatchObject({
      "/member_number": "MK-20417",
      "/born": "1961-05-04",
      "/sum": "1204.50",
    });
  });

  it("cites the words of a value and nothing else", () => {
    const page = typed("Member number: MK-20417");
    const [draft] = readDeclared(read(documentOf(page)), DECLARATION);
    expect(draft?.cited).toEqual([{ page: 1, words: [2], content: "MK-20417" }]);
  });
});

describe("lists", () => {
  it("reads bulleted lines, and one line with commas", () => {
    const bullets = paper(column(40, 100, ["Allergies", "• Penicillin", "• Peanuts"]));
    expect(valuesOf(bullets)).toEqual({ "/allergies/0": "Penicillin", "/allergies/1": "Peanuts" });
    expect(valuesOf(typed("Allergies: Penicillin, Peanuts"))).toEqual({
      "/allergies/0": "Penicillin",
      "/allergies/1": "Peanuts",
    });
  });

  it("reads a table without rules and leaves its total out", () => {
    const page = typed(`
Test                 Value
Glucose               90.5
Sodium               140
Total                230.5`);
    expect(valuesOf(page)).toEqual({
      "/tests/0/test": "Glucose",
      "/tests/0/value": "90.5",
      "/tests/1/test": "Sodium",
      "/tests/1/value": "140",
    });
  });
});

describe("what is not there", () => {
  it("gives nothing for an empty page, a label without a value and a value without a label", () => {
    expect(valuesOf(paper([]))).toEqual({});
    expect(valuesOf(typed("Member number:"))).toEqual({});
    expect(valuesOf(typed("MK-20417\n\n1,204.50"))).toEqual({});
  });

  it("is less sure where one label has two values", () => {
    const confidence = (text: string): number =>
      readDeclared(read(documentOf(typed(text))), DECLARATION).find(({ pointer }) => pointer === "/sum")
        ?.confidence ?? 0;
    const alone = confidence("Amount payable: 10.00");
    expect(confidence("Amount payable: 10.00\n\nAmount payable: 12.00")).toBeLessThan(alone);
    expect(confidence("Amount payable: 10.00\n\nAmount payable: 10.00")).toBeGreaterThan(alone);
  });
});
