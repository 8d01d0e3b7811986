import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { read } from "../../../src/extract/engine/reading.ts";
import { namePlaces } from "../../../src/extract/scorer/party-candidates.ts";
import { textOf } from "../../../src/extract/engine/view.ts";
import type { DocumentType } from "../../../src/model/extraction.ts";
import { documentOf, type Mark, paper } from "../paper.ts";

const goods: readonly Mark[] = [
  { text: "Description", x: 50, y: 420 },
  { text: "Quantity", x: 300, y: 420 },
  { text: "Amount", x: 0, right: 540, y: 420 },
  { text: "Oak boards, planed", x: 50, y: 436 },
  { text: "4", x: 320, y: 436 },
  { text: "240.00", x: 0, right: 540, y: 436 },
  { text: "Total", x: 300, y: 470 },
  { text: "240.00", x: 0, right: 540, y: 470 },
];

function column(texts: readonly string[], x: number, y: number, size = 10): Mark[] {
  return texts.map((text, index) => ({ text, x, y: y + index * 14, size }));
}

function placesOf(marks: readonly Mark[]): string[] {
  return namePlaces(read(documentOf(paper(marks)))).map(({ pieces }) =>
    pieces.map((piece) => textOf(piece)).join(" "),
  );
}

async function dataOf(marks: readonly Mark[], type: DocumentType = "invoice"): Promise<unknown> {
  const { data } = await createEmbeddedEngine().extract(documentOf(paper([...marks, ...goods])), type);
  return data;
}

describe("places of names", () => {
  it("are lines, what stands behind labels of any wording, parts of a line, and two lines together", () => {
    const found = placesOf([
      ...column(["Quellhof Brunnenbau", "GmbH & Co. KG", "Talweg 3", "86150 Augsburg"], 60, 60),
      { text: "Zorblik: Harbour Joinery Ltd", x: 320, y: 60 },
      { text: "Nordlicht Optik AG · Hafenweg 2 · 20457 Hamburg", x: 60, y: 150, size: 7 },
    ]);
    expect(found).toContain("Quellhof Brunnenbau GmbH & Co. KG");
    expect(found).toContain("Harbour Joinery Ltd");
    expect(found).toContain("Nordlicht Optik AG");
  });

  it("are names in sentences by their legal form, and never a sentence that has one by chance", () => {
    const found = placesOf([
      { text: "All payments have to be made in favour of Oravelle Stays Pvt. Ltd.", x: 60, y: 60 },
    ]);
    expect(found.some((name) => /^Oravelle Stays Pvt\.? Ltd/.test(name))).toBe(true);
  });

  it("leave out what firms are addressed with, and keep it where it is a firm's name", () => {
    const found = placesOf([...column(["Firma Kessel Werkzeuge GmbH", "Frau Holle Betten GmbH"], 60, 60)]);
    expect(found).toContain("Kessel Werkzeuge GmbH");
    expect(found).not.toContain("Firma Kessel Werkzeuge GmbH");
    expect(found).toContain("Frau Holle Betten GmbH");
  });
});

describe("the parties of a paper", () => {
  it("are told where the issuer stands in a line over the address and in small print alone", async () => {
    const data = await dataOf([
      { text: "Brunnert Messtechnik GmbH · Talweg 3 · 86150 Augsburg", x: 60, y: 120, size: 7 },
      ...column(["Kessel Werkzeuge AG", "Hafenstraße 12", "20457 Hamburg"], 60, 134),
      { text: "Rechnung", x: 60, y: 240, size: 16 },
      { text: "Rechnungsnummer: 4711", x: 60, y: 270 },
      ...column(["Brunnert Messtechnik GmbH", "Talweg 3", "86150 Augsburg"], 60, 780, 7),
      ...column(["info@brunnert.example", "USt-IdNr. DE123456788"], 240, 780, 7),
      ...column(["Geschäftsführer: Rüdiger Voß", "HRB 12345"], 420, 780, 7),
    ]);
    expect(data).toMatchObject({
      vendor: { name: "Brunnert Messtechnik GmbH", address: "Talweg 3, 86150 Augsburg" },
      customer: { name: "Kessel Werkzeuge AG", address: "Hafenstraße 12, 20457 Hamburg" },
    });
  });

  it("have their own contacts on an order whose buyer stands under a label", async () => {
    const data = await dataOf(
      [
        { text: "Purchase Order", x: 60, y: 60, size: 16 },
        { text: "PO number: PO-8812", x: 60, y: 90 },
        { text: "Buyer:", x: 60, y: 130 },
        ...column(
          ["Harbour Joinery Ltd", "8 Dock Road", "Hull HU1 2AA", "office@harbourjoinery.example"],
          60,
          144,
        ),
        { text: "Supplier:", x: 320, y: 130 },
        ...column(
          ["Northfield Timber plc", "12 Mill Lane", "Leeds LS1 4AB", "sales@northfield.example"],
          320,
          144,
        ),
      ],
      "purchase_order",
    );
    expect(data).toMatchObject({
      buyer: { name: "Harbour Joinery Ltd", email: "office@harbourjoinery.example" },
      supplier: { name: "Northfield Timber plc", email: "sales@northfield.example" },
    });
  });
});
