import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { documentOf, typed } from "../paper.ts";

const engine = createEmbeddedEngine();

async function dataOf(page: string): Promise<Record<string, unknown>> {
  return (await engine.extract(documentOf(typed(page)), "id_document")).data;
}

describe("a driving licence", () => {
  it("is read by its numbers where it has no labels", async () => {
    const card = await dataOf(`
DRIVING LICENCE                     UK

1. MORGAN
2. SARAH
   MEREDYTH
3. 11.03.1976 LEEDS
4a. 19.01.2023  4c. DVLA
4b. 18.01.2033
5. MORGA753116SM9IJ 35
8. 122 BURNS CRESCENT, EDINBURGH, EH1 9GP
9. AM/A/B1/B/f/k`);
    expect(card).toMatchObject({
      document_kind: "driving_licence",
      surname: "MORGAN",
      given_names: "SARAH MEREDYTH",
      date_of_birth: "1976-03-11",
      issue_date: "2023-01-19",
      expiry_date: "2033-01-18",
      issuing_authority: "DVLA",
      document_number: "MORGA753116SM9IJ 35",
      address: "122 BURNS CRESCENT, EDINBURGH, EH1 9GP",
      licence_classes: "AM/A/B1/B/f/k",
    });
  });
});

describe("dates of an identity document", () => {
  it("are told by their order where no label is known", async () => {
    const card = await dataOf(`
IDENTITY CARD

Aa      14/02/1979
Bb      01/03/2021
Cc      28/02/2031`);
    expect(card).toMatchObject({
      date_of_birth: "1979-02-14",
      issue_date: "2021-03-01",
      expiry_date: "2031-02-28",
    });
  });

  it("are left out where more than one order fits", async () => {
    const card = await dataOf(`
IDENTITY CARD

Aa      14/02/1979
Bb      01/03/2001`);
    expect(card).not.toHaveProperty("issue_date");
    expect(card).not.toHaveProperty("expiry_date");
  });

  it("may be set apart by spaces, with months in two languages", async () => {
    const card = await dataOf(`
PASSPORT

Date of birth / Date de naissance
12 MAR /MARS 85
Date of expiry / Date d'expiration
18 11 2031`);
    expect(card).toMatchObject({ date_of_birth: "1985-03-12", expiry_date: "2031-11-18" });
  });
});

describe("a list of goods", () => {
  it("is read by what stands in its columns where nobody knows their names", async () => {
    const { data } = await engine.extract(
      documentOf(
        typed(`
Delivery note number: DN-4471

Qux       Frob                   Zap
AB-101    Oak shelf               12 pcs
AB-102    Steel bracket            4 pcs
AB-103    Wall paint               9 pcs

Tracking number: 9290272203`),
      ),
      "delivery_note",
    );
    expect(data["line_items"]).toEqual([
      { product_code: "AB-101", description: "Oak shelf", quantity: "12", unit: "pcs" },
      { product_code: "AB-102", description: "Steel bracket", quantity: "4", unit: "pcs" },
      { product_code: "AB-103", description: "Wall paint", quantity: "9", unit: "pcs" },
    ]);
    expect(data["tracking_number"]).toBe("9290272203");
  });
});
