import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { read } from "../../../src/extract/engine/reading.ts";
import { draftByRules } from "../../../src/extract/engine/embedded.ts";
import { readsInvoice } from "../../../src/extract/kinds/invoice-like.ts";
import { invoiceFields } from "../../../src/extract/scorer/paper-fields.ts";
import { documentOf, type Mark, paper } from "../paper.ts";

const goods: readonly Mark[] = [
  { text: "Alder Joinery Ltd", x: 50, y: 40, size: 16 },
  { text: "INVOICE", x: 50, y: 90, size: 15 },
  { text: "Description", x: 50, y: 420 },
  { text: "Quantity", x: 300, y: 420 },
  { text: "Amount", x: 0, right: 540, y: 420 },
  { text: "Oak boards, planed", x: 50, y: 436 },
  { text: "4", x: 320, y: 436 },
  { text: "240.00", x: 0, right: 540, y: 436 },
  { text: "Total", x: 300, y: 470 },
  { text: "240.00", x: 0, right: 540, y: 470 },
];

/** What the scorer could choose of for a field. */
function valuesOf(marks: readonly Mark[], pointer: string): string[] {
  const parsed = documentOf(paper([...goods, ...marks]));
  const titles = ["invoice"] as const;
  const { evidence } = draftByRules(read(parsed), readsInvoice(["invoice_number"], titles), parsed);
  const scored = invoiceFields(["invoice_number"], titles).find((one) => one.pointer === pointer);
  return (scored?.field.candidates(evidence) ?? []).map(({ value }) => value);
}

async function extract(
  marks: readonly Mark[],
): ReturnType<ReturnType<typeof createEmbeddedEngine>["extract"]> {
  return createEmbeddedEngine().extract(documentOf(paper([...goods, ...marks])), "invoice");
}

describe("numbers that may be a paper's own", () => {
  it("are identifiers of any shape, and no dates, amounts, bank accounts or addresses of mail", () => {
    const found = valuesOf(
      [
        { text: "RE 2024/0815 - 03.05.2024", x: 50, y: 140 },
        { text: "IBAN DE89 3704 0044 0532 0130 00", x: 50, y: 156 },
        { text: "box4711@alder.example", x: 50, y: 172 },
        { text: "1,250.00", x: 50, y: 188 },
      ],
      "/invoice_number",
    );
    expect(found).toContain("2024/0815");
    expect(found.some((value) => /03\.05|3704|4711|250/.test(value))).toBe(false);
  });
});

describe("days that may be a paper's own", () => {
  it("are printed dates in both orders where nothing tells which, and what the terms come to", () => {
    const marks = [
      { text: "Invoice date: 03/04/2024", x: 50, y: 140 },
      { text: "Payable within 14 days.", x: 50, y: 520 },
    ];
    expect(valuesOf(marks, "/invoice_date")).toEqual(["2024-04-03", "2024-03-04"]);
    expect(valuesOf(marks, "/due_date")).toContain("2024-04-17");
  });
});

describe("an invoice in labels that nobody knows", () => {
  const marks = [
    { text: "Gubelot:", x: 350, y: 140 },
    { text: "INV-20417", x: 450, y: 140 },
    { text: "Zemarit:", x: 350, y: 156 },
    { text: "14 March 2024", x: 450, y: 156 },
    { text: "Customer No.", x: 350, y: 172 },
    { text: "C-5512", x: 450, y: 172 },
    { text: "Phone +44 20 7946 0991", x: 50, y: 62 },
  ];

  it("has its number and day all the same, each with its place on the page", async () => {
    const { data, evidence } = await extract(marks);
    expect(data).toMatchObject({ invoice_number: "INV-20417", invoice_date: "2024-03-14" });
    expect(evidence["/invoice_number"]?.content).toBe("INV-20417");
    expect(evidence["/invoice_number"]?.citations[0]?.page).toBe(1);
  });

  it("is surer of what a known label says", async () => {
    const known = marks.map((mark) => (mark.text === "Gubelot:" ? { ...mark, text: "Invoice No.:" } : mark));
    const [unknown, told] = [await extract(marks), await extract(known)];
    const sure = (one: typeof told): number => one.evidence["/invoice_number"]?.confidence ?? 0;
    expect(sure(told)).toBeGreaterThan(sure(unknown));
  });

  it("has no number where only a customer's and a telephone's are printed", async () => {
    const { data } = await extract(marks.slice(4));
    expect(data).not.toHaveProperty("invoice_number");
  });
});
