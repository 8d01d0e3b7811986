import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { extractors } from "../../src/extract/registry.ts";
import type { BBox } from "../../src/model/geometry.ts";
import type { FormField, ParsedPage } from "../../src/model/parsed.ts";
import { parsedDocument } from "../fixtures/parsed.ts";
import { drawPage, grid } from "../parse/layout/draw.ts";

interface FormData {
  form_id?: string;
  form_title?: string;
  tax_year?: string;
  fields?: { name: string; label?: string; value: string; checked?: boolean }[];
}

async function read(page: ParsedPage, form_fields: FormField[] = []) {
  const parsed = parsedDocument([page], { form_fields });
  const { data, evidence } = await createEmbeddedEngine().extract(parsed, "form");
  expect(extractors.form.schema.safeParse(data).success).toBe(true);
  const form = data as FormData;
  const values = Object.fromEntries((form.fields ?? []).map(({ name, value }) => [name, value]));
  return { form, evidence, values };
}

const [WIDTH, HEIGHT] = [600, 800];

const field = (
  name: string,
  value: string | null,
  [x, y, width, height]: readonly [number, number, number, number],
  kind: FormField["kind"] = "text",
): FormField => {
  const bbox: BBox = [x / WIDTH, y / HEIGHT, (x + width) / WIDTH, (y + height) / HEIGHT];
  return { name, label: null, kind, value, page: 1, bbox };
};

type Mark = Parameters<typeof drawPage>[0][number];

/** The labels of a W-9, in a layout of this test's own. */
const W9: Mark[] = [
  { x: 40, y: 40, text: "Form W-9", size: 14 },
  { x: 200, y: 40, text: "Request for Taxpayer", size: 14 },
  { x: 40, y: 100, text: "1 Name (as shown on your income tax return). Name is required.", size: 8 },
  { x: 40, y: 135, text: "2 Business name/disregarded entity name, if different from above", size: 8 },
  { x: 40, y: 170, text: "3 Check appropriate box for federal tax classification", size: 8 },
  { x: 60, y: 190, text: "Individual/sole proprietor", size: 8 },
  { x: 200, y: 190, text: "C Corporation", size: 8 },
  { x: 300, y: 190, text: "S Corporation", size: 8 },
  { x: 60, y: 215, text: "Limited liability company. Enter the tax classification", size: 8 },
  { x: 40, y: 250, text: "5 Address (number, street, and apt. or suite no.)", size: 8 },
  { x: 400, y: 250, text: "Requester's name and address (optional)", size: 8 },
  { x: 40, y: 285, text: "6 City, state, and ZIP code", size: 8 },
  { x: 40, y: 320, text: "Part I", size: 9 },
  { x: 400, y: 340, text: "Social security number", size: 8 },
  { x: 400, y: 385, text: "Employer identification number", size: 8 },
  { x: 40, y: 430, text: "Part II", size: 9 },
  { x: 40, y: 450, text: "Under penalties of perjury, I certify", size: 8 },
];

const FILLED_IN: Mark[] = [
  { x: 45, y: 114, text: "Ada Lovelace" },
  { x: 45, y: 149, text: "Engines & Sons" },
  { x: 188, y: 190, text: "✔" },
  { x: 45, y: 264, text: "12 Mill Lane" },
  { x: 405, y: 264, text: "Charles B." },
  { x: 45, y: 299, text: "London, OH 43140" },
  ...Array.from("123456789", (text, index) => ({ x: 405 + index * 18, y: 356, text })),
];

const NINE = "1 2 3 4 5 6 7 8 9";

describe("a known form", () => {
  it("gives its values by its own names from what is printed", async () => {
    const { form, values } = await read(drawPage([...W9, ...FILLED_IN]));
    expect(form.form_id).toBe("W-9");
    expect(form.form_title).toContain("Request for Taxpayer");
    expect(values).toMatchObject({
      Name: "Ada Lovelace",
      BusinessName: "Engines Sons",
      TaxClassifyIndividual: "unselected",
      TaxClassifyCCorp: "selected",
      TaxClassifySCorp: "unselected",
      TaxClassifyLLC: "unselected",
      Address: "12 Mill Lane",
      RequesterNameAddress: "Charles B.",
      CityStateZip: "London, OH 43140",
      SSN: NINE,
    });
    expect(values["EIN"]).toBeUndefined();
  });

  it("gives them from the file's fields where it has them, with the field as evidence", async () => {
    const fields = [
      field("topmost.f1_1[0]", "Ada Lovelace", [45, 110, 300, 16]),
      field("topmost.f1_2[0]", null, [45, 145, 300, 16]),
      field("topmost.c1[0]", "unselected", [45, 189, 10, 10], "checkbox"),
      field("topmost.c1[1]", "unselected", [186, 189, 10, 10], "checkbox"),
      field("topmost.c1[2]", "selected", [286, 189, 10, 10], "checkbox"),
      field("topmost.ssn1", "123", [405, 352, 50, 16]),
      field("topmost.ssn2", "45", [460, 352, 30, 16]),
      field("topmost.ssn3", "6789", [495, 352, 60, 16]),
      field("topmost.extra", "not on any form", [45, 600, 100, 16]),
    ];
    const { form, values, evidence } = await read(drawPage(W9), fields);
    expect(values).toMatchObject({
      Name: "Ada Lovelace",
      TaxClassifyIndividual: "unselected",
      TaxClassifyCCorp: "unselected",
      TaxClassifySCorp: "selected",
      SSN: "123-45-6789",
      "topmost.extra": "not on any form",
    });
    expect(values["BusinessName"]).toBeUndefined();
    const at = form.fields!.findIndex(({ name }) => name === "TaxClassifySCorp");
    expect(form.fields![at]).toMatchObject({ checked: true, value: "selected" });
    expect(evidence[`/fields/${at}/checked`]).toMatchObject({
      source: "form_field",
      grounded: true,
      citations: [{ field: "topmost.c1[2]", page: 1, bbox: fields[4]!.bbox }],
    });
  });

  it("is known by its print although letters are misread", async () => {
    const misread = [...W9, ...FILLED_IN].map((mark) =>
      Object.assign({}, mark, {
        text: mark.text.replace("Business name/disregarded", "Busincss narne/disregarded"),
      }),
    );
    expect((await read(drawPage(misread))).values).toMatchObject({
      Name: "Ada Lovelace",
      BusinessName: "Engines Sons",
    });
  });

  it("keeps values in the ruled cells of their labels", async () => {
    const rows = [80, 140, 180, 220];
    const page = drawPage(
      [
        { x: 46, y: 84, text: "PAYER'S name, street address, city or town, state or province", size: 7 },
        { x: 46, y: 96, text: "Fishing Company" },
        { x: 46, y: 108, text: "1400 Centre Ave" },
        { x: 46, y: 120, text: "Pittsburgh, PA 15213" },
        { x: 306, y: 84, text: "1 Rents", size: 7 },
        { x: 306, y: 110, text: "$ 90,000" },
        { x: 446, y: 84, text: "2021", size: 12 },
        { x: 446, y: 110, text: "Form 1099-MISC", size: 8 },
        { x: 46, y: 144, text: "PAYER'S TIN", size: 7 },
        { x: 46, y: 160, text: "12-457835" },
        { x: 176, y: 144, text: "RECIPIENT'S TIN", size: 7 },
        { x: 306, y: 144, text: "2 Royalties", size: 7 },
        { x: 446, y: 150, text: "taxable and the IRS", size: 7 },
        { x: 46, y: 184, text: "RECIPIENT'S name", size: 7 },
        { x: 46, y: 200, text: "Bobby Charlton" },
        { x: 306, y: 184, text: "7 Payer made direct sales", size: 7 },
        { x: 306, y: 194, text: "recipient for resale", size: 7 },
        { x: 400, y: 194, text: "X", size: 7 },
      ],
      { rulings: grid([40, 170, 300, 440, 560], rows) },
    );
    const { form, values } = await read(page);
    expect(form).toMatchObject({ form_id: "1099-MISC", tax_year: "2021" });
    expect(values).toMatchObject({
      PayerName: "Fishing Company",
      PayerAddress: "1400 Centre Ave\nPittsburgh, PA 15213",
      PayerTIN: "12-457835",
      RecipientName: "Bobby Charlton",
      Rents: "90,000",
      DirectSale5000: "selected",
    });
    expect(values["Royalties"]).toBeUndefined();
    expect(values["RecipientTIN"]).toBeUndefined();
  });

  it("cites the words that told the form, not the first ones of the page", async () => {
    const nameless = [{ x: 40, y: 20, text: "Draft" }, ...W9.slice(1)];
    const page = drawPage(nameless);
    const { form, evidence } = await read(page);
    expect(form.form_id).toBe("W-9");
    expect(evidence["/form_id"]?.content).toBe("Request for Taxpayer");
    expect(evidence["/form_title"]?.content).toBe("Request for Taxpayer");
  });

  it("does not name a form whose number and title stand in no line of the page", async () => {
    const title = ["Request", "for", "Taxpayer"].map((text, index) => ({ x: 200, y: 40 + index * 18, text }));
    const marks = [{ x: 40, y: 20, text: "Draft" }, ...title, ...W9.slice(2), ...FILLED_IN];
    const page = drawPage(marks.filter(({ text }) => !text.startsWith("1 Name")));
    const { form, evidence } = await read({ ...page, text: `${page.text}\nbackup withholding` });
    expect(form.form_id).toBeUndefined();
    expect(evidence["/form_title"]).toBeUndefined();
  });

  it("gives of a field of one line what it shows", async () => {
    const page = drawPage([...W9, { x: 45, y: 264, text: "68 Fremont Lane" }]);
    const fields = [field("address", "68 Fremont Lane\nRockford", [45, 260, 300, 16])];
    expect((await read(page, fields)).values["Address"]).toBe("68 Fremont Lane");
  });
});

describe("a form of no known kind", () => {
  const page = drawPage([
    { x: 40, y: 60, text: "Membership", size: 16 },
    { x: 40, y: 100, text: "Family name:" },
    { x: 40, y: 140, text: "Street" },
    { x: 60, y: 200, text: "I agree" },
  ]);

  it("lists its fields, each with the label printed for it", async () => {
    const { form, evidence } = await read(page, [
      field("T1", "Lovelace", [110, 98, 200, 14]),
      field("T2", "12 Mill Lane", [40, 152, 200, 14]),
      field("C1", "selected", [45, 199, 10, 10], "checkbox"),
      field("T3", null, [40, 300, 200, 14]),
      field("B1", null, [40, 340, 60, 14], "button"),
    ]);
    expect(form.fields).toEqual([
      { name: "T1", label: "Family name:", value: "Lovelace" },
      { name: "T2", label: "Street", value: "12 Mill Lane" },
      { name: "C1", label: "I agree", value: "selected", checked: true },
    ]);
    expect(form.form_id).toBeUndefined();
    expect(evidence["/fields/0/value"]?.citations[0]).toMatchObject({ field: "T1", page: 1 });
  });

  it("gives fields that stand on no page", async () => {
    const lost: FormField = { name: "a.b", label: null, kind: "text", value: "x", page: null, bbox: null };
    const { form, evidence } = await read(page, [lost]);
    expect(form.fields).toEqual([{ name: "a.b", value: "x" }]);
    expect(evidence["/fields/0/value"]?.citations).toEqual([{ field: "a.b" }]);
  });

  it("gives labels and values that are printed where it has no fields", async () => {
    const printed = drawPage([{ x: 40, y: 100, text: "Member number: 4711" }]);
    expect((await read(printed)).form.fields).toEqual([
      { name: "Member number", label: "Member number", value: "4711" },
    ]);
  });

  const HEAD: Mark[] = [
    { x: 40, y: 30, text: "Harbour Office", size: 14 },
    { x: 40, y: 60, text: "Application for a berth", size: 16 },
    { x: 40, y: 84, text: "Form HB-218", size: 9 },
  ];
  const pairsOf = async (marks: Mark[]) =>
    (await read(drawPage([...HEAD, ...marks]))).form.fields?.map(({ label, value }) => [label, value]);

  it("gives the title and the number of a form that it does not know", async () => {
    const { form, evidence } = await read(
      drawPage([...HEAD, { x: 40, y: 130, text: "Vessel: Marigold", size: 9 }]),
    );
    expect(form).toMatchObject({ form_title: "Application for a berth", form_id: "HB-218" });
    expect(evidence["/form_id"]?.citations[0]).toMatchObject({ page: 1 });
  });

  it("tells labels without colons from values by their columns, whatever the labels say", async () => {
    const found = await pairsOf([
      { x: 40, y: 120, text: "Blorvane", size: 9 },
      { x: 150, y: 120, text: "Marigold", size: 9 },
      { x: 300, y: 120, text: "Wexing", size: 9 },
      { x: 410, y: 120, text: "12.06.2025", size: 9 },
      { x: 40, y: 136, text: "Tolver unt", size: 9 },
      { x: 150, y: 136, text: "9.40 m", size: 9 },
      { x: 300, y: 136, text: "Perrin", size: 9 },
      { x: 410, y: 136, text: "Quay Street 4,", size: 9 },
      { x: 410, y: 152, text: "Port Ellis", size: 9 },
    ]);
    expect(found).toEqual([
      ["Blorvane", "Marigold"],
      ["Wexing", "12.06.2025"],
      ["Tolver unt", "9.40 m"],
      ["Perrin", "Quay Street 4, Port Ellis"],
    ]);
  });

  it("gives values that stand below their labels, and those above the caption of their line", async () => {
    const labels = ["Blorvane", "Wexing", "Perrin"].map((text, at) => ({
      x: 40 + 170 * at,
      y: 0,
      text,
      size: 8,
    }));
    const values = ["Marigold", "12.06.2025", "+44 20 7946 0018"].map((text, at) => ({
      x: 40 + 170 * at,
      y: 0,
      text,
      size: 9,
    }));
    const rows = (first: typeof labels, second: typeof labels) =>
      [120, 170].flatMap((y) =>
        [first, second].flatMap((row, below) =>
          row.map(({ x, text, size }): Mark => ({ x, y: y + 13 * below, text, size })),
        ),
      );
    const wanted = [
      ["Blorvane", "Marigold"],
      ["Perrin", "+44 20 7946 0018"],
      ["Wexing", "12.06.2025"],
    ];
    for (const marks of [rows(labels, values), rows(values, labels)]) {
      const found = (await pairsOf(marks)) ?? [];
      expect(found.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual(
        wanted.flatMap((pair) => [pair, pair]),
      );
    }
  });

  it("parts several pairs of one line, and a label that goes on in its next row", async () => {
    const found = await pairsOf([
      { x: 40, y: 120, text: "Vessel: Marigold | Length: 9.40 m | Berth: 17", size: 9 },
      { x: 40, y: 140, text: "Name of", size: 9 },
      { x: 150, y: 140, text: "Ada Lovelace", size: 9 },
      { x: 40, y: 152, text: "owner:", size: 9 },
    ]);
    expect(found).toEqual([
      ["Vessel", "Marigold"],
      ["Length", "9.40 m"],
      ["Berth", "17"],
      ["Name of owner", "Ada Lovelace"],
    ]);
  });

  it("takes dashes and leading dots for what parts labels from values", async () => {
    const lines = (between: string) =>
      ["Vessel|Marigold", "Length|9.40 m", "Berth|17"].map((text, at): Mark => ({
        x: 40,
        y: 120 + 16 * at,
        text: text.replace("|", between),
        size: 9,
      }));
    const wanted = [
      ["Vessel", "Marigold"],
      ["Length", "9.40 m"],
      ["Berth", "17"],
    ];
    expect(await pairsOf(lines(" \u2013 "))).toEqual(wanted);
    expect(await pairsOf(lines("........ "))).toEqual(wanted);
    expect(await pairsOf(lines(" ........ "))).toEqual(wanted);
  });

  it("says of printed boxes whether they are ticked", async () => {
    const page = drawPage([
      ...HEAD,
      { x: 40, y: 120, text: "[X] Shore power", size: 9 },
      { x: 40, y: 136, text: "[ ] Winter storage", size: 9 },
      { x: 300, y: 136, text: "\u2611 Fuel", size: 9 },
    ]);
    expect((await read(page)).form.fields).toEqual([
      { name: "Shore power", label: "Shore power", value: "selected", checked: true },
      { name: "Winter storage", label: "Winter storage", value: "unselected", checked: false },
      { name: "Fuel", label: "Fuel", value: "selected", checked: true },
    ]);
  });
});
