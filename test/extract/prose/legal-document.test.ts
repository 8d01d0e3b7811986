import { describe, expect, test } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { legalDocument } from "../../../src/extract/kinds/legal-document.ts";
import type { ExtractedData } from "../../../src/model/extraction.ts";
import type { ParsedPage } from "../../../src/model/parsed.ts";
import { draftCourtDates } from "../../../src/extract/prose/court-prose.ts";
import { makeProse } from "../../../src/extract/prose/prose.ts";
import { column, documentOf, paper, typed } from "../paper.ts";

const engine = createEmbeddedEngine();

async function read(...pages: ParsedPage[]): Promise<ExtractedData> {
  const { data, evidence } = await engine.extract(documentOf(...pages), "legal_document");
  expect(legalDocument.schema.safeParse(data).success).toBe(true);
  expect(Object.values(evidence).every(({ grounded, citations }) => grounded && citations.length > 0)).toBe(
    true,
  );
  return data;
}

describe("a caption with the parties left and the number right", () => {
  const page = paper([
    ...column(50, 40, ["Maria T. Alvarez (SBN 204411)", "ALVAREZ & KNOX LLP", "Attorneys for Plaintiff"]),
    { text: "UNITED STATES DISTRICT COURT", x: 190, y: 110, size: 12 },
    { text: "EASTERN DISTRICT OF CALIFORNIA", x: 185, y: 126, size: 12 },
    { text: "HARBORVIEW MARINE, INC., a California corporation,", x: 50, y: 170 },
    { text: "Plaintiff,", x: 150, y: 190 },
    { text: "v.", x: 90, y: 210 },
    { text: "ROBERT J. KESSLER, an individual,", x: 50, y: 230 },
    { text: "Defendant.", x: 150, y: 250 },
    { text: "Case No. 2:23-cv-01877-KJM", x: 330, y: 172 },
    { text: "COMPLAINT FOR BREACH OF CONTRACT", x: 330, y: 212 },
    { text: "Filed: August 29, 2023", x: 330, y: 238 },
    { text: "Judge: Hon. Kimberly J. Marsh", x: 330, y: 262 },
    ...column(50, 310, ["WHEREFORE, Plaintiff prays for judgment as follows:"]),
    ...column(50, 340, ["1. For damages according to proof;"]),
    ...column(50, 370, ["2. For costs of suit."]),
    ...column(50, 400, ["Dated: August 28, 2023"]),
  ]);

  test("gives court, number, parties with roles, date and judge", async () => {
    expect(await read(page)).toMatchObject({
      title: "COMPLAINT FOR BREACH OF CONTRACT",
      document_kind: "COMPLAINT",
      court: "UNITED STATES DISTRICT COURT EASTERN DISTRICT OF CALIFORNIA",
      case_number: "2:23-cv-01877-KJM",
      parties: [
        { name: "HARBORVIEW MARINE, INC.", role: "Plaintiff" },
        { name: "ROBERT J. KESSLER", role: "Defendant" },
      ],
      filing_date: "2023-08-29",
      judge: "Hon. Kimberly J. Marsh",
    });
  });

  test("gives counsel above its label, and relief with its list up to the signature", async () => {
    const data = await read(page);
    expect(data["counsel"]).toEqual([
      { name: "Maria T. Alvarez", firm: "ALVAREZ & KNOX LLP", represents: "Plaintiff" },
    ]);
    expect(data["relief"]).toBe(
      "WHEREFORE, Plaintiff prays for judgment as follows: 1. For damages according to proof; 2. For costs of suit.",
    );
  });
});

test("a court's name goes without the words that lead to it", async () => {
  const data = await read(
    paper([
      { text: "IN THE CIRCUIT COURT OF KELSO COUNTY, OHIO", x: 160, y: 60, size: 12 },
      { text: "HARBORVIEW MARINE, INC.,", x: 50, y: 120 },
      { text: "Plaintiff,", x: 150, y: 140 },
      { text: "v.", x: 90, y: 160 },
      { text: "ROBERT J. KESSLER,", x: 50, y: 180 },
      { text: "Defendant.", x: 150, y: 200 },
      { text: "Case No. 2023-CV-01877", x: 330, y: 122 },
    ]),
  );
  expect(data["court"]).toBe("CIRCUIT COURT OF KELSO COUNTY, OHIO");
});

describe("court papers in other languages", () => {
  test("a German judgment has its roles at the right edge and its tenor behind the rubrum", async () => {
    const data = await read(
      paper([
        ...column(50, 40, ["Geschäftsnummer: 12 O 345/22", "Verkündet am 14.03.2023"]),
        { text: "Landgericht Köln", x: 240, y: 80, size: 12 },
        { text: "Urteil", x: 270, y: 105, size: 16 },
        ...column(50, 140, ["In dem Rechtsstreit"]),
        ...column(50, 165, ["der Rheinland Logistik GmbH, Deutzer Freiheit 10, 50679 Köln,"]),
        { text: "Klägerin,", x: 470, y: 185 },
        ...column(50, 205, ["Prozessbevollmächtigte: Rechtsanwälte Brandt & Kollegen, Köln,"]),
        { text: "gegen", x: 270, y: 230 },
        ...column(50, 255, ["Herrn Thomas Wegner, Bonner Straße 99, 50968 Köln,"]),
        { text: "Beklagten,", x: 470, y: 275 },
        ...column(50, 300, [
          "hat die 12. Zivilkammer durch die Richterin am Landgericht Dr. Anna Vogt für Recht erkannt:",
        ]),
        ...column(50, 330, ["1. Der Beklagte wird verurteilt, an die Klägerin 12.500,00 EUR zu zahlen."]),
        ...column(50, 370, ["Tatbestand"], 13),
      ]),
    );
    expect(data).toMatchObject({
      court: "Landgericht Köln",
      case_number: "12 O 345/22",
      decision_date: "2023-03-14",
      document_kind: "Urteil",
      parties: [
        { name: "Rheinland Logistik GmbH", role: "Klägerin" },
        { name: "Thomas Wegner", role: "Beklagten" },
      ],
      counsel: [{ firm: "Brandt & Kollegen", represents: "Klägerin" }],
    });
    expect(data["relief"]).toContain("Der Beklagte wird verurteilt");
    expect(data["relief"]).not.toContain("Tatbestand");
  });

  test("a French one is read by its roles below the names", async () => {
    const data = await read(
      paper([
        { text: "TRIBUNAL JUDICIAIRE DE BORDEAUX", x: 180, y: 40, size: 12 },
        ...column(50, 70, ["N° RG 22/04518"]),
        { text: "JUGEMENT", x: 250, y: 100, size: 16 },
        ...column(50, 150, ["Madame Sophie Lambert, demeurant 8 rue Sainte-Catherine, 33000 Bordeaux"]),
        ...column(50, 166, ["DEMANDERESSE"]),
        ...column(50, 210, ["SAS Constructions Aquitaine, 40 cours Victor Hugo, 33000 Bordeaux"]),
        ...column(50, 226, ["DÉFENDERESSE"]),
        ...column(50, 280, ["PAR CES MOTIFS"]),
        ...column(50, 310, [
          "Le tribunal condamne la SAS Constructions Aquitaine à payer la somme de 8 400 euros.",
        ]),
      ]),
    );
    expect(data).toMatchObject({
      case_number: "22/04518",
      parties: [{ role: "DEMANDERESSE" }, { name: "SAS Constructions Aquitaine", role: "DÉFENDERESSE" }],
      relief: "Le tribunal condamne la SAS Constructions Aquitaine à payer la somme de 8 400 euros.",
    });
  });
});

describe("papers that say little", () => {
  test("an affidavit's party is who swears", async () => {
    const data = await read(
      paper([
        { text: "AFFIDAVIT OF RESIDENCE", x: 190, y: 60, size: 15 },
        ...column(50, 110, ["I, Gloria Ann Pettit, being duly sworn, depose and state as follows:"]),
        ...column(50, 140, ["Sworn to before me on this 4th day of April, 2022."]),
      ]),
    );
    expect(data["parties"]).toEqual([{ name: "Gloria Ann Pettit", role: "affiant" }]);
    expect(data["filing_date"]).toBe("2022-04-04");
  });

  test("a caption that is cut off gives no party that is not printed", async () => {
    const data = await read(
      paper([
        { text: "SUPERIOR COURT OF WASHINGTON", x: 180, y: 40, size: 12 },
        { text: "Plaintiff,", x: 150, y: 120 },
        { text: "v.", x: 90, y: 140 },
      ]),
    );
    expect(data["court"]).toBe("SUPERIOR COURT OF WASHINGTON");
    expect(data["parties"]).toBeUndefined();
    expect(data["case_number"]).toBeUndefined();
  });

  test("a poem gives nothing of a court", async () => {
    const data = await read(
      paper(column(80, 80, ["The woods are lovely, dark and deep,", "But I have promises to keep,"])),
    );
    for (const field of ["court", "case_number", "parties", "judge", "counsel", "relief", "filing_date"])
      expect(data[field]).toBeUndefined();
  });
});

/** How often a paper's words are looked up while its dates are chosen, and what is chosen. */
function choosing(dates: number): { looks: number; values: readonly string[] } {
  const lines = Array.from({ length: dates / 5 }, () => "filed 03/14/2024 ".repeat(5).trim());
  const prose = makeProse(documentOf(typed(["Filed: 03/13/2024", ...lines].join("\n"), "text_layer")));
  let looks = 0;
  const words = new Proxy(prose.words, {
    get: (target, key, receiver): unknown => {
      looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const drafts = draftCourtDates({ ...prose, words }, false);
  return { looks, values: drafts.map(({ value }) => String(value)) };
}

describe("a paper full of dates", () => {
  test("is looked through at its ends, however many there are", () => {
    const few = choosing(2_000);
    const many = choosing(16_000);
    expect(few.values).toEqual(["2024-03-13"]);
    expect(many.values).toEqual(["2024-03-13"]);
    expect(many.looks).toBeLessThan(few.looks * 1.5);
  });
});
