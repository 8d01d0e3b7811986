import { describe, expect, it } from "vitest";
import { applyCorrections } from "../../src/extract/corrections/apply-corrections.ts";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { fingerprint } from "../../src/extract/memory/fingerprint.ts";
import { learn } from "../../src/extract/memory/learn.ts";
import { extractors } from "../../src/extract/registry.ts";
import type { Correction } from "../../src/model/correction.ts";
import type { Extraction } from "../../src/model/extraction.ts";
import { DocumentId } from "../../src/model/ids.ts";
import type { Lesson } from "../../src/model/lesson.ts";
import type { ParsedDocument } from "../../src/model/parsed.ts";
import { documentOf, paper, row } from "./paper.ts";

const engine = createEmbeddedEngine();
const ID = DocumentId.parse(`doc_00_${"1".repeat(32)}`);

interface Paper {
  readonly number: string;
  readonly date?: string;
  readonly net?: string;
  readonly tax?: string;
  readonly total?: string;
  /** The word that announces the number. */
  readonly label?: string;
  readonly issuer?: string;
  readonly shift?: number;
}

/** An invoice whose number stands behind a word that no list of labels knows. */
function invoiceOf({
  number,
  date = "2024-03-01",
  net = "100.00",
  tax = "19.00",
  total = "119.00",
  label = "Zettelkennung",
  issuer = "Norwood Gardens Ltd",
  shift = 0,
}: Paper): ParsedDocument {
  return documentOf(
    paper([
      { text: issuer, x: 60, y: 40, size: 16 },
      { text: "Invoice", x: 60, y: 90, size: 14 },
      { text: label, x: 330, y: 120 + shift },
      { text: number, x: 460, y: 120 + shift },
      { text: "Invoice date", x: 330, y: 140 + shift },
      { text: date, x: 460, y: 140 + shift },
      { text: "Garden works as agreed, delivered to the usual place", x: 60, y: 300 },
      ...row(500, [
        ["Subtotal", 350, "left"],
        [net, 540, "right"],
      ]),
      ...row(516, [
        ["VAT 19%", 350, "left"],
        [tax, 540, "right"],
      ]),
      ...row(532, [
        ["Total EUR", 350, "left"],
        [total, 540, "right"],
      ]),
      { text: "Thank you for working with us, we are glad to be of service", x: 60, y: 760 },
    ]),
  );
}

async function taught(parsed: ParsedDocument, corrections: readonly Correction[]): Promise<Lesson[]> {
  const read = await engine.extract(parsed, "invoice");
  const { schema } = extractors.invoice;
  const corrected = applyCorrections(read, corrections, { schema, parsed, by: "correction" });
  return learn(
    { parsed, type: "invoice", extractor: null, id: ID, data: corrected.data, nowMs: 1 },
    corrected.taught,
  );
}

async function readWith(parsed: ParsedDocument, lessons: readonly Lesson[]): Promise<Extraction> {
  return engine.extract(parsed, "invoice", { lessons });
}

describe("what a correction teaches", () => {
  it("finds the corrected field in the vendor's next paper, which the engine alone does not", async () => {
    const first = invoiceOf({ number: "QXT-BLA-A" });
    const lessons = await taught(first, [{ pointer: "/invoice_number", value: "QXT-BLA-A" }]);
    const next = invoiceOf({
      number: "QXT-MOR-C",
      date: "2024-04-02",
      total: "238.00",
      net: "200.00",
      tax: "38.00",
    });
    expect((await engine.extract(next, "invoice")).data["invoice_number"]).not.toBe("QXT-MOR-C");
    const { data, evidence } = await readWith(next, lessons);
    expect(data["invoice_number"]).toBe("QXT-MOR-C");
    const found = evidence["/invoice_number"];
    expect(found).toMatchObject({ source: "memory", grounded: true, content: "QXT-MOR-C" });
    expect(found?.citations[0]).toMatchObject({ page: 1 });
    expect(found?.confidence).toBeGreaterThan(0.5);
  });

  it("goes by the word that announces the value, not by its place alone", async () => {
    const lessons = await taught(invoiceOf({ number: "QX/2231-A" }), [
      { pointer: "/invoice_number", value: "QX/2231-A" },
    ]);
    const moved = await readWith(invoiceOf({ number: "QX/2400-B", shift: 70 }), lessons);
    expect(moved.data["invoice_number"]).toBe("QX/2400-B");
    const unlabelled = await readWith(invoiceOf({ number: "QX/2400-B", label: "Lagerplatz" }), lessons);
    expect(unlabelled.evidence["/invoice_number"]?.source).not.toBe("memory");
  });

  it("does not speak of papers that look different", async () => {
    const lessons = await taught(invoiceOf({ number: "QX/2231-A" }), [
      { pointer: "/invoice_number", value: "QX/2231-A" },
    ]);
    const stranger = documentOf(
      paper([
        { text: "Brauhaus am Markt", x: 60, y: 40, size: 16 },
        { text: "Rechnung", x: 60, y: 90 },
        { text: "Zettelkennung", x: 330, y: 120 },
        { text: "QX/9999-Z", x: 460, y: 120 },
        { text: "Speisen und Getränke laut Beleg vom Vortag", x: 60, y: 300 },
      ]),
    );
    expect((await readWith(stranger, lessons)).evidence["/invoice_number"]?.source).not.toBe("memory");
  });

  it("says a vendor's name wherever it is printed again, though the engine chose another", async () => {
    const first = invoiceOf({ number: "A-1" });
    const lessons = await taught(first, [{ pointer: "/vendor/name", value: "Garden works as agreed" }]);
    const { data, evidence } = await readWith(invoiceOf({ number: "A-2" }), lessons);
    expect(data["vendor"]).toMatchObject({ name: "Garden works as agreed" });
    expect(evidence["/vendor/name"]?.source).toBe("memory");
  });

  it("leaves amounts that arithmetic proves, and keeps them", async () => {
    const first = invoiceOf({ number: "A-1", net: "100.00", tax: "19.00", total: "119.00" });
    const lessons = await taught(first, [{ pointer: "/total", value: "19.00" }]);
    expect(lessons).toHaveLength(1);
    const next = invoiceOf({ number: "A-2", net: "200.00", tax: "38.00", total: "238.00" });
    const { data, evidence } = await readWith(next, lessons);
    expect(data["total"]).toBe("238.00");
    expect(evidence["/total"]?.source).toBe("text_layer");
  });

  it("does not make a choice again that was taken away", async () => {
    const first = documentOf(
      paper([
        { text: "Norwood Gardens Ltd", x: 60, y: 40, size: 16 },
        { text: "Invoice", x: 60, y: 90 },
        { text: "Purchase order no.", x: 330, y: 120 },
        { text: "L-4711", x: 460, y: 120 },
        { text: "Garden works as agreed and delivered", x: 60, y: 300 },
      ]),
    );
    const read = await engine.extract(first, "invoice");
    expect(read.data["purchase_order_number"]).toBe("L-4711");
    const lessons = await taught(first, [{ pointer: "/purchase_order_number", value: null }]);
    expect(lessons).toMatchObject([{ right: [], value: null }]);
    expect((await readWith(first, lessons)).data["purchase_order_number"]).toBeUndefined();
  });

  it("learns the words that are read before a value in running text, however it wraps, and the word behind", async () => {
    const letter = (lines: readonly string[]): ParsedDocument =>
      documentOf(
        paper([
          { text: "Norwood Gardens Ltd", x: 60, y: 40, size: 16 },
          { text: "Invoice", x: 60, y: 90, size: 14 },
          ...lines.map((text, at) => ({ text, x: 60, y: 200 + 14 * at })),
          { text: "Thank you for working with us, we are glad to be of service", x: 60, y: 760 },
        ]),
      );
    const lessons = await taught(
      letter([
        "The works were carried out under our running folder QX-2231",
        "during the spring of the year.",
      ]),
      [{ pointer: "/contract_number", value: "QX-2231" }],
    );
    const next = await readWith(
      letter([
        "The works at the long hedge and the lower pond were carried out under our",
        "running folder QX-4417 during the autumn of the year.",
      ]),
      lessons,
    );
    expect(next.data["contract_number"]).toBe("QX-4417");
    expect(next.evidence["/contract_number"]?.source).toBe("memory");
  });

  it("reads a coded value by the wordings that its type knows, beside a label that none does", async () => {
    const record = (sex: string, name: string): ParsedDocument =>
      documentOf(
        paper([
          { text: "Hill Street Practice", x: 60, y: 40, size: 16 },
          { text: "Discharge summary", x: 60, y: 90, size: 14 },
          { text: "Patient name", x: 60, y: 130 },
          { text: name, x: 200, y: 130 },
          { text: "Kennwort", x: 60, y: 150 },
          { text: sex, x: 200, y: 150 },
          { text: "Seen today, sent home with advice and a note for the family doctor", x: 60, y: 300 },
        ]),
      );
    const first = record("Female", "Nadia Ashdown");
    const read = await engine.extract(first, "medical_record");
    expect(read.data["patient"]).not.toMatchObject({ sex: "female" });
    const { schema } = extractors.medical_record;
    const { data, taught: learned } = applyCorrections(read, [{ pointer: "/patient/sex", value: "female" }], {
      schema,
      parsed: first,
      by: "correction",
    });
    const teacher = {
      parsed: first,
      type: "medical_record",
      extractor: null,
      id: ID,
      data,
      nowMs: 1,
    } as const;
    const lessons = learn(teacher, learned);
    expect(lessons).toMatchObject([{ kind: "choice" }]);
    const next = await engine.extract(record("Male", "Oliver Grange"), "medical_record", { lessons });
    expect(next.data["patient"]).toMatchObject({ sex: "male" });
    expect(next.evidence["/patient/sex"]).toMatchObject({ source: "memory", content: "Male" });
  });

  it("finds a value that stands in two lines beside another column", async () => {
    const two = (top: string, below: string): ParsedDocument =>
      documentOf(
        paper([
          { text: "Norwood Gardens Ltd", x: 60, y: 40, size: 16 },
          { text: "Invoice", x: 60, y: 90, size: 14 },
          { text: "Kennfeld", x: 60, y: 130 },
          { text: top, x: 60, y: 144 },
          { text: "Other things", x: 330, y: 144 },
          { text: below, x: 60, y: 156 },
          { text: "Garden works", x: 330, y: 156 },
          { text: "Thank you for working with us, we are glad to be of service", x: 60, y: 760 },
        ]),
      );
    const lessons = await taught(two("4 Mill Drive", "Brizom"), [
      { pointer: "/customer/address", value: "4 Mill Drive, Brizom" },
    ]);
    expect(lessons).toMatchObject([{ kind: "block", joint: ", " }]);
    const next = await readWith(two("17 Orchard Way", "Ashcombe"), lessons);
    expect(next.data["customer"]).toMatchObject({ address: "17 Orchard Way, Ashcombe" });
  });

  it("teaches nothing of a list's rows", async () => {
    const lessons = await taught(invoiceOf({ number: "A-1" }), [
      { pointer: "/line_items/0/description", value: "Garden works" },
    ]);
    expect(lessons).toEqual([]);
  });

  it("is led to by the look of a page, whoever it is from", async () => {
    const [lesson] = await taught(invoiceOf({ number: "A-1" }), [
      { pointer: "/invoice_number", value: "A-1" },
    ]);
    const keys = new Set(fingerprint(invoiceOf({ number: "B-77", date: "2025-01-31" })));
    expect(lesson?.keys.filter((key) => key.startsWith("look:") && keys.has(key)).length).toBeGreaterThan(3);
    expect(lesson?.keys).toContain("name:norwood gardens");
    expect(keys).toContain("name:norwood gardens");
  });
});

describe("applying corrections", () => {
  const parsed = invoiceOf({ number: "A-1" });
  const { schema } = extractors.invoice;
  const apply = async (corrections: readonly Correction[]) =>
    applyCorrections(await engine.extract(parsed, "invoice"), corrections, {
      schema,
      parsed,
      by: "correction",
    });

  it("cites where the value is printed, or the frame that was drawn, and says where nothing is", async () => {
    const { evidence, changes } = await apply([
      { pointer: "/invoice_date", value: "2024-03-01" },
      { pointer: "/buyer_reference", value: "Zettelkennung", page: 1, bbox: [0.5, 0.13, 0.7, 0.16] },
      { pointer: "/contract_number", value: "nowhere on the page 99" },
    ]);
    expect(evidence["/invoice_date"]).toMatchObject({
      source: "correction",
      confidence: 1,
      content: "2024-03-01",
    });
    expect(evidence["/buyer_reference"]).toMatchObject({
      content: "Zettelkennung",
      citations: [{ page: 1, bbox: [0.5, 0.13, 0.7, 0.16] }],
      grounded: true,
    });
    expect(evidence["/contract_number"]).toMatchObject({ citations: [], grounded: false });
    expect(changes.map(({ pointer }) => pointer)).toContain("/buyer_reference");
  });

  it("refuses what the schema does not have, and tells what it wants", async () => {
    await expect(apply([{ pointer: "/invoise_number", value: "A" }])).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(/no field of this type.*invoice_number/) as string,
    });
    await expect(apply([{ pointer: "/total", value: "1.234,50" }])).rejects.toThrow(
      "decimal string as in 1234.50",
    );
    await expect(apply([{ pointer: "/invoice_date", value: "01.03.2024" }])).rejects.toThrow("2026-01-31");
    await expect(apply([{ pointer: "/vendor", value: "Acme" }])).rejects.toThrow("has fields of its own");
    await expect(apply([{ pointer: "/line_items/5/name", value: "x" }])).rejects.toThrow("leaves a gap");
    await expect(
      apply([
        { pointer: "/total", value: "1.00" },
        { pointer: "/total", value: "2.00" },
      ]),
    ).rejects.toThrow("corrected twice");
    await expect(apply([{ pointer: "/total", value: "1.00", bbox: [0, 0, 1, 1] }])).rejects.toThrow(
      "which page",
    );
  });

  it("takes a row out with its evidence, and moves the later ones up", () => {
    const entry = (content: string) => ({
      content,
      confidence: 1,
      citations: [],
      source: "text_layer" as const,
      engine: "e",
      grounded: true,
    });
    const before = {
      data: { line_items: [{ name: "a" }, { name: "b" }, { name: "c" }] },
      evidence: {
        "/line_items/0/name": entry("a"),
        "/line_items/1/name": entry("b"),
        "/line_items/2/name": entry("c"),
      },
    };
    const { data, evidence } = applyCorrections(
      before,
      [
        { pointer: "/line_items/0", value: null },
        { pointer: "/line_items/1", value: null },
      ],
      { schema, parsed, by: "correction" },
    );
    expect(data).toEqual({ line_items: [{ name: "c" }] });
    expect(Object.keys(evidence)).toEqual(["/line_items/0/name"]);
    expect(evidence["/line_items/0/name"]?.content).toBe("c");
    expect(before.data.line_items).toHaveLength(3);
  });
});
