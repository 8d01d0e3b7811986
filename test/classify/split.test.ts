import { describe, expect, it } from "vitest";
import { split } from "../../src/classify/split.ts";
import type { ParsedPage } from "../../src/model/parsed.ts";
import { column, documentOf, type Mark, paper, row } from "../extract/paper.ts";

const item = (y: number, name: string, amount: string): Mark[] =>
  row(y, [
    [name, 40, "left"],
    [amount, 540, "right"],
  ]);

interface Bill {
  readonly vendor?: string;
  readonly number?: string;
  readonly title?: string;
  readonly numbering?: string;
  readonly total?: boolean;
}

/** The first page of a bill. */
function billPage(page: number, bill: Bill = {}): ParsedPage {
  const { vendor = "Alder Tools Ltd", number = "4711", title = "INVOICE", numbering, total = true } = bill;
  return paper(
    [
      { text: vendor, x: 40, y: 40, size: 14 },
      { text: `${vendor.split(" ")[0]} Street 5, Leeds`, x: 40, y: 60 },
      { text: title, x: 40, y: 120, size: 20 },
      ...column(40, 160, [`Invoice number: ${number}`, "Invoice date: 3 May 2026", "Bill to: Bronte Bakery"]),
      ...item(300, "Hammer", "12.50"),
      ...item(320, "Nails", "7.50"),
      ...(total ? item(400, "Total", "20.00") : []),
      ...(numbering === undefined ? [] : [{ text: numbering, x: 260, y: 810 }]),
    ],
    "text_layer",
    page,
  );
}

/** A page of further lines of the same bill, as many programs print it: head, number, table. */
function nextPage(page: number, { number = "4711", numbering, total = false }: Bill = {}): ParsedPage {
  return paper(
    [
      { text: "Alder Tools Ltd", x: 40, y: 40, size: 14 },
      ...column(40, 80, [`Invoice number: ${number}`]),
      ...item(140, "Description", "Amount"),
      ...item(160, "Screws", "3.00"),
      ...item(180, "Glue", "4.00"),
      ...(total ? item(400, "Total", "27.00") : []),
      ...(numbering === undefined ? [] : [{ text: numbering, x: 260, y: 810 }]),
    ],
    "text_layer",
    page,
  );
}

function termsPage(page: number): ParsedPage {
  const clause =
    "the goods stay the property of the seller until they have been paid for in full by the buyer";
  return paper(
    [
      { text: "Terms and conditions of sale", x: 40, y: 60, size: 14 },
      ...column(
        40,
        100,
        Array.from({ length: 20 }, (_, index) => `${index + 1}. In this contract ${clause}`),
        8,
      ),
    ],
    "text_layer",
    page,
  );
}

const blankPage = (page: number): ParsedPage => paper([], "text_layer", page);
const ranges = (...pages: ParsedPage[]) =>
  split(documentOf(...pages)).parts.map(({ from, to }) => [from, to]);

describe("split", () => {
  it("finds three invoices of one issuer by their numbers, and says why", () => {
    const found = split(
      documentOf(billPage(1), billPage(2, { number: "4712" }), billPage(3, { number: "4713" })),
    );
    expect(found.parts.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    const [first, second] = found.parts;
    expect(first).toMatchObject({ score: 1, reasons: [] });
    expect(second?.score).toBeGreaterThan(0.5);
    expect(second?.reasons.join()).toContain("4712");
  });

  it("finds invoices of several issuers, of one page and of two", () => {
    expect(
      ranges(
        billPage(1, { total: false }),
        nextPage(2, { total: true }),
        billPage(3, { vendor: "Yew & Sons", number: "R-88/2026" }),
        billPage(4, { vendor: "Cedar Print GmbH", number: "900318", title: "RECHNUNG" }),
      ),
    ).toEqual([
      [1, 2],
      [3, 3],
      [4, 4],
    ]);
  });

  it("finds where printed page numbers start again", () => {
    const of = (page: number, all: number) => ({ numbering: `Page ${page} of ${all}` });
    expect(
      ranges(
        billPage(1, of(1, 2)),
        nextPage(2, of(2, 2)),
        billPage(3, { ...of(1, 1), number: "4800" }),
        billPage(4, { ...of(1, 2), number: "4801" }),
        nextPage(5, { ...of(2, 2), number: "4801" }),
      ),
    ).toEqual([
      [1, 2],
      [3, 3],
      [4, 5],
    ]);
  });

  it("keeps an invoice of six pages whole: a table over four, its total, its terms", () => {
    expect(
      ranges(
        billPage(1, { total: false }),
        nextPage(2),
        nextPage(3),
        nextPage(4),
        nextPage(5, { total: true }),
        termsPage(6),
      ),
    ).toEqual([[1, 6]]);
  });

  it("keeps pages together whose head is repeated with title and number, and whose numbers follow", () => {
    const of = (page: number) => ({ numbering: `${page}/3`, total: page === 3 });
    expect(ranges(billPage(1, of(1)), billPage(2, of(2)), billPage(3, of(3)))).toEqual([[1, 3]]);
    expect(ranges(billPage(1, { total: false }), billPage(2, { total: false }), billPage(3))).toEqual([
      [1, 3],
    ]);
  });

  it("keeps an annex that names the invoice with it", () => {
    const annex = paper(
      [
        { text: "Timesheet", x: 40, y: 60, size: 16 },
        ...column(40, 100, ["for invoice number: 4711", "Ann Poe 12:00 8.00", "Bo Lim 13:00 7.50"]),
      ],
      "text_layer",
      2,
    );
    expect(ranges(billPage(1), annex)).toEqual([[1, 2]]);
  });

  it("keeps prose whole, headings and all", () => {
    const chapter = (page: number, heading: string) =>
      paper(
        [
          { text: heading, x: 40, y: 60, size: 16 },
          ...column(
            40,
            100,
            Array.from(
              { length: 18 },
              () => "It was said that the tide would turn before the men came home that night",
            ),
          ),
        ],
        "text_layer",
        page,
      );
    expect(ranges(chapter(1, "The sea"), chapter(2, "Agreement"), chapter(3, "The order"))).toEqual([[1, 3]]);
  });

  it("sets blank pages between documents aside, and leaves those inside one where they are", () => {
    const between = split(
      documentOf(billPage(1), blankPage(2), billPage(3, { number: "4712" }), blankPage(4)),
    );
    expect(between.parts.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [3, 3],
    ]);
    expect(between.blank).toEqual([2, 4]);
    const inside = split(
      documentOf(billPage(1, { total: false }), blankPage(2), nextPage(3, { total: true })),
    );
    expect(inside).toMatchObject({ parts: [{ from: 1, to: 3 }], blank: [] });
  });

  it("leaves alone what has a structure of its own, and what was not read to its end", () => {
    const pages = [billPage(1), billPage(2, { number: "4712" })];
    const batch = documentOf(...pages);
    expect(split(batch).parts).toHaveLength(2);
    expect(split({ ...batch, page_count: 3 }).parts).toHaveLength(1);
    const field = { name: "a", label: null, kind: "text" as const, value: "x", page: 1, bbox: null };
    expect(split({ ...batch, form_fields: [field] }).parts).toHaveLength(1);
    expect(split(documentOf()).parts).toHaveLength(1);
  });
});
