import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { extractors } from "../../../src/extract/registry.ts";
import type { Check, DocumentType, Extraction } from "../../../src/model/extraction.ts";
import { documentText, type ParsedDocument, type ParsedPage } from "../../../src/model/parsed.ts";
import { readStructured } from "../../../src/parse/einvoice/read-structured.ts";
import { xml } from "../../../src/parse/formats/xml.ts";
import { validate } from "../../../src/validate/validate.ts";
import { ciiInvoice, fattura, fatturaBody, ubl, ublInvoice, ublParty } from "../../fixtures/einvoice.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { openWith, pagesOf } from "../../fixtures/open.ts";
import { parsedDocument } from "../../fixtures/parsed.ts";
import { type Mark, paper } from "../paper.ts";

const engine = createEmbeddedEngine();

async function parsedXml(content: string): Promise<ParsedDocument> {
  const opened = await openWith(xml, content);
  return parsedDocument(await pagesOf(opened), { format: "xml", structured: [...(opened.structured ?? [])] });
}

async function extract(
  content: string,
  type: DocumentType = "invoice",
): Promise<Extraction & { parsed: ParsedDocument }> {
  const parsed = await parsedXml(content);
  return { ...(await engine.extract(parsed, type)), parsed };
}

/** An e-invoice inside a PDF of these pages. */
const withPages = (content: string, pages: readonly ParsedPage[]): ParsedDocument => {
  const structured = readStructured(new TextEncoder().encode(content), "factur-x.xml", LIMITS) ?? [];
  return parsedDocument(pages, { structured });
};

const fits = (type: DocumentType, { data }: Extraction): boolean =>
  extractors[type].schema.safeParse(data).success;

describe("an invoice's data", () => {
  it("is what its terms say, in the fields of the schema", async () => {
    const extraction = await extract(ublInvoice());
    expect(extraction.data).toMatchObject({
      invoice_number: "INV-7",
      document_subtype: "invoice",
      invoice_date: "2026-03-01",
      due_date: "2026-03-31",
      currency: "EUR",
      tax_currency: "SEK",
      buyer_reference: "LW-1",
      purchase_order_number: "PO-9",
      sales_order_number: "SO-3",
      sales_order_header_id: "SO-3",
      object_identifier: "OBJ-1",
      delivery_date: "2026-02-27",
      service_start_date: "2026-02-01",
      service_end_date: "2026-02-28",
      payment_terms: "30 days",
      payment_means: "SEPA",
      payment_means_code: "58",
      payment_reference: "RF18",
      line_total: "100.00",
      discount_total: "2.00",
      charge_total: "5.00",
      subtotal: "103.00",
      tax_total: "19.57",
      tax_total_in_tax_currency: "221.10",
      total: "122.57",
      amount_due: "122.57",
      bank_accounts: [{ iban: "DE02120300000000202051", bic: "BYLADEM1001" }],
      taxes: [{ category: "S", rate: "19", taxable_amount: "103.00", amount: "19.57" }],
      notes: [{ subject_code: "AAI", text: "Thank you" }],
      supporting_documents: [{ reference: "TS-1", file: "../time sheet.txt" }],
    });
    expect(fits("invoice", extraction)).toBe(true);
  });

  it("has its parties whole", async () => {
    const { data } = await extract(ublInvoice());
    expect(data["vendor"]).toEqual({
      name: "Seller GmbH",
      trading_name: "Seller Trading",
      identifier: "40111111111",
      tax_id: "DE111111111",
      tax_number: "12/345/6789",
      registration_number: "HRB 77",
      electronic_address: "post@seller.example",
      address: "Seller Street 1, 12345 Town, DE",
      address_parts: { street: "Seller Street 1", postal_code: "12345", city: "Town", country: "DE" },
      contact_name: "Ada",
      phone: "+49 1",
      email: "ada@example.com",
    });
    expect(data["customer"]).toMatchObject({ name: "Buyer GmbH", customer_id: "40222222222" });
  });

  it("has its lines with prices, discounts and taxes, and the document's allowances and charges", async () => {
    const { data } = await extract(ublInvoice());
    expect(data["line_items"]).toEqual([
      {
        name: "Consulting",
        line_number: "1",
        product_code: "C-1",
        description: "On site",
        quantity: "4.0",
        unit: "HUR",
        unit_price: "1000",
        price_base_quantity: "100",
        tax_category: "S",
        tax_rate: "19",
        amount: "40",
      },
      {
        name: "Cable",
        line_number: "2",
        quantity: "3",
        unit: "C62",
        unit_price: "22.00",
        tax_category: "S",
        tax_rate: "19",
        amount: "60.00",
        discount: "6.00",
        allowances_charges: [{ kind: "allowance", amount: "6.00" }],
      },
    ]);
    expect(data["allowances_charges"]).toEqual([
      { kind: "allowance", amount: "2.00", tax_category: "S", tax_rate: "19", reason: "Loyalty" },
      { kind: "charge", amount: "5.00", tax_category: "S", tax_rate: "19", reason: "Freight" },
    ]);
  });

  it("passes the checks of its arithmetic, base quantities and discounts counted", async () => {
    const { data } = await extract(ublInvoice());
    const extraction = { data, evidence: {}, warnings: [] };
    const { checks } = validate(extraction, extractors.invoice, parsedDocument([]));
    const verdicts = Object.fromEntries(checks.map(({ code, verdict }) => [code, verdict]));
    expect(verdicts).toMatchObject({
      totals_add_up: "pass",
      lines_add_up: "pass",
      line_amounts: "pass",
      taxes_by_rate: "pass",
    });
  });

  it("cites the path of each value, and the place on the page that prints it", async () => {
    const { evidence, parsed } = await extract(ublInvoice());
    expect(evidence["/due_date"]).toMatchObject({
      content: "2026-03-31Z",
      source: "xml",
      grounded: true,
      confidence: 0.99,
    });
    const [number] = evidence["/invoice_number"]?.citations ?? [];
    expect(number).toMatchObject({ xpath: "/Invoice/cbc:ID", page: 1 });
    const span = evidence["/line_items/1/amount"]?.citations[0]?.span ?? [0, 0];
    expect(documentText(parsed.pages).slice(span[0], span[0] + span[1])).toBe("60.00");
    expect(evidence["/line_items/1/amount"]?.citations[0]?.xpath).toBe(
      "/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount",
    );
    for (const { citations } of Object.values(evidence)) expect(citations[0]?.xpath).toBeDefined();
  });

  it("says which sums are its own", async () => {
    const extraction = await extract(fattura(fatturaBody("7")));
    expect(extraction.data).toMatchObject({
      total: "132.92",
      vendor: { name: "Ada Rossi", tax_id: "IT01234567890" },
      customer: { name: "Beta & Figli", tax_id: "RSSADA80A01H501U" },
      installments: [
        { due_date: "2026-03-31", amount: "100.00" },
        { due_date: "2026-04-30", amount: "32.92" },
      ],
    });
    expect(extraction.evidence["/total"]).toMatchObject({
      source: "derived",
      content: "100.00 + 10.50 + 22.00 + 0.42",
    });
    expect(fits("invoice", extraction)).toBe(true);
  });

  it("takes the currency from the totals where the document names none", async () => {
    const { data, evidence } = await extract(
      ciiInvoice()
        .replace("<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>", "")
        .replace("<ram:GrandTotalAmount>", '<ram:GrandTotalAmount currencyID="CHF">'),
    );
    expect(data["currency"]).toBe("CHF");
    expect(evidence["/currency"]?.citations[0]?.xpath).toMatch(/GrandTotalAmount\/@currencyID$/);
  });

  it("counts no line that sums others, and takes a line of words for a note", async () => {
    const line =
      /<ram:IncludedSupplyChainTradeLineItem>.*<\/ram:IncludedSupplyChainTradeLineItem>/s.exec(
        ciiInvoice(),
      )?.[0] ?? "";
    const group = line.replace(
      "</ram:LineID>",
      "</ram:LineID><ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>",
    );
    const words =
      "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:IncludedNote><ram:Content>Delivered early</ram:Content></ram:IncludedNote></ram:AssociatedDocumentLineDocument></ram:IncludedSupplyChainTradeLineItem>";
    const { data } = await extract(ciiInvoice().replace(line, `${words}${group}${line}`));
    expect(data["line_items"]).toMatchObject([
      { amount_included: "100.00", status_code: "GROUP" },
      { amount: "100.00" },
    ]);
    expect(data["notes"]).toEqual([{ text: "Delivered early" }]);
  });
});

describe("other documents' data", () => {
  const parties = `<cac:BuyerCustomerParty>${ublParty("Buyer", "DE222222222")}</cac:BuyerCustomerParty><cac:SellerSupplierParty>${ublParty("Seller", "DE111111111")}</cac:SellerSupplierParty>`;

  it("is an order's", async () => {
    const content = ubl(
      "Order",
      `<cbc:ID>PO-1</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>${parties}<cac:Delivery><cac:RequestedDeliveryPeriod><cbc:EndDate>2026-04-01</cbc:EndDate></cac:RequestedDeliveryPeriod></cac:Delivery><cac:AnticipatedMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">15.00</cbc:LineExtensionAmount><cbc:PayableAmount currencyID="EUR">17.85</cbc:PayableAmount></cac:AnticipatedMonetaryTotal><cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:Quantity unitCode="C62">10</cbc:Quantity><cac:Item><cbc:Name>Sauce</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>`,
    );
    const extraction = await extract(content, "purchase_order");
    expect(extraction.data).toMatchObject({
      purchase_order_number: "PO-1",
      order_date: "2026-03-01",
      delivery_date: "2026-04-01",
      subtotal: "15.00",
      total: "17.85",
      buyer: { name: "Buyer GmbH" },
      supplier: { name: "Seller GmbH" },
      line_items: [{ name: "Sauce", quantity: "10" }],
    });
    expect(fits("purchase_order", extraction)).toBe(true);
  });

  it("is an order response's and a despatch advice's", async () => {
    const response = await extract(
      ubl(
        "OrderResponse",
        `<cbc:ID>R-1</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:OrderResponseCode>AP</cbc:OrderResponseCode><cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference>${parties}`,
      ),
      "order_response",
    );
    expect(response.data).toMatchObject({
      order_response_number: "R-1",
      response_code: "AP",
      purchase_order_number: "PO-1",
      response_date: "2026-03-02",
    });
    expect(fits("order_response", response)).toBe(true);
    const despatch = await extract(
      ubl(
        "DespatchAdvice",
        `<cbc:ID>D-1</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate>${parties}<cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="XPK">10</cbc:DeliveredQuantity><cbc:OutstandingQuantity>2</cbc:OutstandingQuantity><cac:Item><cbc:Name>Wax</cbc:Name></cac:Item></cac:DespatchLine>`,
      ),
      "despatch_advice",
    );
    expect(despatch.data).toMatchObject({
      despatch_number: "D-1",
      line_items: [{ name: "Wax", quantity: "10", outstanding_quantity: "2" }],
    });
    expect(fits("despatch_advice", despatch)).toBe(true);
  });
});

describe("the pages around a structure", () => {
  const marks = (changed: Partial<Record<string, string>> = {}): Mark[] => {
    const say = (name: string, text: string): string => changed[name] ?? text;
    return [
      { text: "Seller GmbH", x: 50, y: 40 },
      { text: `Rechnungsnummer: ${say("number", "INV-7")}`, x: 50, y: 120 },
      { text: `Rechnungsdatum: ${say("date", "01.03.2026")}`, x: 50, y: 140 },
      { text: "Pos", x: 50, y: 200 },
      { text: "Bezeichnung", x: 90, y: 200 },
      { text: "Menge", x: 300, y: 200 },
      { text: "Preis", x: 380, y: 200 },
      { text: "Betrag", x: 500, y: 200 },
      { text: "1", x: 50, y: 220 },
      { text: "Consulting", x: 90, y: 220 },
      { text: "10", x: 300, y: 220 },
      { text: "10,00", x: 380, y: 220 },
      { text: "100,00", x: 500, y: 220 },
      { text: "Nettobetrag", x: 380, y: 300 },
      { text: "100,00", x: 500, y: 300 },
      { text: "MwSt 19%", x: 380, y: 320 },
      { text: "19,00", x: 500, y: 320 },
      { text: "Gesamtbetrag EUR", x: 380, y: 340 },
      { text: say("total", "119,00"), x: 500, y: 340 },
    ];
  };
  const check = ({ checks = [] }: Extraction): Check | undefined =>
    checks.find(({ code }) => code === "page_agrees_with_xml");

  it("give values their place, in the page's own way of writing, each line's beside one another", async () => {
    const parsed = withPages(ciiInvoice(), [paper(marks())]);
    const { evidence, data } = await engine.extract(parsed, "invoice");
    const printed = (pointer: string): string => {
      const [start, length] = evidence[pointer]?.citations[0]?.span ?? [0, 0];
      return documentText(parsed.pages).slice(start, start + length);
    };
    expect(data).toMatchObject({ invoice_number: "INV-7", total: "119.00" });
    expect([printed("/invoice_date"), printed("/total"), printed("/vendor/name")]).toEqual([
      "01.03.2026",
      "119,00",
      "Seller GmbH",
    ]);
    expect(evidence["/total"]?.citations[0]).toMatchObject({ attachment: "factur-x.xml", page: 1 });
    expect(evidence["/total"]?.citations[0]?.xpath).toMatch(/ram:GrandTotalAmount$/);
    expect(evidence["/line_items/0/amount"]?.citations[0]?.bbox?.[1]).toBeCloseTo(220 / 842, 3);
    expect(evidence["/subtotal"]?.citations[0]?.bbox?.[1]).toBeCloseTo(300 / 842, 3);
  });

  it("agree where they print what the XML says", async () => {
    const extraction = await engine.extract(withPages(ciiInvoice(), [paper(marks())]), "invoice");
    expect(check(extraction)).toMatchObject({ verdict: "pass" });
    expect(check(extraction)?.paths).toEqual(
      expect.arrayContaining(["/invoice_number", "/invoice_date", "/total", "/vendor/name"]),
    );
  });

  it("disagree where they print another number or total; the XML's value stands and a person has to look", async () => {
    const parsed = withPages(ciiInvoice(), [paper(marks({ number: "INV-8", total: "120,00" }))]);
    const extraction = await engine.extract(parsed, "invoice");
    expect(extraction.data).toMatchObject({ invoice_number: "INV-7", total: "119.00" });
    expect(check(extraction)).toMatchObject({ verdict: "fail" });
    expect(check(extraction)?.paths).toContain("/invoice_number");
    expect(check(extraction)?.detail).toContain("the XML says INV-7, the page INV-8");
    const { review } = validate(extraction, extractors.invoice, parsed);
    expect(review).toMatchObject({ required: true, auto_approved: false });
    expect(review.reasons).toContain("check_failed:page_agrees_with_xml");
  });

  it("are not compared where they hold no words, nor where the XML is the document", async () => {
    const blank = await engine.extract(withPages(ciiInvoice(), [paper([])]), "invoice");
    expect(check(blank)).toMatchObject({ verdict: "not_applicable" });
    expect(check(await extract(ciiInvoice()))).toBeUndefined();
  });

  it("lend the lines that a profile without lines leaves to them", async () => {
    const extraction = await engine.extract(
      withPages(ciiInvoice({ lines: false }), [paper(marks())]),
      "invoice",
    );
    expect(extraction.data["line_items"]).toMatchObject([{ amount: "100.00" }]);
    expect(extraction.evidence["/line_items/0/amount"]).toMatchObject({ source: "text_layer" });
  });

  it("do not stand in the way of another type that a person asks for", async () => {
    const extraction = await engine.extract(withPages(ciiInvoice(), [paper(marks())]), "generic");
    expect(extraction.data).toHaveProperty("key_values");
    expect(extraction.checks).toBeUndefined();
  });
});
