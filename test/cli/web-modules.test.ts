import { describe, expect, it } from "vitest";
import { describeEvent } from "../../src/web/static/app/activity.js";
import { backoffMs, makeStreamReader } from "../../src/web/static/app/live.js";
import { makeSampleInvoice } from "../../src/web/static/app/sample.js";
import { buildSections, missingLabels } from "../../src/web/static/app/sections.js";
import type { Leaf, Section } from "../../src/web/static/app/sections.js";
import { separateMarks } from "../../src/web/static/app/text-layer.js";
import {
  levelOf,
  nameOf,
  pagesText,
  partsOf,
  percent,
  pointerTo,
  shownText,
} from "../../src/web/static/app/wording.js";

function leavesOf(sections: Section[]): Leaf[] {
  return sections.flatMap((section) =>
    section.kind === "table"
      ? [...section.columns.flatMap(({ leaf }) => (leaf ? [leaf] : [])), ...section.rows.flat()]
      : section.leaves,
  );
}

function found(confidence: number) {
  return {
    content: "x",
    confidence,
    citations: [],
    source: "ocr" as const,
    engine: "embedded/1",
    grounded: true,
  };
}

describe("values as they are shown", () => {
  it("are in words where they are codes that no paper prints, and as they stand elsewhere", () => {
    expect(shownText("driving_licence", "Driver License")).toBe("Driving licence");
    expect(shownText("female", "F")).toBe("Female");
    expect(shownText("kilograms", "kilograms net")).toBe("kilograms");
    expect(shownText("contact@finch.example", null)).toBe("contact@finch.example");
    expect(shownText(true, null)).toBe("Yes");
  });

  it("name pages by their range", () => {
    expect([pagesText([3, 3]), pagesText([3, 5]), pagesText(undefined)]).toEqual(["Page 3", "Pages 3–5", ""]);
  });
});

describe("sections", () => {
  it("puts every value of the data in exactly one place, under its own pointer", () => {
    const data = {
      invoice_number: "A1",
      total: "12.00",
      due_date: null,
      vendor: { name: "Finch", address: null, bank: { iban: "GB29" } },
      line_items: [
        { description: "One", amount: "5.00" },
        { description: "Two", amount: "7.00", quantity: "2" },
      ],
      notes: ["first", "second"],
      tables: [
        { title: "T", rows: [["a", "b"], ["c"]] },
        { columns: ["Item", null, "Price"], rows: [["Bolt", null, null]] },
      ],
      mixed: ["plain", { deep: { er: "1" } }],
    };
    const leaves = leavesOf(buildSections(data, {}));
    const shown = leaves.filter(({ text }) => text !== "").map(({ path, text }) => [path, text]);
    expect(Object.fromEntries(shown)).toEqual({
      "/invoice_number": "A1",
      "/total": "12.00",
      "/vendor/name": "Finch",
      "/vendor/bank/iban": "GB29",
      "/line_items/0/description": "One",
      "/line_items/0/amount": "5.00",
      "/line_items/1/description": "Two",
      "/line_items/1/amount": "7.00",
      "/line_items/1/quantity": "2",
      "/notes/0": "first",
      "/notes/1": "second",
      "/tables/0/title": "T",
      "/tables/0/rows/0/0": "a",
      "/tables/0/rows/0/1": "b",
      "/tables/0/rows/1/0": "c",
      "/tables/1/columns/0": "Item",
      "/tables/1/columns/2": "Price",
      "/tables/1/rows/0/0": "Bolt",
      "/mixed/0": "plain",
      "/mixed/1/deep/er": "1",
    });
    expect(shown.length).toBe(new Set(shown.map(([path]) => path)).size);
  });

  it("sets amounts flush and shows lines as a table with one column for each name in use", () => {
    const [lines] = buildSections(
      { line_items: [{ name: "a", amount: "1.00", unit: null }, { name: "b" }] },
      {},
    );
    expect(lines?.kind === "table" && lines.columns.map(({ key, numeric }) => [key, numeric])).toEqual([
      ["name", false],
      ["amount", true],
    ]);
  });

  it("gives each value its own evidence", () => {
    const leaves = leavesOf(buildSections({ total: "1.00" }, { "/total": found(0.4) }));
    expect(leaves[0]?.evidence?.confidence).toBe(0.4);
  });

  it("names what the document does not give", () => {
    expect(missingLabels({ total: "1", due_date: null, line_items: [] })).toEqual(["due date", "line items"]);
  });
});

describe("wording", () => {
  it("reads pointers as RFC 6901 writes them", () => {
    expect(partsOf(pointerTo(pointerTo("", "a/b"), "c~d"))).toEqual(["a/b", "c~d"]);
    expect(nameOf("/line_items/2/unit_price")).toBe("Line item 3, Unit price");
  });

  it("never rounds a doubt away", () => {
    expect(percent(0.999)).toBe("99%");
    expect(percent(1)).toBe("100%");
    expect([levelOf(0.9), levelOf(0.7), levelOf(0.3)]).toEqual(["high", "medium", "low"]);
  });
});

describe("text marks", () => {
  it("keeps the shorter of two marks whole and cuts the longer one around it", () => {
    const marks = separateMarks([
      { path: "/address", from: 0, to: 20, level: "high" },
      { path: "/city", from: 5, to: 10, level: "high" },
    ]);
    expect(marks.map(({ path, from, to }) => [path, from, to])).toEqual([
      ["/address", 0, 5],
      ["/city", 5, 10],
      ["/address", 10, 20],
    ]);
  });

  it("shows one of two marks on the same words", () => {
    const same = { from: 3, to: 6, level: "high" };
    expect(
      separateMarks([
        { path: "/a", ...same },
        { path: "/b", ...same },
      ]),
    ).toHaveLength(1);
  });
});

describe("live events", () => {
  it("reads server-sent events however the stream cuts them", () => {
    const stream = 'id: 1\ndata: {"seq":1}\n\n: ping\n\nid: 2\r\ndata: {"seq":2}\r\n\r\n';
    for (const size of [1, 2, 7, stream.length]) {
      const seen: string[] = [];
      const read = makeStreamReader((data) => seen.push(data));
      for (let at = 0; at < stream.length; at += size) read(stream.slice(at, at + size));
      expect(seen).toEqual(['{"seq":1}', '{"seq":2}']);
    }
  });

  it("waits longer after each failure, but never beyond its ceiling", () => {
    expect(backoffMs(0, 1)).toBe(400);
    expect(backoffMs(3, 1)).toBe(3200);
    expect(backoffMs(30, 1)).toBe(15_000);
    expect(backoffMs(30, 0)).toBe(7500);
  });

  it("tells of an event only what it holds", () => {
    const event = { seq: 4, run: 1, at: "2026-01-01T00:00:00.000Z" };
    const page = { ...event, kind: "page" as const, data: { page: 2, words: 31, source: "ocr" } };
    expect(describeEvent(page)).toBe("Page 2 read, 31 words, from the picture, by OCR");
    expect(describeEvent({ ...page, data: {} })).toBe("Page ? read");
    const failed = {
      ...event,
      kind: "failed" as const,
      data: { error: { code: "x", message: "It is empty." } },
    };
    expect(describeEvent(failed)).toBe("Failed: It is empty.");
  });
});

describe("sample", () => {
  it("is a PDF whose cross-reference table points at its objects", async () => {
    const text = await makeSampleInvoice().text();
    expect(text.startsWith("%PDF-1.4\n")).toBe(true);
    const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(table, table + 4)).toBe("xref");
    const offsets = [...text.slice(table).matchAll(/^(\d{10}) 00000 n /gm)].map(([, offset]) =>
      Number(offset),
    );
    expect(offsets).toHaveLength(6);
    offsets.forEach((offset, index) => expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`)));
  });
});
