import { describe, expect, it } from "vitest";
import { groupOf, groupsOf, termOf, termsOf, valueOf } from "../../../src/model/en16931.ts";
import type { StructuredDocument } from "../../../src/model/structured.ts";
import { byRichness } from "../../../src/parse/einvoice/by-richness.ts";
import { readStructured } from "../../../src/parse/einvoice/read-structured.ts";
import { ciiInvoice, fattura, fatturaBody, ubl, ublInvoice, ublParty } from "../../fixtures/einvoice.ts";
import { LIMITS } from "../../fixtures/limits.ts";

const bytes = (xml: string): Uint8Array => new TextEncoder().encode(xml);

function read(xml: string): StructuredDocument {
  const [document] = readStructured(bytes(xml), "file.xml", LIMITS) ?? [];
  if (!document) throw new Error("The file is of no known syntax.");
  return document;
}

const values = (document: StructuredDocument, ids: readonly string[]): Record<string, string | null> =>
  Object.fromEntries(ids.map((id) => [id, valueOf(document.root, id)]));

describe("UBL", () => {
  it("gives an invoice's terms with value, content, path and components", () => {
    const { root, kind, syntax, profile, attachment } = read(ublInvoice());
    expect({ kind, syntax, attachment }).toEqual({ kind: "invoice", syntax: "ubl", attachment: "file.xml" });
    expect(profile?.name).toBe("XRechnung 3.0");
    expect(termOf(root, "BT-1")).toEqual({
      id: "BT-1",
      value: "INV-7",
      content: "INV-7",
      xpath: "/Invoice/cbc:ID",
    });
    expect(termOf(root, "BT-9")).toMatchObject({ value: "2026-03-31", content: "2026-03-31Z" });
    expect(termOf(root, "BT-112")).toMatchObject({ value: "122.57", currency: "EUR" });
    expect(termsOf(root, "BT-129").map(({ value, content, unit }) => [value, content, unit])).toEqual([
      ["4.0", "+4.0", "HUR"],
      ["3", "3", "C62"],
    ]);
    expect(termOf(root, "BT-34")).toMatchObject({ value: "post@seller.example", scheme: "EM" });
  });

  it("tells one place's elements apart by what stands beside them", () => {
    const document = read(ublInvoice());
    expect(
      values(document, ["BT-31", "BT-32", "BT-110", "BT-111", "BT-18", "BT-122", "BT-92", "BT-99"]),
    ).toEqual({
      "BT-31": "DE111111111",
      "BT-32": "12/345/6789",
      "BT-110": "19.57",
      "BT-111": "221.10",
      "BT-18": "OBJ-1",
      "BT-122": "TS-1",
      "BT-92": "2.00",
      "BT-99": "5.00",
    });
    expect(values(document, ["BT-21", "BT-22", "BT-8", "BT-73", "BT-72", "BT-77"])).toEqual({
      "BT-21": "AAI",
      "BT-22": "Thank you",
      "BT-8": "35",
      "BT-73": "2026-02-01",
      "BT-72": "2026-02-27",
      "BT-77": "Harbour",
    });
  });

  it("nests groups as the model does and counts lines in their paths", () => {
    const { root } = read(ublInvoice());
    const [, second] = groupsOf(root, "BG-25");
    expect(second?.xpath).toBe("/Invoice/cac:InvoiceLine[2]");
    expect(second?.groups.map(({ id }) => id)).toEqual(["BG-27", "BG-29", "BG-30", "BG-31"]);
    expect(groupOf(root, "BG-14")?.xpath).toBe("/Invoice/cac:InvoicePeriod");
    expect(groupOf(root, "BG-13")?.groups.map(({ id }) => id)).toEqual(["BG-14", "BG-15"]);
  });

  it("keeps what is attached out of the terms", () => {
    expect(termOf(read(ublInvoice()).root, "BT-125")).toMatchObject({
      value: "../time sheet.txt",
      scheme: "text/plain",
      content: "../time sheet.txt",
    });
  });

  it("takes a credit note for one, also in an Invoice of such a type", () => {
    expect(read(ublInvoice("CreditNote"))).toMatchObject({ kind: "credit_note" });
    expect(valueOf(read(ublInvoice("CreditNote")).root, "BT-129")).toBe("4.0");
    expect(read(ublInvoice().replace(">380<", ">381<")).kind).toBe("credit_note");
    expect(read(ublInvoice().replace(">380<", ">384<")).kind).toBe("invoice");
  });

  it("gives a direct debit its creditor, who stands with the seller", () => {
    const sepa = `<cac:PartyIdentification><cbc:ID schemeID="SEPA">DE98ZZZ</cbc:ID></cac:PartyIdentification><cac:PartyName>`;
    const xml = ublInvoice()
      .replace("<cac:PartyName>", sepa)
      .replace(
        "</cac:PaymentMeans>",
        "<cac:PaymentMandate><cbc:ID>M-1</cbc:ID></cac:PaymentMandate></cac:PaymentMeans>",
      );
    expect(values(read(xml), ["BT-89", "BT-90"])).toEqual({ "BT-89": "M-1", "BT-90": "DE98ZZZ" });
    expect(termsOf(read(xml).root, "BT-29").map(({ value }) => value)).toEqual(["40111111111"]);
  });

  it("reads orders and what answers them with the terms that mean the same", () => {
    const line = `<cac:OrderLine><cbc:Note>Handle with care</cbc:Note><cac:LineItem><cbc:ID>1</cbc:ID><cbc:LineStatusCode>3</cbc:LineStatusCode><cbc:Quantity unitCode="C62">10</cbc:Quantity><cac:Delivery><cac:PromisedDeliveryPeriod><cbc:StartDate>2026-04-01</cbc:StartDate><cbc:EndDate>2026-04-02</cbc:EndDate></cac:PromisedDeliveryPeriod></cac:Delivery><cac:Price><cbc:PriceAmount currencyID="EUR">1.50</cbc:PriceAmount></cac:Price><cac:Item><cbc:Name>Sauce</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>`;
    const parties = `<cac:BuyerCustomerParty>${ublParty("Buyer", "DE222222222")}</cac:BuyerCustomerParty><cac:SellerSupplierParty>${ublParty("Seller", "DE111111111")}</cac:SellerSupplierParty>`;
    const order = read(
      ubl(
        "Order",
        `<cbc:ID>PO-1</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate>${parties}<cac:AnticipatedMonetaryTotal><cbc:PayableAmount currencyID="EUR">15.00</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>${line}`,
      ),
    );
    expect(order.kind).toBe("order");
    expect(
      values(order, ["order_number", "order_date", "BT-44", "BT-27", "BT-115", "BT-153", "BT-146"]),
    ).toEqual({
      order_number: "PO-1",
      order_date: "2026-03-01",
      "BT-44": "Buyer GmbH",
      "BT-27": "Seller GmbH",
      "BT-115": "15.00",
      "BT-153": "Sauce",
      "BT-146": "1.50",
    });
    const response = read(
      ubl(
        "OrderResponse",
        `<cbc:ID>R-1</cbc:ID><cbc:SalesOrderID>SO-1</cbc:SalesOrderID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:OrderResponseCode>CA</cbc:OrderResponseCode><cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference>${parties}${line}`,
      ),
    );
    expect(response.kind).toBe("order_response");
    expect(values(response, ["response_number", "response_code", "order_number", "BT-14"])).toEqual({
      response_number: "R-1",
      response_code: "CA",
      order_number: "PO-1",
      "BT-14": "SO-1",
    });
    const [answered] = groupsOf(response.root, "BG-25");
    expect(answered && [valueOf(answered, "line_status_code"), valueOf(answered, "delivery_date")]).toEqual([
      "3",
      "2026-04-02",
    ]);
  });

  it("reads what was sent, what was answered to a document, changes, cancellations and catalogues", () => {
    const despatch = read(
      ubl(
        "DespatchAdvice",
        `<cbc:ID>D-1</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate><cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference><cac:DespatchSupplierParty>${ublParty("Seller", "DE111111111")}</cac:DespatchSupplierParty><cac:DeliveryCustomerParty>${ublParty("Store", "DE333333333")}</cac:DeliveryCustomerParty><cac:Shipment><cbc:ID>NA</cbc:ID><cac:Delivery><cbc:TrackingID>T-5</cbc:TrackingID><cac:EstimatedDeliveryPeriod><cbc:EndDate>2026-03-04</cbc:EndDate></cac:EstimatedDeliveryPeriod></cac:Delivery></cac:Shipment><cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="XPK">10</cbc:DeliveredQuantity><cac:Item><cbc:Name>Wax</cbc:Name></cac:Item></cac:DespatchLine>`,
      ),
    );
    expect(
      values(despatch, [
        "despatch_number",
        "despatch_date",
        "delivery_date",
        "tracking_number",
        "shipment_number",
        "BT-27",
        "BT-70",
        "BT-129",
      ]),
    ).toEqual({
      despatch_number: "D-1",
      despatch_date: "2026-03-01",
      delivery_date: "2026-03-04",
      tracking_number: "T-5",
      shipment_number: null,
      "BT-27": "Seller GmbH",
      "BT-70": "Store Trading",
      "BT-129": "10",
    });
    const answer = read(
      ubl(
        "ApplicationResponse",
        `<cbc:ID>A-1</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate><cac:DocumentResponse><cac:Response><cbc:ResponseCode>RE</cbc:ResponseCode></cac:Response><cac:DocumentReference><cbc:ID>INV-7</cbc:ID></cac:DocumentReference></cac:DocumentResponse>`,
      ),
    );
    const [said] = groupsOf(answer.root, "document_response");
    expect(said?.terms.map(({ id, value }) => [id, value])).toEqual([
      ["response_code", "RE"],
      ["referenced_document_number", "INV-7"],
    ]);
    const reference = "<cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference>";
    const change = read(ubl("OrderChange", `<cbc:ID>C-1</cbc:ID>${reference}`));
    expect(values(change, ["order_number", "referenced_document_number"])).toEqual({
      order_number: "PO-1",
      referenced_document_number: "C-1",
    });
    expect(read(ubl("OrderCancellation", `<cbc:ID>X-1</cbc:ID>${reference}`)).kind).toBe(
      "order_cancellation",
    );
    expect(read(ubl("Catalogue", "<cbc:ID>K-1</cbc:ID>")).kind).toBe("catalogue");
  });
});

describe("Cross Industry Invoice", () => {
  it("gives the same terms in each generation of the syntax", () => {
    const ids = [
      "BT-1",
      "BT-2",
      "BT-5",
      "BT-13",
      "BT-27",
      "BT-31",
      "BT-32",
      "BT-72",
      "BT-109",
      "BT-110",
      "BT-112",
      "BT-117",
      "BT-119",
      "BT-129",
      "BT-131",
      "BT-146",
      "BT-152",
      "BT-153",
      "BT-157",
    ];
    const now = read(ciiInvoice());
    const first = read(
      ciiInvoice({ first: true, guideline: "urn:ferd:CrossIndustryDocument:invoice:1p0:comfort" }),
    );
    expect(values(now, ids)).toEqual(values(first, ids));
    expect(values(now, ids)).toMatchObject({
      "BT-2": "2026-03-01",
      "BT-31": "DE111111111",
      "BT-32": "12/345",
      "BT-131": "100.00",
    });
    expect(Object.values(values(now, ids))).not.toContain(null);
    expect([now.profile?.name, first.profile?.name]).toEqual(["EN 16931", "ZUGFeRD 1.0 COMFORT"]);
  });

  it("reads the drafts of ZUGFeRD, whose root is an Invoice and whose dates have no element inside", () => {
    const draft = ciiInvoice({ first: true })
      .replaceAll("CrossIndustryDocument", "Invoice")
      .replace(
        /<ram:IssueDateTime>.*?<\/ram:IssueDateTime>/,
        '<ram:IssueDateTime format="102">20260301</ram:IssueDateTime>',
      );
    expect(values(read(draft), ["BT-1", "BT-2"])).toEqual({ "BT-1": "INV-7", "BT-2": "2026-03-01" });
  });

  it("gives each means of payment what belongs to it", () => {
    const settlement = `<ram:CreditorReferenceID>DE98ZZZ</ram:CreditorReferenceID><ram:PaymentReference>RF18</ram:PaymentReference>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE02120300000000202051</ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>59</ram:TypeCode><ram:PayerPartyDebtorFinancialAccount><ram:IBANID>DE75512108001245126199</ram:IBANID></ram:PayerPartyDebtorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
<ram:SpecifiedTradePaymentTerms><ram:DirectDebitMandateID>M-1</ram:DirectDebitMandateID></ram:SpecifiedTradePaymentTerms>`;
    const means = groupsOf(read(ciiInvoice({ settlement })).root, "BG-16");
    const of = (index: number, id: string): string | null => {
      const group = means[index];
      return group ? valueOf(group, id) : null;
    };
    expect([of(0, "BT-81"), of(0, "BT-83"), of(0, "BT-84"), of(0, "BT-89")]).toEqual([
      "58",
      "RF18",
      "DE02120300000000202051",
      null,
    ]);
    expect([of(1, "BT-81"), of(1, "BT-89"), of(1, "BT-90"), of(1, "BT-91")]).toEqual([
      "59",
      "M-1",
      "DE98ZZZ",
      "DE75512108001245126199",
    ]);
  });

  it("takes ZUGFeRD's logistics charges for charges", () => {
    const settlement = `<ram:SpecifiedLogisticsServiceCharge><ram:Description>Freight</ram:Description><ram:AppliedAmount>3.00</ram:AppliedAmount></ram:SpecifiedLogisticsServiceCharge>`;
    expect(values(read(ciiInvoice({ settlement })), ["BT-99", "BT-104"])).toEqual({
      "BT-99": "3.00",
      "BT-104": "Freight",
    });
  });

  it("takes a document for a credit note by its type code, and a correction for an invoice", () => {
    expect(["381", "261", "262", "384", "389"].map((type) => read(ciiInvoice({ type })).kind)).toEqual([
      "credit_note",
      "credit_note",
      "credit_note",
      "invoice",
      "invoice",
    ]);
  });

  it("reads Order-X", () => {
    const order = ciiInvoice({ type: "220", guideline: "urn:order-x.eu:1p0:comfort" })
      .replaceAll("CrossIndustryInvoice", "SCRDMCCBDACIOMessageStructure")
      .replaceAll("BilledQuantity", "RequestedQuantity")
      .replaceAll("InvoiceCurrencyCode", "OrderCurrencyCode");
    expect(read(order)).toMatchObject({ kind: "order", profile: { name: "Order-X 1.0 COMFORT" } });
    expect(values(read(order), ["order_number", "BT-5", "BT-129"])).toEqual({
      order_number: "INV-7",
      "BT-5": "EUR",
      "BT-129": "10.0000",
    });
  });
});

describe("FatturaPA", () => {
  it("gives one document for each body, under the one header", () => {
    const documents = readStructured(
      bytes(fattura(fatturaBody("1"), fatturaBody("2", { type: "TD04" }))),
      "f.xml",
      LIMITS,
    );
    expect(documents?.map(({ kind, root }) => [kind, valueOf(root, "BT-1"), valueOf(root, "BT-27")])).toEqual(
      [
        ["invoice", "1", "Ada Rossi"],
        ["credit_note", "2", "Ada Rossi"],
      ],
    );
    expect(documents?.[1]?.root.xpath).toBe("/p:FatturaElettronica/FatturaElettronicaBody[2]");
  });

  it("puts together what the model has as one", () => {
    expect(
      values(read(fattura(fatturaBody("1"))), [
        "BT-31",
        "BT-35",
        "BT-44",
        "BT-3",
        "BT-81",
        "BT-11",
        "BT-17",
        "BT-49",
      ]),
    ).toEqual({
      "BT-31": "IT01234567890",
      "BT-35": "Via Roma 5",
      "BT-44": "Beta & Figli",
      "BT-3": "380",
      "BT-81": "30",
      "BT-11": "CUP1",
      "BT-17": "CIG1",
      "BT-49": "ABC1234",
    });
  });

  it("adds up exactly what it gives in parts, and says so", () => {
    const { root } = read(fattura(fatturaBody("1")));
    expect(termOf(root, "BT-106")).toMatchObject({ value: "110.50", derived: true });
    expect(termOf(root, "BT-109")).toMatchObject({
      value: "110.50",
      content: "100.00 + 10.50",
      derived: true,
    });
    expect(termOf(root, "BT-112")).toMatchObject({ value: "132.92", derived: true });
    expect(termOf(root, "BT-115")).toMatchObject({ value: "132.92", derived: true });
    const given = termOf(read(fattura(fatturaBody("1", { total: "132.90" }))).root, "BT-112");
    expect(given).toMatchObject({ value: "132.90" });
    expect(given?.derived).toBeUndefined();
  });

  it("derives no total where discounts of the whole document leave it open", () => {
    const discounted = fatturaBody("1").replace(
      "<Causale>",
      "<ScontoMaggiorazione><Tipo>SC</Tipo><Importo>5.00</Importo></ScontoMaggiorazione><Causale>",
    );
    expect(values(read(fattura(discounted)), ["BT-112", "BT-92"])).toEqual({
      "BT-112": null,
      "BT-92": "5.00",
    });
  });

  it("reads the simplified form", () => {
    const simple = `<FatturaElettronicaSemplificata versione="FSM10"><FatturaElettronicaHeader><DatiTrasmissione><FormatoTrasmissione>FSM10</FormatoTrasmissione></DatiTrasmissione><CedentePrestatore><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>012</IdCodice></IdFiscaleIVA><Denominazione>Alfa</Denominazione></CedentePrestatore><CessionarioCommittente><IdentificativiFiscali><CodiceFiscale>CF1</CodiceFiscale></IdentificativiFiscali></CessionarioCommittente></FatturaElettronicaHeader><FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD07</TipoDocumento><Divisa>EUR</Divisa><Data>2026-03-01</Data><Numero>9</Numero></DatiGeneraliDocumento></DatiGenerali><DatiBeniServizi><Descrizione>Pranzo</Descrizione><Importo>11.00</Importo><DatiIVA><Imposta>1.00</Imposta></DatiIVA></DatiBeniServizi></FatturaElettronicaBody></FatturaElettronicaSemplificata>`;
    expect(values(read(simple), ["BT-1", "BT-27", "BT-31", "BT-47", "BT-112", "BT-110", "BT-153"])).toEqual({
      "BT-1": "9",
      "BT-27": "Alfa",
      "BT-31": "IT012",
      "BT-47": "CF1",
      "BT-112": "11.00",
      "BT-110": "1.00",
      "BT-153": "Pranzo",
    });
  });
});

describe("other files", () => {
  it("are of no known syntax: other XML, an Invoice of nobody's namespace, words, nothing", () => {
    for (const content of [
      "<note/>",
      "<Invoice><ID>1</ID></Invoice>",
      "<FatturaElettronica/>",
      "Invoice 7",
      "",
    ]) {
      expect(readStructured(bytes(content), "x.xml", LIMITS)).toBeNull();
    }
  });

  it("are refused where a known syntax is cut off or declares a document type", () => {
    expect(() => readStructured(bytes(ublInvoice().slice(0, -200)), "x.xml", LIMITS)).toThrow(
      expect.objectContaining({ code: "file_damaged" }),
    );
    const declared = ublInvoice().replace("<Invoice", '<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice');
    expect(() => readStructured(bytes(declared), "x.xml", LIMITS)).toThrow(
      expect.objectContaining({ code: "unsafe_content" }),
    );
  });

  it("of the same invoice come in the order of their age and richness", () => {
    const first = read(
      ciiInvoice({
        first: true,
        guideline: "urn:ferd:CrossIndustryDocument:invoice:1p0:extended",
        settlement: "<ram:BillingSpecifiedPeriod/>",
      }),
    );
    const minimum = read(ciiInvoice({ lines: false }));
    const full = read(ciiInvoice());
    expect(byRichness([first, minimum, full])).toEqual([full, minimum, first]);
  });
});

describe("profiles", () => {
  it("are called by their names", () => {
    const names = [
      "urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.1",
      "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0",
      "urn:factur-x.eu:1p0:minimum",
      "urn:factur-x.eu:1p0:basicwl",
      "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
      "urn:cen.eu:en16931:2017#conformant#urn:zugferd.de:2p0:extended",
      "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
      "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0",
      "urn:cen.eu:en16931:2017",
      "urn:example",
    ].map((guideline) => read(ciiInvoice({ guideline })).profile?.name);
    expect(names).toEqual([
      "XRechnung 2.1",
      "XRechnung 3.0 Extension",
      "Factur-X 1.0 MINIMUM",
      "Factur-X 1.0 BASIC WL",
      "Factur-X 1.0 BASIC",
      "ZUGFeRD 2.0 EXTENDED",
      "Peppol BIS Billing 3.0",
      "NLCIUS 1.0",
      "EN 16931",
      "urn:example",
    ]);
  });
});
