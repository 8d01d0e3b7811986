import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { extractors } from "../../src/extract/registry.ts";
import type { DocumentType, Extraction } from "../../src/model/extraction.ts";
import { documentText, type ParsedDocument } from "../../src/model/parsed.ts";
import { documentOf, paper, row, typed } from "./paper.ts";
import * as papers from "./papers.ts";

const engine = createEmbeddedEngine();
const extract = (parsed: ParsedDocument, type: DocumentType): Promise<Extraction> =>
  engine.extract(parsed, type);

/** Every leaf of data by its JSON Pointer. */
function leaves(node: unknown, pointer = ""): [string, unknown][] {
  if (typeof node !== "object" || node === null) return [[pointer, node]];
  return Object.entries(node).flatMap(([key, value]) => leaves(value, `${pointer}/${key}`));
}

describe("invoices of many countries", () => {
  it("reads a US invoice with a boxed head of labels over values", async () => {
    const { data } = await extract(papers.usInvoice(), "invoice");
    expect(data).toMatchObject({
      invoice_number: "BW-20871",
      invoice_date: "2024-03-14",
      due_date: "2024-04-13",
      purchase_order_number: "PO-5512",
      payment_terms: "Net 30",
      subtotal: "200.00",
      tax_total: "16.00",
      total: "216.00",
      amount_due: "216.00",
      currency: "USD",
      vendor: { name: "Brightwater Supply, Inc." },
      customer: { name: "Cascade Diner LLC", address: "88 Mill Road, Salem, OR 97301" },
      ship_to: { name: "Cascade Diner LLC" },
    });
  });

  it("reads a German letter whose sender stands in the small line over the address", async () => {
    const { data } = await extract(papers.germanLetter(), "invoice");
    expect(data).toMatchObject({
      invoice_number: "RE-2024/0815",
      invoice_date: "2024-03-05",
      due_date: "2024-03-19",
      subtotal: "3360.00",
      tax_total: "638.40",
      total: "3998.40",
      currency: "EUR",
      vendor: { name: "Nordlicht Leuchten GmbH", tax_id: "DE136695976" },
      customer: { name: "Jonas Petersen", customer_id: "10442" },
      bank_accounts: [{ iban: "DE02120300000000202051", bic: "BYLADEM1001" }],
    });
  });

  it("reads a French credit note with negative totals and spaced thousands", async () => {
    const { data } = await extract(papers.frenchCreditNote(), "credit_note");
    expect(data).toMatchObject({
      invoice_number: "AV-2024-031",
      invoice_date: "2024-02-12",
      referenced_invoice_number: "FA-2024-009",
      subtotal: "-1200.00",
      tax_total: "-240.00",
      total: "-1440.00",
      vendor: { name: "Atelier Beaulieu SARL", tax_id: "FR40303265045" },
      customer: { name: "Hôtel du Lac" },
    });
  });

  it("reads lakhs as they are grouped in India", async () => {
    const { data } = await extract(papers.indianInvoice(), "invoice");
    expect(data).toMatchObject({
      invoice_number: "MT/23-24/0098",
      invoice_date: "2024-02-14",
      subtotal: "125000.00",
      total: "131250.00",
      currency: "INR",
      vendor: { tax_id: "27AAPFU0939F1ZV" },
    });
  });

  it("keeps the seller's and the buyer's tax ids apart where both stand side by side", async () => {
    const { data } = await extract(papers.polishInvoice(), "invoice");
    expect(data).toMatchObject({
      invoice_number: "FV/12/2024",
      total: "1260.00",
      currency: "PLN",
      vendor: { name: "Zielony Młyn Sp. z o.o.", tax_id: "5260001246" },
      customer: { name: "Piekarnia Kowalski", tax_id: "6762484560" },
    });
  });

  it("subtracts a deposit in a UK invoice and keeps the prefix of its number", async () => {
    const { data } = await extract(papers.ukInvoice(), "invoice");
    expect(data).toMatchObject({
      invoice_number: "INV 004417",
      invoice_date: "2024-05-02",
      due_date: "2024-06-01",
      total: "480.00",
      prepaid: "100.00",
      amount_due: "380.00",
      currency: "GBP",
      vendor: { name: "Pennine Tools Ltd" },
      customer: { name: "Harrow & Sons" },
    });
  });

  it("reads Italian, Spanish and Brazilian labels", async () => {
    const [italian, spanish, brazilian] = await Promise.all([
      extract(papers.italianInvoice(), "invoice"),
      extract(papers.spanishInvoice(), "invoice"),
      extract(papers.brazilianInvoice(), "invoice"),
    ]);
    expect(italian.data).toMatchObject({
      invoice_number: "125/2024",
      invoice_date: "2024-03-18",
      total: "610.00",
    });
    expect(spanish.data).toMatchObject({
      invoice_number: "A-2024-77",
      invoice_date: "2024-05-07",
      total: "660.00",
    });
    expect(brazilian.data).toMatchObject({
      invoice_number: "000123",
      total: "2350.00",
      currency: "BRL",
      charge_total: "100.00",
    });
  });

  it("reads plain text as it reads pages", async () => {
    const text = [
      "Harbour Print Ltd",
      "5 Quay Street",
      "Bristol BS1 4RW",
      "",
      "INVOICE",
      "",
      "Invoice No: HP-1187          Date: 21/06/2024",
      "",
      "Bill to: Marlow Theatre",
      "",
      "Posters                               150.00",
      "Flyers                                 90.00",
      "",
      "Subtotal                             £240.00",
      "VAT 20%                               £48.00",
      "Total                                £288.00",
    ].join("\n");
    const { data, evidence } = await extract(documentOf(typed(text)), "invoice");
    expect(data).toMatchObject({
      invoice_number: "HP-1187",
      invoice_date: "2024-06-21",
      total: "288.00",
      currency: "GBP",
      customer: { name: "Marlow Theatre" },
    });
    expect(evidence["/total"]?.source).toBe("plain_text");
  });

  it("finds totals on the last of several pages", async () => {
    const head = paper([
      { text: "Lakeside Builders Ltd", x: 40, y: 40, size: 16 },
      ...row(90, [
        ["Invoice Number:", 40, "left"],
        ["LB-77", 140, "left"],
      ]),
      ...row(105, [
        ["Invoice Date:", 40, "left"],
        ["01/02/2024", 140, "left"],
      ]),
      ...row(140, [
        ["Description", 40, "left"],
        ["Qty", 330, "right"],
        ["Price", 430, "right"],
        ["Amount", 540, "right"],
      ]),
      ...row(158, [
        ["Bricks", 40, "left"],
        ["100", 330, "right"],
        ["2.00", 430, "right"],
        ["200.00", 540, "right"],
      ]),
      ...row(780, [
        ["Carried forward", 350, "left"],
        ["200.00", 540, "right"],
      ]),
    ]);
    const tail = paper(
      [
        ...row(60, [
          ["Subtotal", 350, "left"],
          ["£200.00", 540, "right"],
        ]),
        ...row(76, [
          ["VAT", 350, "left"],
          ["£40.00", 540, "right"],
        ]),
        ...row(92, [
          ["Total Due", 350, "left"],
          ["£240.00", 540, "right"],
        ]),
      ],
      "text_layer",
      2,
    );
    const { data, evidence } = await extract(documentOf(head, tail), "invoice");
    expect(data).toMatchObject({ invoice_number: "LB-77", total: "240.00", tax_total: "40.00" });
    expect(evidence["/total"]?.citations[0]?.page).toBe(2);
  });
});

describe("sums that no label names", () => {
  const foot = (rows: readonly (readonly [string, string])[]): ParsedDocument =>
    documentOf(
      paper([
        { text: "Tax Invoice", x: 40, y: 40, size: 16 },
        ...row(120, [
          ["Description", 40, "left"],
          ["Qty", 330, "right"],
          ["Rate", 430, "right"],
          ["Amount", 540, "right"],
        ]),
        ...row(136, [
          ["Copier paper", 40, "left"],
          ["50", 330, "right"],
          ["215.00", 430, "right"],
          ["10,750.00", 540, "right"],
        ]),
        ...row(152, [
          ["Gel pens", 40, "left"],
          ["30", 330, "right"],
          ["142.50", 430, "right"],
          ["4,275.00", 540, "right"],
        ]),
        ...rows.flatMap(([label, amount], at) =>
          row(180 + at * 16, [
            [label, 350, "left"],
            [amount, 540, "right"],
          ]),
        ),
      ]),
    );

  it("adds several taxes up and gives the lines' sum as the net where both close to the total", async () => {
    const taxed = foot([
      ["CGST @ 9%", "1,352.25"],
      ["SGST @ 9%", "1,352.25"],
      ["Round Off", "0.50"],
      ["Total", "17,730.00"],
    ]);
    const { data, evidence } = await extract(taxed, "invoice");
    expect(data).toMatchObject({ subtotal: "15025.00", tax_total: "2704.50", total: "17730.00" });
    expect(evidence["/subtotal"]).toMatchObject({ source: "derived", grounded: true });
    expect(evidence["/tax_total"]?.citations).toHaveLength(2);
  });

  it("gives neither where the lines and the taxes do not close to the total", async () => {
    const off = foot([
      ["CGST @ 9%", "1,352.25"],
      ["SGST @ 9%", "1,352.25"],
      ["Total", "18,500.00"],
    ]);
    const { data } = await extract(off, "invoice");
    expect(data["subtotal"]).toBeUndefined();
    expect(data["tax_total"]).not.toBe("2704.50");
  });

  it("gives taxes by rate that stand in names over their amounts, and the rounded amount as due", async () => {
    const across = documentOf(
      paper([
        { text: "Invoice", x: 40, y: 40, size: 16 },
        ...row(120, [
          ["Description", 40, "left"],
          ["Qty", 330, "right"],
          ["Rate", 430, "right"],
          ["Amount", 540, "right"],
        ]),
        ...row(136, [
          ["Oak shelf", 40, "left"],
          ["4", 330, "right"],
          ["25.10", 430, "right"],
          ["100.40", 540, "right"],
        ]),
        ...row(180, [
          ["Net total", 120, "right"],
          ["VAT 25 % (100.40)", 300, "right"],
          ["Total", 500, "right"],
        ]),
        ...row(194, [
          ["100.40", 120, "right"],
          ["25.10", 300, "right"],
          ["125.50", 500, "right"],
        ]),
        ...row(230, [
          ["Rounding", 300, "left"],
          ["0.50", 500, "right"],
        ]),
        ...row(246, [
          ["Amount due", 300, "left"],
          ["126.00", 500, "right"],
        ]),
      ]),
    );
    const { data } = await extract(across, "invoice");
    expect(data).toMatchObject({
      total: "125.50",
      amount_due: "126.00",
      taxes: [{ rate: "25", taxable_amount: "100.40", amount: "25.10" }],
    });
    expect(data["prepaid"]).toBeUndefined();
  });

  it("gives a deposit that is printed as a negative amount as what was paid before", async () => {
    const paid = foot([
      ["Subtotal", "15,025.00"],
      ["GST 10%", "1,502.50"],
      ["Total", "16,527.50"],
      ["Less booking fee taken", "-500.00"],
      ["Balance due", "16,027.50"],
    ]);
    const { data } = await extract(paid, "invoice");
    expect(data).toMatchObject({ total: "16527.50", prepaid: "500.00", amount_due: "16027.50" });
  });
});

describe("receipts and orders", () => {
  it("comes to an end on lines of dots, and still reads a masked card", async () => {
    const lines = [`Water ${". ".repeat(90)}12.00`, `Rent ${".".repeat(180)}`, "VISA **** **** **** 4821"];
    const page = paper(lines.map((text, index) => ({ text, x: 20, y: 60 + index * 20, size: 4 })));
    const { data } = await extract(documentOf(page), "receipt");
    expect(data).toMatchObject({ card_last4: "4821" });
  });

  it("reads a till receipt: a name over two lines, the rounded total, not the cash", async () => {
    const { data } = await extract(papers.receiptPhoto(), "receipt");
    expect(data).toMatchObject({
      merchant: { name: "SUNNY CORNER STATIONERY SDN. BHD", phone: "03-41058899" },
      transaction_date: "2018-03-24",
      transaction_time: "17:41:09",
      receipt_number: "CS00451",
      total: "16.15",
      currency: "MYR",
      country: "MY",
      payment_method: "cash",
    });
  });

  it("takes a digit that was read for a decimal point back when the sum proves it", async () => {
    const page = paper(
      [
        { text: "CORNER MART", x: 200, y: 30, size: 14 },
        { text: "12/03/2019 10:20", x: 200, y: 60 },
        ...row(100, [
          ["SUBTOTAL", 180, "left"],
          ["1.50", 420, "right"],
        ]),
        ...row(116, [
          ["TAX", 180, "left"],
          ["0.15", 420, "right"],
        ]),
        ...row(132, [
          ["TOTAL", 180, "left"],
          ["1565", 420, "right"],
        ]),
      ],
      "ocr",
    );
    const { data, evidence } = await extract(documentOf(page), "receipt");
    expect(data["total"]).toBe("1.65");
    expect(evidence["/total"]?.content).toBe("1565");
    expect(evidence["/total"]?.confidence).toBeLessThan(0.7);
  });

  it("reads a purchase order: its buyer sends it, its vendor gets it", async () => {
    const { data } = await extract(papers.purchaseOrder(), "purchase_order");
    expect(data).toMatchObject({
      purchase_order_number: "4500098123",
      order_date: "2024-01-15",
      delivery_date: "2024-02-01",
      buyer: { name: "Granite Peak Hospital" },
      supplier: { name: "MedLine Fabrics Inc." },
      total: "900.00",
    });
  });
});

describe("the tax in a receipt's prices", () => {
  const receipt = (tax: string): ParsedDocument =>
    documentOf(
      typed(`
Copper Kettle Ltd
31 Bridge Street, Hexham NE46 3NS

Date: 12/06/2025

Soup of the day              11.90
Ploughmans                   12.10

Total GBP                    24.00
VAT 20%                       ${tax}`),
    );

  it("has its rate where it is that share of what is left of the total", async () => {
    const { data } = await extract(receipt("4.00"), "receipt");
    expect(data).toMatchObject({
      total: "24.00",
      tax_total: "4.00",
      taxes: [{ rate: "20", amount: "4.00" }],
    });
  });

  it("has none where the share does not fit", async () => {
    const { data } = await extract(receipt("3.10"), "receipt");
    expect(data["taxes"]).toBeUndefined();
  });
});

describe("evidence", () => {
  const all: [DocumentType, () => ParsedDocument][] = [
    ["invoice", papers.usInvoice],
    ["invoice", papers.germanLetter],
    ["credit_note", papers.frenchCreditNote],
    ["receipt", papers.receiptPhoto],
    ["purchase_order", papers.purchaseOrder],
  ];

  it.each(all)("cites page, box and span of every value of a %s", async (type, make) => {
    const parsed = make();
    const { data, evidence } = await extract(parsed, type);
    const text = documentText(parsed.pages);
    for (const [pointer, value] of leaves(data)) {
      const found = evidence[pointer];
      expect(found === undefined ? `no evidence of ${pointer} = ${String(value)}` : "").toBe("");
      expect(found?.citations.length).toBeGreaterThan(0);
      expect(found?.grounded).toBe(true);
      const cited = found?.citations
        .map(({ span }) => (span ? text.slice(span[0], span[0] + span[1]) : ""))
        .join(" ");
      expect(cited?.replace(/\s+/g, " ")).toBe(found?.content.replace(/\s+/g, " "));
      for (const { bbox = [0, 0, 0, 0] as const } of found?.citations ?? []) {
        expect(bbox[2]).toBeGreaterThan(bbox[0]);
        expect(bbox[3]).toBeGreaterThan(bbox[1]);
      }
    }
    expect(Object.keys(evidence).sort()).toEqual(
      leaves(data)
        .map(([pointer]) => pointer)
        .sort(),
    );
  });

  it.each(all)("gives a %s that fits its schema", async (type, make) => {
    const { data } = await extract(make(), type);
    expect(extractors[type].schema.safeParse(data).error?.issues).toBeUndefined();
  });

  it("cuts the box to the part of a word that is the value", async () => {
    const page = paper([{ text: "TOTAL:RM31.80", x: 100, y: 100 }], "ocr");
    const { evidence } = await extract(documentOf(page), "receipt");
    const box = evidence["/total"]?.citations[0]?.bbox;
    const word = page.words[0]?.bbox;
    expect(evidence["/total"]?.content).toBe("RM31.80");
    expect(box?.[0]).toBeGreaterThan(word?.[0] ?? 1);
    expect(box?.[2]).toBeCloseTo(word?.[2] ?? 0, 5);
  });

  it("says that a currency follows from its sign", async () => {
    const { evidence } = await extract(papers.ukInvoice(), "invoice");
    expect(evidence["/currency"]).toMatchObject({ content: "£", source: "derived" });
  });
});

describe("honest absence", () => {
  const poem = [
    "The tide goes out without a word,",
    "the gulls go with it, one by one;",
    "what stays is neither seen nor heard,",
    "a line of salt, a little sun.",
  ].join("\n");

  it("gives a poem no amounts, dates or numbers whatever it is taken for", async () => {
    for (const type of ["invoice", "receipt", "purchase_order"] as const) {
      const { data } = await extract(documentOf(typed(poem)), type);
      for (const key of [
        "total",
        "subtotal",
        "tax_total",
        "currency",
        "invoice_number",
        "invoice_date",
        "transaction_date",
        "purchase_order_number",
      ]) {
        expect(data[key]).toBeUndefined();
      }
    }
  });

  it("gives an empty document nothing", async () => {
    const { data, evidence } = await extract(documentOf(paper([])), "invoice");
    expect(data).toEqual({});
    expect(evidence).toEqual({});
  });

  it("does not take a label for a value or a title for a name", async () => {
    const page = paper([
      { text: "INVOICE", x: 40, y: 40, size: 20 },
      ...row(100, [
        ["Invoice Number:", 40, "left"],
        ["Invoice Date:", 300, "left"],
      ]),
      ...row(130, [
        ["Total:", 40, "left"],
        ["Due Date:", 300, "left"],
      ]),
    ]);
    const { data } = await extract(documentOf(page), "invoice");
    expect(data["invoice_number"]).toBeUndefined();
    expect(data["vendor"]).toBeUndefined();
    expect(data["total"]).toBeUndefined();
  });
});

describe("hostile pages", () => {
  it.each([
    ["one endless word", "a".repeat(100_000)],
    ["points without end", "1.".repeat(50_000)],
    ["a label five thousand times", "total ".repeat(5_000)],
    ["digits without end", "1 ".repeat(20_000)],
    ["the heads of IBANs", "DE12 ".repeat(5_000)],
  ])("ends on %s", { timeout: 20_000 }, async (_, text) => {
    const { data } = await extract(documentOf(paper([{ text, x: 0, y: 10, size: 0.1 }], "ocr")), "invoice");
    expect(data["invoice_number"]).toBeUndefined();
  });
});
