import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import type { DocumentType } from "../../src/model/extraction.ts";
import { json } from "../../src/parse/formats/json.ts";
import { xml } from "../../src/parse/formats/xml.ts";
import { openWith, pagesOf } from "../fixtures/open.ts";
import { parsedDocument } from "../fixtures/parsed.ts";

const engine = createEmbeddedEngine();

/** What is read of a file in a dialect of its own. */
async function read(content: string, type: DocumentType = "invoice") {
  const format = content.startsWith("<") ? "xml" : "json";
  const opened = await openWith(format === "xml" ? xml : json, content, { format });
  return engine.extract(parsedDocument(await pagesOf(opened), { format }), type);
}

const ENGLISH = `<Bill xmlns="urn:mill:export:7">
  <Head><BillNo>ML-20917</BillNo><IssueDate>2026-04-02</IssueDate><Currency>GBP</Currency></Head>
  <Supplier><PartyName>Mill Lane Paper Ltd</PartyName><VATNumber>GB823847609</VATNumber>
    <PostalAddress><StreetName>4 Mill Lane</StreetName><CityName>Kendal</CityName><PostalZone>LA9 4QD</PostalZone></PostalAddress>
    <Contact><Name>Ruth Osei</Name><Telephone>+44 1539 555 019</Telephone></Contact></Supplier>
  <BillTo><CompanyName>Harbour Prints</CompanyName><Address1>7 Quay Street</Address1><City>Whitby</City></BillTo>
  <Rows><Row><Description>Cartridge paper A1</Description><Quantity>20</Quantity><UnitPrice>3.10</UnitPrice><Amount>62.00</Amount></Row>
    <Row><Description>Carriage</Description><Quantity>1</Quantity><UnitPrice>8.00</UnitPrice><Amount>8.00</Amount></Row></Rows>
  <Sums><NetTotal>70.00</NetTotal><VATAmount>14.00</VATAmount><GrandTotal>84.00</GrandTotal></Sums>
</Bill>`;

describe("a file of named values in a dialect of its own", () => {
  it("tells its parties by the names of the elements that they lie in", async () => {
    const { data } = await read(ENGLISH);
    expect(data).toMatchObject({
      vendor: {
        name: "Mill Lane Paper Ltd",
        tax_id: "GB823847609",
        address: "4 Mill Lane, LA9 4QD Kendal",
        phone: "+44 1539 555 019",
      },
      customer: { name: "Harbour Prints", address: "7 Quay Street, Whitby" },
      currency: "GBP",
      total: "84.00",
    });
    expect(data["line_items"]).toHaveLength(2);
  });

  it("cites each part of an address that is put together", async () => {
    const { evidence } = await read(ENGLISH);
    expect(evidence["/vendor/address"]?.content).toBe("4 Mill Lane\nLA9 4QD\nKendal");
    expect(evidence["/vendor/address"]?.citations).toHaveLength(3);
    expect(evidence["/vendor/name"]).toMatchObject({ source: "xml", grounded: true });
  });

  it("reads keys of JSON in other languages, each party's values apart", async () => {
    const { data } = await read(
      JSON.stringify({
        rechnungsnummer: "2026/0417",
        rechnungsdatum: "2026-06-30",
        lieferant: {
          firma: "Seilerei Brandt GmbH",
          ust_id: "DE811907980",
          anschrift: { strasse: "Am Kai", hausnummer: "12", plz: "24103", ort: "Kiel" },
        },
        kunde: { firma: "Werft Nord AG", kundennummer: "K-88", kontakt: { email: "einkauf@werft.example" } },
        positionen: [
          { bezeichnung: "Tau 12 mm", menge: 50, einzelpreis: 1.2, gesamtpreis: 60 },
          { bezeichnung: "Schäkel", menge: 4, einzelpreis: 10, gesamtpreis: 40 },
        ],
        summen: { netto: 100, mwst: 19, brutto: 119 },
      }),
    );
    expect(data).toMatchObject({
      invoice_number: "2026/0417",
      vendor: { name: "Seilerei Brandt GmbH", tax_id: "DE811907980", address: "Am Kai 12, 24103 Kiel" },
      customer: { name: "Werft Nord AG", customer_id: "K-88", email: "einkauf@werft.example" },
      total: "119.00",
    });
    expect((data["vendor"] as Record<string, unknown>)["email"]).toBeUndefined();
  });

  it("takes names that tell the party themselves, and attributes", async () => {
    const { data } = await read(
      `<facture numero="F-77" date="2026-05-04" devise="EUR" fournisseurNom="Atelier Vidal SARL" clientNom="Mairie de Sète"
        fournisseurNumTva="FR40303265045"><total_ht>200.00</total_ht><total_tva>40.00</total_tva><total_ttc>240.00</total_ttc></facture>`,
    );
    expect(data).toMatchObject({
      vendor: { name: "Atelier Vidal SARL", tax_id: "FR40303265045" },
      customer: { name: "Mairie de Sète" },
      total: "240.00",
    });
  });

  it("knows an order's buyer from its vendor, and gives one number once", async () => {
    const { data } = await read(
      JSON.stringify({
        order: {
          orderNumber: "4500017723",
          orderDate: "2026-05-02",
          buyer: { companyName: "Vela Marine SpA", contact: { email: "ufficio@vela.example" } },
          vendor: { companyName: "Rope & Rig Co." },
          items: [
            { sku: "RP-12", description: "Rope 12mm", quantity: 200, price: 1.25, lineTotal: 250 },
            { sku: "SH-3", description: "Shackle", quantity: 40, price: 3.1, lineTotal: 124 },
          ],
          total: 374,
        },
      }),
      "purchase_order",
    );
    expect(data).toMatchObject({
      purchase_order_number: "4500017723",
      buyer: { name: "Vela Marine SpA", email: "ufficio@vela.example" },
      supplier: { name: "Rope & Rig Co." },
    });
    expect(data["sales_order_number"]).toBeUndefined();
    expect((data["supplier"] as Record<string, unknown>)["email"]).toBeUndefined();
  });

  it("does not take a contact for its party, nor an office's address for an order", async () => {
    const { data } = await read(
      `<Invoice><ID>R-5</ID><BuyerReference>04011000-12352-79</BuyerReference><IssueDate>2026-01-05</IssueDate>
        <Seller><Contact><Name>Auskunft erteilt Frau Blau</Name></Contact><Name>Blau Technik GmbH</Name></Seller>
        <Buyer><Name>Stadt Ulm</Name></Buyer><TaxCurrencyCode>GBP</TaxCurrencyCode><DocumentCurrency>EUR</DocumentCurrency>
        <Total>10.00</Total></Invoice>`,
    );
    expect(data).toMatchObject({
      vendor: { name: "Blau Technik GmbH" },
      customer: { name: "Stadt Ulm" },
      currency: "EUR",
    });
    expect(data["purchase_order_number"]).toBeUndefined();
  });

  it("stays quick where thousands of parties are named", async () => {
    const many = Array.from({ length: 4_000 }, (_, at) => ({
      supplier: { name: `Firm ${at}`, city: "Leeds" },
    }));
    const { data } = await read(
      JSON.stringify({ invoiceNumber: "A-1", list: many.map((one, at) => ({ [`n${at}`]: one })) }),
    );
    expect(data["invoice_number"]).toBe("A-1");
  });
});
