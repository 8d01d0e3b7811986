import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import type { DocumentType, Extraction } from "../../src/model/extraction.ts";
import type { PageSource } from "../../src/model/parsed.ts";
import { documentOf, typed } from "./paper.ts";

const engine = createEmbeddedEngine();

/** Reads a layout that is drawn as text, every character in its cell. */
function read(kind: DocumentType, text: string, source: PageSource = "text_layer"): Promise<Extraction> {
  return engine.extract(documentOf(typed(text, source)), kind);
}

const SAAS_RECEIPT = `
Receipt                                       Quillstack
Invoice number   8F2C91AB-0003
Receipt number   2417-8835
Date paid        March 4, 2024

Quillstack                                    Bill to
PO Box 4411                                   Orchard Labs
Dover, Delaware 19901                         billing@orchardlabs.example
United States
support@quillstack.app

$49.00 paid on March 4, 2024

Description                                              Qty    Unit price    Amount
Pro subscription                                          1     $49.00        $49.00

                                                         Subtotal             $49.00
                                                         Total                $49.00
                                                         Amount paid          $49.00`;

describe("names", () => {
  it("takes the name over the address of a receipt whose head has unknown labels", async () => {
    const { data } = await read("receipt", SAAS_RECEIPT);
    expect(data).toMatchObject({
      merchant: { name: "Quillstack", address: "PO Box 4411, Dover, Delaware 19901, United States" },
      receipt_number: "2417-8835",
      total: "49.00",
    });
  });

  it("takes no section's heading for a name", async () => {
    const { data } = await read(
      "invoice",
      `Room Details                                  Hotel Details
Room 412, Deluxe King                         Harbour View Hotel
Guest Name: Mr. Tom Walsh                     21 Quayside
Folio No: 55812                               Bristol BS1 4QA

Description                     Amount
Room charge                     240.00

                             Total             240.00
Thank you for staying with us. Your Harbour View Hotel team`,
    );
    expect(data).toMatchObject({ invoice_number: "55812", vendor: { name: "Harbour View Hotel" } });
  });

  it("gives the legal name of the foot beside the shorter one of the head, without a department", async () => {
    const { data } = await read(
      "invoice",
      `Solène Énergie Service Clients
TSA 40012
59867 Lille Cedex 9

N° de facture : 10 338 221 745
Date de facture : 12/02/2024

Total HT                                                              102,60 €
TVA 20 %                                                               20,52 €
Montant total TTC                                                     123,12 €
À payer avant le 28/02/2024



Solène Énergie SA, RCS Paris 552 081 317`,
    );
    expect(data).toMatchObject({
      vendor: { name: "Solène Énergie", legal_name: "Solène Énergie SA" },
      due_date: "2024-02-28",
    });
  });

  it("ends an address at its town and steps over the owner's line", async () => {
    const { data } = await read(
      "receipt",
      `Bäckerei Sonnenkorn
Inh. M. Huber
Marktplatz 3
86150 Augsburg

12.03.2024 07:42
Kaffee                    3,20
SUMME                     3,20`,
    );
    expect(data).toMatchObject({
      merchant: { name: "Bäckerei Sonnenkorn", address: "Marktplatz 3, 86150 Augsburg" },
    });
  });
});

describe("totals", () => {
  it("adds up a table of tax rates without a sum's row, and proves it by cash and change", async () => {
    const { data, evidence } = await read(
      "receipt",
      `Bäckerei Sonnenkorn
Marktplatz 3
86150 Augsburg
12.03.2024 07:42
Brezel      3 x 0,90      2,70 A
Kaffee                    3,20 B
SUMME                EUR  5,90
Bar                      10,00
Rückgeld                  4,10
        Netto   MwSt  Brutto
A 7,0%   2,52   0,18   2,70
B 19,0%  2,69   0,51   3,20`,
    );
    expect(data).toMatchObject({ total: "5.90", subtotal: "5.21", tax_total: "0.69" });
    expect(evidence["/tax_total"]).toMatchObject({ source: "derived" });
    expect(evidence["/tax_total"]?.citations).toHaveLength(2);
  });

  it("takes the sum's row of a table of tax rates that names no total", async () => {
    const { data } = await read(
      "invoice",
      `Lindner Werkzeuge GmbH
Hauptstr. 8
72070 Tübingen

Rechnung Nr. 4471                    Datum: 12.03.2024

Bezeichnung          Menge     Einzelpreis    Betrag
Zange                 3           100,00      300,00
Fachbuch              2            50,00      100,00

MwSt-Satz    Warenwert    Steuer      Brutto
19,00        300,00       57,00       357,00
 7,00        100,00        7,00       107,00
             400,00       64,00       464,00`,
    );
    expect(data).toMatchObject({ subtotal: "400.00", tax_total: "64.00", total: "464.00" });
  });

  it("finds the net that total less tax shows, where nothing names it", async () => {
    const { data } = await read(
      "invoice",
      `PENHALIGAN & SONS
14 Castle Street, Truro TR1 3AF

Invoice No 10442                        Date 4 March 2024

For professional services: survey                                          £650.00
VAT @ 20%                                                                  £130.00
TOTAL                                                                      £780.00

Payment is due within 30 days of the invoice date.
Bank: Mercia Bank, sort code 30-94-21, account number 01234567`,
    );
    expect(data).toMatchObject({
      subtotal: "650.00",
      total: "780.00",
      due_date: "2024-04-03",
      bank_accounts: [{ account_number: "01234567", routing: "30-94-21" }],
    });
    expect(data).not.toHaveProperty("customer.customer_id");
  });

  it("counts a tip into what was paid", async () => {
    const { data } = await read(
      "receipt",
      `Juniper Grill
455 W Oak St
Austin, TX 78701
03/02/2024 7:41 PM
2 Burger           25.00
1 Iced Tea          3.50
Subtotal           28.50
Tax                 2.35
Total              30.85
Tip                 6.00
Total Paid         36.85`,
    );
    expect(data).toMatchObject({ subtotal: "28.50", tax_total: "2.35", tip: "6.00", total: "36.85" });
  });
});

describe("due dates", () => {
  const head =
    "Zimmerei Holzapfel e.K.\nDorfstraße 9\n83022 Rosenheim\n\nRechnung Nr. 99     Datum: 02.05.2024\n\nEndbetrag   1.428,00 EUR\n\n";

  it.each([
    ["Zahlbar innerhalb von 14 Tagen nach Rechnungsdatum ohne Abzug.", "2024-05-16"],
    ["Bitte begleichen Sie die Rechnung bis spätestens 20.05.2024.", "2024-05-20"],
    ["Zahlbar bis 01.06.2024 ohne Abzug", "2024-06-01"],
    ["Please remit until 2024-06-03.", "2024-06-03"],
  ])("reads %s", async (terms, due) => {
    const { data } = await read("invoice", head + terms);
    expect(data).toMatchObject({ due_date: due });
  });

  it.each([
    "Zahlbar in 10 Tagen mit 2 % Skonto oder 30 Tagen netto.",
    "Zahlbar 30 Tage nach Monatsende",
    "Widerruf binnen 14 Tagen",
  ])("derives nothing from %s", async (terms) => {
    const { data } = await read("invoice", head + terms);
    expect(data).not.toHaveProperty("due_date");
  });

  it("cites the words and the date that a derived day follows from", async () => {
    const { evidence } = await read("invoice", `${head}Zahlbar innerhalb von 14 Tagen`);
    expect(evidence["/due_date"]).toMatchObject({ source: "derived" });
    expect(evidence["/due_date"]?.citations).toHaveLength(2);
  });
});

describe("numbers", () => {
  it("keeps an order number whole and leaves its revision off", async () => {
    const { data } = await read(
      "purchase_order",
      `PURCHASE ORDER
Document Reference: PO-2024-KX-0187/REV.2
Amendment Date: 12/10/2024

Vendor                                Ship To
Granite State Tools LLC               Blue Heron Robotics, Inc.
9 Foundry Rd                          200 Innovation Way
Concord, NH 03301                     Nashua, NH 03060

Grand Total           $1,671.20









Approved by                           Date: 12/05/2024`,
    );
    expect(data).toMatchObject({
      purchase_order_number: "PO-2024-KX-0187",
      order_date: "2024-12-10",
      supplier: { name: "Granite State Tools LLC", address: "9 Foundry Rd, Concord, NH 03301" },
    });
  });

  it("takes a reference in words or in groups of digits", async () => {
    const words = await read("invoice", "Faktura\nFakturanummer    220145\nDeres ref        Kari Nordmann");
    expect(words.data).toMatchObject({ buyer_reference: "Kari Nordmann" });
    const groups = await read("invoice", "Rechnung\nReferenz des Käufers   : 05 158 004 - 11023 - 45");
    expect(groups.data).toMatchObject({ buyer_reference: "05 158 004 - 11023 - 45" });
  });

  it("says what its title makes of an invoice", async () => {
    const { data } = await read("invoice", "Schlussrechnung Nr. 77\n\nGesamtbetrag   12,00 EUR");
    expect(data).toMatchObject({ document_subtype: "final" });
  });
});

describe("damaged print", () => {
  it("reads labels, dates and times whose letters and digits were taken for each other", async () => {
    const { data } = await read(
      "receipt",
      `SEJAHTERA STORE
MINI MARKET SDN BHD
NO 12, JALAN MERBAU 3
43000 KAJANG
1NV0ICE N0: 00412
DATE : O4/O3/2O18  14:22:1O
MILO 1KG            18.90
GULA                 2.85
T0TAL               21.75
CASN                50.00
CHANCE              28.25`,
      "ocr",
    );
    expect(data).toMatchObject({
      transaction_date: "2018-03-04",
      transaction_time: "14:22:10",
      receipt_number: "00412",
      total: "21.75",
    });
    expect(data["line_items"]).toHaveLength(2);
  });

  it("takes the total from cash and change when its label is lost", async () => {
    const { data } = await read(
      "receipt",
      `GREEN LEAF
CAFE & BISTRO
22 Harbour Rd
12-Jan-2O18
Latte               12.00
Cake                 9.50
Xq#il               21.50
Cxxh                50.00
Chxxge              28.50`,
      "ocr",
    );
    expect(data).toMatchObject({
      merchant: { name: "GREEN LEAF CAFE & BISTRO" },
      transaction_date: "2018-01-12",
      total: "21.50",
    });
  });

  it("does not make a tax of a total", async () => {
    const { data } = await read(
      "receipt",
      "KEDAI MERBAU\n12/03/2018\nRoller      94.00\nBrush       62.00\nTotal Amt Payable    156.00",
      "ocr",
    );
    expect(data).toMatchObject({ total: "156.00" });
    expect(data).not.toHaveProperty("tax_total");
  });
});

describe("counts", () => {
  it("leaves the sign of a count off the name", async () => {
    const { data } = await read(
      "receipt",
      `THE OLD CORNER BAKERY
York YO1 7PR
04/03/2024 09:14
2 x Sourdough loaf              9.20
1 x Oat milk 1 l                2.15
TOTAL                          11.35`,
    );
    expect(data["line_items"]).toMatchObject([
      { description: "Sourdough loaf", quantity: "2", amount: "9.20" },
      { description: "Oat milk 1 l", quantity: "1", amount: "2.15" },
    ]);
  });
});

describe("heads", () => {
  it("takes an addressed company for the customer and the plain name over it for the issuer", async () => {
    const { data } = await read(
      "invoice",
      `STUDIO LEGALE FERRI
Via Roma 10 - 20121 Milano
P. IVA 09876543210


                                                  Spett.le Alfa Costruzioni S.p.A.
                                                  Corso Italia 5
                                                  20122 Milano (MI)

Parcella n. 12/2024                               Milano, 10 aprile 2024

Imponibile                                        1.040,00
IVA 22%                                             228,80
Totale                                            1.268,80`,
    );
    expect(data).toMatchObject({
      vendor: { name: "STUDIO LEGALE FERRI", tax_id: "09876543210" },
      customer: { name: "Alfa Costruzioni S.p.A." },
    });
  });

  it("gives each party its own tax id when one has no label of its own", async () => {
    const { data } = await read(
      "invoice",
      `Tidewise Ltd                                                        Tax Invoice
Unit 4, Kings Yard
Leeds LS1 4AP
VAT GB 123 4567 82
                                            Invoice date        12 Mar 2024
To                                          Invoice number      TW-00412
Nordic Apps ApS                             VAT number          DK12345678
Vesterbrogade 1
1620 København V

Invoice Total GBP   420.00`,
    );
    expect(data).toMatchObject({ vendor: { name: "Tidewise Ltd", tax_id: "GB123456782" } });
  });

  it("finds an order's number under its title, and a total where only a net sum stands", async () => {
    const { data, evidence } = await read(
      "purchase_order",
      `MECANOR SA                                 BON DE COMMANDE
12 rue Ampère                              N° : BC-2024-0331
67000 Strasbourg                           Date : 14/03/2024

Fournisseur :
Aciers du Rhin SARL

Réf       Désignation       Qté     PU HT      Montant HT
AR-10     Tôle 2 mm         20      45,00      900,00
AR-22     Cornière 40       50       8,00      400,00
Montant net HT                               1 300,00`,
    );
    expect(data).toMatchObject({
      purchase_order_number: "BC-2024-0331",
      subtotal: "1300.00",
      total: "1300.00",
    });
    expect(evidence["/total"]).toMatchObject({ source: "derived" });
  });

  it("reads three sums in one line, the last with its currency", async () => {
    const { data } = await read(
      "invoice",
      "Faktura\nNetto 6 400,00      Moms 25% 1 600,00      Att betala SEK 8 000,00",
    );
    expect(data).toMatchObject({ subtotal: "6400.00", tax_total: "1600.00", total: "8000.00" });
  });

  it("does not call paid what settled the previous bill", async () => {
    const { data } = await read(
      "invoice",
      `Brightwater Energy                                    Bill number: 55120091
Customer Services: 0800 555 0100                      Bill date: 3 March 2024

Previous balance                                         £45.20
Payments received - thank you                           -£45.20
VAT at 5%                                                 £4.82
Total charges this bill                                 £101.22
Amount due by 17 March 2024                             £101.22`,
    );
    expect(data).toMatchObject({ vendor: { name: "Brightwater Energy" }, amount_due: "101.22" });
    expect(data).not.toHaveProperty("prepaid");
  });

  it("looks past the borders that a reader takes for signs, and dotted times", async () => {
    const { data } = await read(
      "receipt",
      `|    GOLDEN ANCHOR TRADING (519537-X)
|    LOT 28, JALAN ANGSA
     41150 KLANG
Date: 08/02/2017   3.43.01 PM
Total     12.50`,
      "ocr",
    );
    expect(data).toMatchObject({
      merchant: { name: "GOLDEN ANCHOR TRADING" },
      transaction_date: "2017-02-08",
    });
  });

  it.each([
    ["18/09./2017", "2017-09-18"],
    ["03/0372017", "2017-03-03"],
    ["2503/2018", "2018-03-25"],
    ["27032018 11:27", "2018-03-27"],
  ])("repairs the date %s of a scan alone", async (printed, iso) => {
    const text = `GOLDEN ANCHOR TRADING\n${printed}\nTotal     12.50`;
    expect((await read("receipt", text, "ocr")).data).toMatchObject({ transaction_date: iso });
    expect((await read("receipt", text, "text_layer")).data).not.toHaveProperty("transaction_date");
  });
});
