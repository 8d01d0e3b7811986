import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import type { DocumentType } from "../../src/model/extraction.ts";
import { documentOf, type Mark, paper } from "./paper.ts";

const engine = createEmbeddedEngine();

async function dataOf(
  marks: readonly Mark[],
  type: DocumentType = "invoice",
): Promise<Record<string, unknown>> {
  const { data } = await engine.extract(documentOf(paper(marks)), type);
  return data;
}

const HEAD: readonly Mark[] = [
  { text: "Harbour Lights Ltd", x: 50, y: 40, size: 16 },
  { text: "4 Quay Road, Falmouth TR11 3XX", x: 50, y: 62 },
];

/** A table of two items that come to 300.00. */
function items(y: number): Mark[] {
  return [
    { text: "Description", x: 50, y },
    { text: "Qty", x: 330, y },
    { text: "Unit price", x: 0, right: 460, y },
    { text: "Amount", x: 0, right: 540, y },
    { text: "Lantern", x: 50, y: y + 18 },
    { text: "2", x: 335, y: y + 18 },
    { text: "50.00", x: 0, right: 460, y: y + 18 },
    { text: "100.00", x: 0, right: 540, y: y + 18 },
    { text: "Buoy", x: 50, y: y + 36 },
    { text: "4", x: 335, y: y + 36 },
    { text: "50.00", x: 0, right: 460, y: y + 36 },
    { text: "200.00", x: 0, right: 540, y: y + 36 },
  ];
}

function sums(y: number, rows: readonly (readonly [string, string])[]): Mark[] {
  return rows.flatMap(([label, value], index) => [
    { text: label, x: 360, y: y + index * 16 },
    { text: value, x: 0, right: 540, y: y + index * 16 },
  ]);
}

describe("labels of unknown wording", () => {
  it("announce a number and a date by the stems of their words", async () => {
    const data = await dataOf([
      ...HEAD,
      { text: "Ordering party's order: KX-20417", x: 50, y: 110 },
      { text: "Kindly settle before: 14 March 2031", x: 50, y: 126 },
      { text: "Invoice Date: 2 March 2031", x: 50, y: 142 },
      ...items(200),
    ]);
    expect(data["due_date"]).toBe("2031-03-14");
    expect(data["purchase_order_number"]).toBe("KX-20417");
    expect(data["invoice_date"]).toBe("2031-03-02");
  });

  it("never take what a known label already gives", async () => {
    const data = await dataOf([
      ...HEAD,
      { text: "Invoice Number: A-7788", x: 50, y: 110 },
      { text: "Serial of billing: A-7788", x: 50, y: 126 },
      ...items(200),
    ]);
    expect(data["invoice_number"]).toBe("A-7788");
    expect(data["purchase_order_number"]).toBeUndefined();
  });
});

describe("sums that no label names", () => {
  it("are net, tax and total where they add up to the lines and a printed rate", async () => {
    const data = await dataOf([
      ...HEAD,
      ...items(200),
      ...sums(280, [
        ["Wares", "300.00"],
        ["Levy 20 %", "60.00"],
        ["Sought", "360.00"],
      ]),
    ]);
    expect(data).toMatchObject({ subtotal: "300.00", tax_total: "60.00", total: "360.00" });
  });

  it("are not invented where nothing adds up", async () => {
    const data = await dataOf([
      ...HEAD,
      ...items(200),
      ...sums(280, [
        ["Wares", "301.00"],
        ["Levy 20 %", "60.00"],
        ["Sought", "365.50"],
      ]),
    ]);
    expect(data["total"]).toBeUndefined();
  });

  it("tell the lines' sum from the net that a charge makes of it", async () => {
    const data = await dataOf([
      ...HEAD,
      ...items(200),
      ...sums(280, [
        ["Items total", "300.00"],
        ["Shipping", "10.00"],
        ["Subtotal", "310.00"],
        ["VAT 20 % (310.00)", "62.00"],
        ["Total", "372.00"],
      ]),
    ]);
    expect(data).toMatchObject({ line_total: "300.00", subtotal: "310.00", total: "372.00" });
    expect(data["taxes"]).toEqual([{ rate: "20", taxable_amount: "310.00", amount: "62.00" }]);
  });
});

describe("places", () => {
  it("of values under captions win over another block's text on their right", async () => {
    const data = await dataOf([
      ...HEAD,
      { text: "Due Date", x: 50, y: 110 },
      { text: "PO Number", x: 170, y: 110 },
      { text: "7731-880 Upper Hall", x: 330, y: 110 },
      { text: "14 March 2031", x: 50, y: 126 },
      { text: "B57221", x: 170, y: 126 },
      ...items(200),
    ]);
    expect(data).toMatchObject({ due_date: "2031-03-14", purchase_order_number: "B57221" });
  });

  it("of an address may lie apart from its name, above the issuer's contacts", async () => {
    const data = await dataOf([
      { text: "Harbour Lights Ltd", x: 50, y: 40, size: 16 },
      { text: "INVOICE", x: 50, y: 80, size: 14 },
      ...items(200),
      { text: "4 Quay Road", x: 360, y: 700 },
      { text: "Falmouth TR11 3XX", x: 360, y: 714 },
      { text: "Tel: +44 1326 555 019", x: 360, y: 728 },
    ]);
    expect(data["vendor"]).toMatchObject({ address: "4 Quay Road, Falmouth TR11 3XX" });
  });
});

describe("line items", () => {
  it("part a quantity from the unit that its column shares", async () => {
    const data = await dataOf([
      ...HEAD,
      { text: "Quantity UoM", x: 50, y: 200 },
      { text: "Description", x: 160, y: 200 },
      { text: "Unit price", x: 0, right: 460, y: 200 },
      { text: "Amount", x: 0, right: 540, y: 200 },
      { text: "10 m", x: 60, y: 218 },
      { text: "Rope", x: 160, y: 218 },
      { text: "5.00", x: 0, right: 460, y: 218 },
      { text: "50.00", x: 0, right: 540, y: 218 },
      { text: "3 kg", x: 60, y: 236 },
      { text: "Tar", x: 160, y: 236 },
      { text: "4.00", x: 0, right: 460, y: 236 },
      { text: "12.00", x: 0, right: 540, y: 236 },
    ]);
    expect(data["line_items"]).toMatchObject([
      { quantity: "10", unit: "m", description: "Rope" },
      { quantity: "3", unit: "kg", description: "Tar" },
    ]);
  });

  it("end where a row is nothing but their sum, whatever it is called", async () => {
    const data = await dataOf([
      ...HEAD,
      ...items(200),
      { text: "Altogether wares", x: 50, y: 256 },
      { text: "300.00", x: 0, right: 540, y: 256 },
    ]);
    expect(data["line_items"]).toHaveLength(2);
  });
});
