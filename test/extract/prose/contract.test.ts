import { describe, expect, test } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { contract } from "../../../src/extract/kinds/contract.ts";
import type { Evidence, ExtractedData } from "../../../src/model/extraction.ts";
import { documentText, type ParsedPage } from "../../../src/model/parsed.ts";
import { column, documentOf, paper, row } from "../paper.ts";

const engine = createEmbeddedEngine();

async function read(
  ...pages: ParsedPage[]
): Promise<{ data: ExtractedData; evidence: Record<string, Evidence>; text: string }> {
  const { data, evidence } = await engine.extract(documentOf(...pages), "contract");
  expect(contract.schema.safeParse(data).success).toBe(true);
  return { data, evidence, text: documentText(pages) };
}

/** What the citations of a value point at, as the document's text has it. */
function cited({ citations }: Evidence, text: string): string[] {
  return citations.map(({ span }) => text.slice(span![0], span![0] + span![1]));
}

const SERVICES = paper([
  { text: "MASTER SERVICES AGREEMENT", x: 190, y: 50, size: 15 },
  ...column(50, 90, [
    'This Agreement (the "Agreement") is entered into as of March 3, 2024 (the "Effective Date"), by and',
    "between Brightwater Analytics, Inc., a Delaware corporation with its principal office at 1200 Harbor",
    'Boulevard, Weehawken, New Jersey 07086 ("Supplier"), and Oakridge Health Part-',
    'ners LLC, having its registered office at 77 Mill Street, Columbus, OH 43215 (the "Customer").',
  ]),
  ...column(50, 170, [
    "1. Fees. Customer shall pay Supplier a total fee of EUR 248,500.00, payable in twelve instalments.",
  ]),
  ...column(50, 200, [
    "2. Term. This Agreement shall continue for an initial term of three (3) years and expire on March 2, 2027.",
  ]),
  ...column(50, 230, [
    "3. Termination. Either Party may terminate upon sixty (60) days' prior written notice to the other.",
  ]),
  ...column(50, 260, [
    "4. Governing Law. This Agreement shall be governed by the laws of Ireland, without regard to conflicts.",
  ]),
  ...column(50, 290, ["5. Confidentiality. Each Party shall hold all information in confidence."]),
]);

describe("a contract in sentences", () => {
  test.each([
    ["Any quarrel is taken to the judges of Bristol and nowhere else.", "Bristol"],
    ["The legal venue for both sides lies in Geneva.", "Geneva"],
    ["Disputes between us are for the Rotterdam courts alone.", "Rotterdam"],
    ["The parties submit to the exclusive jurisdiction of the courts of Ontario.", "Ontario"],
  ])("names who decides: %s", async (sentence, place) => {
    const { data } = await read(
      paper([
        { text: "SUPPLY AGREEMENT", x: 190, y: 50, size: 15 },
        ...column(50, 90, [
          'between Acorn Mills Ltd (the "Seller") and Brook Foods Ltd (the "Buyer").',
          sentence,
        ]),
      ]),
    );
    expect(data["jurisdiction"]).toBe(place);
  });

  test("gives its parties with role, address and short name", async () => {
    const { data } = await read(SERVICES);
    expect(data["title"]).toBe("MASTER SERVICES AGREEMENT");
    expect(data["parties"]).toEqual([
      {
        name: "Brightwater Analytics, Inc.",
        role: "Supplier",
        reference_name: "Supplier",
        address: "1200 Harbor Boulevard, Weehawken, New Jersey 07086",
      },
      {
        name: "Oakridge Health Partners LLC",
        role: "Customer",
        reference_name: "Customer",
        address: "77 Mill Street, Columbus, OH 43215",
      },
    ]);
  });

  test("gives dates, term, notice, law and value", async () => {
    const { data } = await read(SERVICES);
    expect(data).toMatchObject({
      effective_date: "2024-03-03",
      expiration_date: "2027-03-02",
      term: "three (3) years",
      governing_law: "Ireland",
      value: "248500.00",
      currency: "EUR",
    });
    expect(data["termination_notice"]).toBe("sixty (60) days");
  });

  test("gives clauses with a kind from the closed list, each with its own text", async () => {
    const { data } = await read(SERVICES);
    expect(data["clauses"]).toMatchObject([
      { kind: "payment", heading: "Fees" },
      { kind: "term" },
      { kind: "termination" },
      { kind: "governing_law" },
      { kind: "confidentiality", text: "Each Party shall hold all information in confidence." },
    ]);
  });

  test("joins a hyphenated name and cites each printed line exactly", async () => {
    const { evidence, text } = await read(SERVICES);
    const name = evidence["/parties/1/name"]!;
    expect(cited(name, text)).toEqual(["Oakridge Health Part-", "ners LLC"]);
    expect(name.grounded).toBe(true);
  });
});

describe("contracts in other languages", () => {
  test("a German one names its parties between dashes", async () => {
    const { data } = await read(
      paper([
        { text: "Dienstleistungsvertrag", x: 200, y: 40, size: 16 },
        ...column(50, 90, ["zwischen der"]),
        ...column(50, 110, ["Nordlicht Softwarehaus GmbH", "Hafenstraße 12, 20457 Hamburg"]),
        ...column(50, 145, ["– nachfolgend „Auftragnehmer“ genannt –"]),
        ...column(50, 170, ["und der"]),
        ...column(50, 190, ["Bergmann Maschinenbau AG", "Industriering 5, 70565 Stuttgart"]),
        ...column(50, 225, ["– nachfolgend „Auftraggeber“ genannt –"]),
        ...column(50, 260, ["§ 1 Laufzeit"], 12),
        ...column(50, 280, ["Der Vertrag tritt am 1. April 2023 in Kraft. Er endet am 31. März 2025."]),
        ...column(50, 310, ["§ 2 Kündigung"], 12),
        ...column(50, 330, ["Er kann mit einer Frist von drei Monaten zum Quartalsende gekündigt werden."]),
        ...column(50, 360, ["§ 3 Gerichtsstand"], 12),
        ...column(50, 380, ["Es gilt das Recht der Schweiz. Gerichtsstand ist Zürich."]),
      ]),
    );
    expect(data["parties"]).toMatchObject([
      {
        name: "Nordlicht Softwarehaus GmbH",
        role: "Auftragnehmer",
        address: "Hafenstraße 12, 20457 Hamburg",
      },
      { name: "Bergmann Maschinenbau AG", role: "Auftraggeber" },
    ]);
    expect(data).toMatchObject({
      effective_date: "2023-04-01",
      expiration_date: "2025-03-31",
      jurisdiction: "Zürich",
      termination_notice: "drei Monaten zum Quartalsende",
    });
  });

  test("a Spanish one has its dates in words and its party behind a representative", async () => {
    const { data } = await read(
      paper([
        { text: "CONTRATO DE ARRENDAMIENTO", x: 180, y: 40, size: 15 },
        ...column(50, 80, ["En Madrid, a 15 de enero de 2024"]),
        ...column(50, 110, [
          "De una parte, D. Antonio Ruiz Salgado, mayor de edad, con domicilio en calle Serrano 45, 28001",
          "Madrid, en adelante «EL ARRENDADOR».",
        ]),
        ...column(50, 150, [
          "De otra parte, Dña. Marta Prado, en nombre y representación de CAFETERÍAS DEL SUR, S.L., con",
          "domicilio social en avenida de la Paz 8, 41004 Sevilla, en adelante «LA ARRENDATARIA».",
        ]),
      ]),
    );
    expect(data["parties"]).toMatchObject([
      { name: "Antonio Ruiz Salgado", role: "ARRENDADOR" },
      {
        name: "CAFETERÍAS DEL SUR, S.L.",
        role: "ARRENDATARIA",
        address: "avenida de la Paz 8, 41004 Sevilla",
      },
    ]);
    expect(data["execution_date"]).toBe("2024-01-15");
  });
});

describe("a contract in labels", () => {
  test("is read with dot leaders and wordings that nobody listed", async () => {
    const { data } = await read(
      paper([
        { text: "Haulage Agreement", x: 200, y: 40, size: 16 },
        ...column(50, 90, [
          "Haulage Contractor: Tern Freight Ltd",
          "Consignor: Bay Cannery LLC",
          "Onset of validity ........ 4 May 2024",
          "Lapses by itself ........ 3 May 2026",
          "Span ........ 24 months",
          "Warning to quit ........ 45 days",
          "Legal system chosen ........ Ireland",
        ]),
      ]),
    );
    expect(data).toMatchObject({
      effective_date: "2024-05-04",
      expiration_date: "2026-05-03",
      term: "24 months",
      termination_notice: "45 days",
      governing_law: "Ireland",
    });
  });

  test("gives the parties of a table of roles and names", async () => {
    const { data } = await read(
      paper([
        { text: "Lease", x: 250, y: 40, size: 16 },
        ...row(90, [
          ["Landlord", 50, "left"],
          ["Hartwell Estates Limited", 220, "left"],
        ]),
        ...row(110, [
          ["Tenant", 50, "left"],
          ["Jane Elliott", 220, "left"],
        ]),
      ]),
    );
    expect(data["parties"]).toMatchObject([
      { name: "Hartwell Estates Limited", role: "Landlord" },
      { name: "Jane Elliott", role: "Tenant" },
    ]);
  });
});

describe("papers that say little or contradict themselves", () => {
  test("a contract without parties has none, and no clause text is taken for one", async () => {
    const { data } = await read(
      paper([
        { text: "GENERAL TERMS OF SALE", x: 180, y: 40, size: 15 },
        ...column(50, 90, ["1. Delivery. Goods are delivered from stock while it lasts."]),
        ...column(50, 120, ["2. Payment. Invoices are paid within 30 days of receipt."]),
      ]),
    );
    expect(data["parties"]).toBeUndefined();
    expect(data["term"]).toBeUndefined();
    expect(data["termination_notice"]).toBeUndefined();
  });

  test("a poem gives no parties, dates, law or value", async () => {
    const { data } = await read(
      paper(
        column(80, 80, [
          "I met a traveller from an antique land",
          "Who said: two vast and trunkless legs of stone",
          "Stand in the desert. Near them, on the sand,",
          "Half sunk, a shattered visage lies, whose frown",
          "And wrinkled lip, and sneer of cold command",
        ]),
      ),
    );
    for (const field of ["parties", "effective_date", "execution_date", "governing_law", "value", "clauses"])
      expect(data[field]).toBeUndefined();
  });

  test("two ends that contradict each other cost the date its confidence", async () => {
    const one = paper(
      column(50, 90, [
        "This Agreement shall expire on March 2, 2027.",
        "Nothing else is agreed between anybody.",
      ]),
    );
    const two = paper(
      column(50, 90, [
        "This Agreement shall expire on March 2, 2027.",
        "This Agreement shall expire on May 9, 2028.",
      ]),
    );
    const sure = (await read(one)).evidence["/expiration_date"]!.confidence;
    const torn = (await read(two)).evidence["/expiration_date"]!.confidence;
    expect(torn).toBeLessThan(0.75 * sure);
  });
});

describe("a dollar", () => {
  const fee = (place: string): ParsedPage =>
    paper([
      { text: "SERVICES AGREEMENT", x: 190, y: 50, size: 15 },
      ...column(50, 90, [
        'This Agreement is made as of March 3, 2024 between Brightwater Inc. ("Supplier") and',
        `Oakridge LLC ("Customer"), both of ${place}.`,
      ]),
      ...column(50, 130, ["1. Fees. Customer shall pay Supplier a total fee of $84,000."]),
    ]);

  test("is that of the country whose states are named, and of none where no place tells", async () => {
    expect((await read(fee("Portland, Maine"))).data).toMatchObject({ value: "84000.00", currency: "USD" });
    expect((await read(fee("Ontario, Canada"))).data).toMatchObject({ currency: "CAD" });
    expect((await read(fee("this place"))).data).not.toHaveProperty("currency");
  });
});
