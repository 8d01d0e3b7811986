import { describe, expect, test } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { medicalRecord } from "../../../src/extract/kinds/medical-record.ts";
import type { ExtractedData } from "../../../src/model/extraction.ts";
import type { ParsedPage } from "../../../src/model/parsed.ts";
import { column, documentOf, type Mark, paper, row } from "../paper.ts";

const engine = createEmbeddedEngine();

async function read(...pages: ParsedPage[]): Promise<ExtractedData> {
  const { data, evidence } = await engine.extract(documentOf(...pages), "medical_record");
  expect(medicalRecord.schema.safeParse(data).success).toBe(true);
  expect(Object.values(evidence).every(({ grounded, citations }) => grounded && citations.length > 0)).toBe(
    true,
  );
  return data;
}

/** A section: its heading larger, its lines below. */
function section(y: number, heading: string, lines: readonly string[]): Mark[] {
  return [{ text: heading, x: 50, y, size: 12 }, ...column(50, y + 18, lines)];
}

describe("a discharge summary", () => {
  const page = paper([
    { text: "St. Brendan Medical Center", x: 200, y: 30, size: 12 },
    { text: "Discharge Summary", x: 210, y: 52, size: 15 },
    ...column(50, 80, [
      "Patient Name: Margaret O'Neill",
      "DOB: 04/17/1948",
      "MRN: 00482213",
      "Sex: F",
      "Admission Date: 02/13/2024",
      "Discharge Date: 02/16/2024",
      "Attending: Dr. Samuel Ortiz",
    ]),
    ...section(200, "Discharge Diagnoses", [
      "1. Acute on chronic systolic heart failure (I50.23)",
      "2. Essential hypertension - I10",
      "3. Vitamin B12 deficiency",
    ]),
    ...section(275, "Discharge Medications", [
      "- Furosemide 40 mg PO BID",
      "- Atorvastatin 40 mg tablet by mouth at bedtime",
    ]),
    ...section(335, "Allergies", ["NKDA"]),
    ...section(375, "Vital Signs", [
      "BP 128/76 mmHg, HR 72 bpm, RR 16, Temp 98.4 °F, SpO2 96%, Weight 81.2 kg",
    ]),
    ...section(415, "Procedures", ["Transthoracic echocardiogram"]),
  ]);

  test("gives patient, stay and who treated", async () => {
    expect(await read(page)).toMatchObject({
      patient: {
        name: "Margaret O'Neill",
        date_of_birth: "1948-04-17",
        sex: "female",
        record_number: "00482213",
      },
      encounter_date: "2024-02-13",
      discharge_date: "2024-02-16",
      provider: "Dr. Samuel Ortiz",
      facility: "St. Brendan Medical Center",
    });
  });

  test("gives diagnoses with codes, and takes no vitamin for one", async () => {
    expect((await read(page))["diagnoses"]).toEqual([
      { text: "Acute on chronic systolic heart failure", icd10: "I50.23" },
      { text: "Essential hypertension", icd10: "I10" },
      { text: "Vitamin B12 deficiency" },
    ]);
  });

  test("gives medications, allergies as printed, vitals and procedures", async () => {
    expect(await read(page)).toMatchObject({
      medications: [
        { name: "Furosemide", dose: "40 mg", frequency: "BID" },
        { name: "Atorvastatin", dose: "40 mg", frequency: "at bedtime" },
      ],
      allergies: ["NKDA"],
      vitals: {
        blood_pressure: "128/76 mmHg",
        heart_rate: "72 bpm",
        respiratory_rate: "16",
        temperature: "98.4 °F",
        oxygen_saturation: "96%",
        weight: "81.2 kg",
      },
      procedures: ["Transthoracic echocardiogram"],
    });
  });
});

describe("reports in other forms", () => {
  test("a German letter tells patient and stay in a sentence", async () => {
    const data = await read(
      paper([
        { text: "Klinikum Am Waldsee", x: 50, y: 40, size: 13 },
        ...column(50, 90, [
          "wir berichten über Ihren Patienten Herrn Karl-Heinz Baumann, geb. am 03.06.1951, wohnhaft",
          "Lindenweg 3, 14467 Potsdam, der sich vom 02.11.2022 bis zum 11.11.2022 bei uns befand.",
        ]),
        ...column(50, 140, ["Diagnosen:"]),
        ...column(50, 156, ["- Akuter Vorderwandinfarkt (I21.0)", "- Arterielle Hypertonie I10.90 G"]),
        ...column(50, 200, ["Entlassmedikation:"]),
        ...column(50, 216, ["ASS 100 mg 1-0-0", "Ramipril 5 mg 1-0-1"]),
        ...column(50, 270, ["Mit freundlichen kollegialen Grüßen"]),
        ...column(50, 300, ["Prof. Dr. med. Ulrike Sander"]),
      ]),
    );
    expect(data).toMatchObject({
      patient: {
        name: "Karl-Heinz Baumann",
        date_of_birth: "1951-06-03",
        address: "Lindenweg 3, 14467 Potsdam",
      },
      encounter_date: "2022-11-02",
      discharge_date: "2022-11-11",
      diagnoses: [{ icd10: "I21.0" }, { text: "Arterielle Hypertonie", icd10: "I10.90" }],
      provider: "Prof. Dr. med. Ulrike Sander",
    });
    expect(data["medications"]).toEqual([
      { name: "ASS", dose: "100 mg", frequency: "1-0-0" },
      { name: "Ramipril", dose: "5 mg", frequency: "1-0-1" },
    ]);
  });

  test("a laboratory's table keeps value, unit, range and flag apart", async () => {
    const cells = (y: number, texts: readonly string[]): Mark[] =>
      row(
        y,
        texts.map((text, index) => [text, [50, 200, 280, 370, 490][index] ?? 0, "left"] as const),
      );
    const data = await read(
      paper([
        { text: "Northgate Laboratories", x: 50, y: 30, size: 13 },
        ...column(50, 60, ["Patient: Kevin Tran"]),
        ...cells(100, ["Test", "Result", "Units", "Reference Range", "Flag"]),
        ...cells(120, ["Hemoglobin", "11.2", "g/dL", "13.5 - 17.5", "L"]),
        ...cells(140, ["Platelets", "212", "10^3/uL", "150 - 400", ""]),
      ]),
    );
    expect(data["lab_results"]).toEqual([
      { test: "Hemoglobin", value: "11.2", unit: "g/dL", reference_range: "13.5 - 17.5", flag: "L" },
      { test: "Platelets", value: "212", unit: "10^3/uL", reference_range: "150 - 400" },
    ]);
  });

  test("medications in columns are told by what stands in them, however these are headed", async () => {
    const line = (y: number, texts: readonly string[]): Mark[] =>
      row(
        y,
        texts.map((text, index) => [text, [50, 250, 400][index] ?? 0, "left"] as const),
      );
    const data = await read(
      paper([
        ...line(100, ["What to swallow", "How strong", "On which occasions"]),
        ...line(120, ["Amlodipine", "5 mg", "once daily"]),
        ...line(140, ["Ibuprofen", "400 mg", "as needed"]),
      ]),
    );
    expect(data["medications"]).toEqual([
      { name: "Amlodipine", dose: "5 mg", frequency: "once daily" },
      { name: "Ibuprofen", dose: "400 mg", frequency: "as needed" },
    ]);
  });

  test("a poem gives nothing of a patient", async () => {
    const data = await read(
      paper(column(80, 80, ["The woods are lovely, dark and deep,", "But I have promises to keep,"])),
    );
    expect(data).toEqual({});
  });
});

test("a practice that no word tells is the name of the letterhead, over its address", async () => {
  const head = (under: string): ParsedPage =>
    paper([
      ...column(50, 40, ["Lakeshore Family Medicine", under, "Progress Note", "Patient: Dolores Whitaker"]),
    ]);
  expect(await read(head("450 Shore Drive, Erie, PA 16505"))).toMatchObject({
    facility: "Lakeshore Family Medicine",
  });
  expect(await read(head("Seen today for cough"))).not.toHaveProperty("facility");
});
