import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { compileExtractor } from "../../../src/extract/custom/compile.ts";
import { draftCustom } from "../../../src/extract/custom/draft-custom.ts";
import type { DraftValue } from "../../../src/extract/engine/draft.ts";

const value = (pointer: string, of: DraftValue["value"], confidence = 0.7): DraftValue => ({
  pointer,
  value: of,
  cited: [{ page: 1, words: [0], content: String(of) }],
  confidence,
});

function faultsOf(schema: Record<string, unknown>): { path: string; message: string }[] {
  try {
    compileExtractor({ schema });
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_schema")
      return error.detail?.["errors"] as { path: string; message: string }[];
    throw error;
  }
  return [];
}

describe("a schema made into an extractor", () => {
  const shipment = compileExtractor({
    schema: {
      type: "object",
      required: ["trackingNumber", "consignee"],
      properties: {
        trackingNumber: { type: "string", "x-labels": ["Sendungsnummer"], pattern: "^[A-Z0-9]{8,}$" },
        consignee: {
          type: "object",
          required: ["name"],
          properties: { name: { type: "string" }, deliveryAddress: { type: "string" } },
        },
        declared_value: { type: ["number", "null"] },
        ship_date: { type: "string", format: "date" },
        service: { enum: ["express", "next_day"] },
        fragile: { type: "boolean" },
        parcels: {
          type: "array",
          items: { $ref: "#/$defs/parcel" },
        },
        remarks: { type: "array", items: { type: "string" } },
      },
      $defs: {
        parcel: { type: "object", properties: { weight: { type: "number" }, contents: { type: "string" } } },
      },
    },
  });

  it("takes labels from synonyms, names and short forms, and kinds from formats and names", () => {
    const byPointer = new Map(shipment.declares.fields.map((field) => [field.pointer, field]));
    expect(byPointer.get("/trackingNumber")).toMatchObject({
      kind: "identifier",
      labels: ["Sendungsnummer", "tracking number", "tracking no", "tracking nr", "tracking #"],
      pattern: "^(?:[A-Z0-9]{8,})$",
    });
    expect(byPointer.get("/declared_value")?.kind).toBe("money");
    expect(byPointer.get("/ship_date")?.kind).toBe("date");
    expect(byPointer.get("/fragile")?.kind).toBe("boolean");
    expect(byPointer.get("/service")?.choices).toEqual({
      express: ["express"],
      next_day: ["next_day", "next day"],
    });
  });

  it("says of a nested value whose it is", () => {
    const name = shipment.declares.fields.find(({ pointer }) => pointer === "/consignee/name");
    expect(name).toMatchObject({ kind: "name", sections: ["consignee"] });
    expect(name?.labels).toEqual(["consignee name", "name", "consignee"]);
  });

  it("makes rows of arrays, whether of objects or of texts", () => {
    expect(shipment.declares.rows).toMatchObject([
      { pointer: "/parcels", columns: [{ pointer: "/weight", kind: "number" }, { pointer: "/contents" }] },
      { pointer: "/remarks", titles: ["remarks"], columns: [{ pointer: "", kind: "paragraph" }] },
    ]);
  });

  it("requires what the schema requires, inside objects too", () => {
    expect(shipment.required).toEqual(["/trackingNumber", "/consignee/name"]);
  });

  it("writes values in the schema's own types, and gives none that does not fit", () => {
    const drafts = draftCustom(
      shipment,
      [
        value("/trackingNumber", "not one"),
        value("/declared_value", "120.50"),
        value("/fragile", true),
        value("/service", "next_day"),
        value("/parcels/0/weight", "heavy"),
        value("/parcels/1/weight", "2.5"),
        value("/parcels/1/contents", "Books"),
      ],
      [],
    );
    const given = Object.fromEntries(drafts.map((draft) => [draft.pointer, draft.value]));
    expect(given).toEqual({
      "/declared_value": 120.5,
      "/fragile": true,
      "/service": "next_day",
      "/parcels/0/weight": 2.5,
      "/parcels/0/contents": "Books",
    });
    expect(shipment.schema.safeParse({ declared_value: 120.5, fragile: true }).success).toBe(true);
    expect(shipment.schema.safeParse({ declared_value: "120.50" }).success).toBe(false);
  });
});

describe("values of the same meaning that a built-in type has", () => {
  const bill = compileExtractor({
    schema: {
      type: "object",
      properties: {
        supplier: { type: "object", properties: { name: { type: "string" } } },
        grandTotal: { type: "number" },
        items: {
          type: "array",
          items: {
            type: "object",
            properties: {
              description: { type: "string" },
              qty: { type: "number" },
              price: { type: "number" },
            },
          },
        },
      },
    },
  });

  it("are taken, with their lines, where they are surer than the label alone", () => {
    const known = [
      value("/vendor/name", "Ortwin KG", 0.9),
      value("/total", "15.40", 0.95),
      value("/line_items/0/description", "Nails", 0.9),
      value("/line_items/0/quantity", "2", 0.9),
      value("/line_items/0/unit_price", "7.70", 0.9),
    ];
    const drafts = draftCustom(bill, [value("/supplier/name", "Supplier", 0.4)], known);
    expect(Object.fromEntries(drafts.map((draft) => [draft.pointer, draft.value]))).toEqual({
      "/supplier/name": "Ortwin KG",
      "/grandTotal": 15.4,
      "/items/0/description": "Nails",
      "/items/0/qty": 2,
      "/items/0/price": 7.7,
    });
  });

  it("are left where the schema's own label gave the surer one", () => {
    const drafts = draftCustom(bill, [value("/grandTotal", "20", 0.99)], [value("/total", "15.40", 0.6)]);
    expect(drafts.map((draft) => draft.value)).toEqual([20]);
  });
});

describe("a schema that cannot be served says why", () => {
  it.each([
    [
      "alternatives",
      { type: "object", properties: { a: { oneOf: [{ type: "string" }] } } },
      "/properties/a/oneOf",
    ],
    ["no object", { type: "array", items: { type: "string" } }, ""],
    ["nothing to read", { type: "object", properties: {} }, "/properties"],
    ["an unknown type", { type: "object", properties: { a: { type: "money" } } }, "/properties/a/type"],
    [
      "an array in a row",
      {
        type: "object",
        properties: {
          rows: {
            type: "array",
            items: { type: "object", properties: { b: { type: "array", items: { type: "string" } } } },
          },
        },
      },
      "/properties/rows/items/properties/b",
    ],
    [
      "a reference to itself",
      {
        type: "object",
        properties: { a: { $ref: "#/$defs/a" } },
        $defs: { a: { type: "object", properties: { a: { $ref: "#/$defs/a" } } } },
      },
      "/properties/a/properties/a/$ref",
    ],
    [
      "a missing definition",
      { type: "object", properties: { a: { $ref: "#/$defs/b" } } },
      "/properties/a/$ref",
    ],
    [
      "a pattern that can take for ever",
      {
        type: "object",
        properties: { a: { type: "string", pattern: "((a+)b?)+$" } },
      },
      "/properties/a/pattern",
    ],
    [
      "a required property that is not there",
      {
        type: "object",
        required: ["b"],
        properties: { a: { type: "string" } },
      },
      "/required",
    ],
  ])("%s", (_, schema, path) => {
    expect(faultsOf(schema)[0]?.path).toBe(path);
    expect(faultsOf(schema)[0]?.message).not.toBe("");
  });

  it("takes names that every object has, and refuses those that move a value elsewhere", () => {
    const text = { type: "string" };
    const named = { constructor: text, toString: text, valueOf: { type: "string", format: "constructor" } };
    expect(faultsOf({ type: "object", properties: named })).toEqual([]);
    const rows = { type: "object", properties: { 0: text } };
    expect(faultsOf({ type: "object", properties: { rows } }).map(({ path }) => path)).toEqual([
      "/properties/rows/properties/0",
    ]);
  });

  it("lists every fault at once", () => {
    const schema = { type: "object", properties: { a: { not: {} }, b: { type: "x" } } };
    expect(faultsOf(schema).map(({ path }) => path)).toEqual(["/properties/a/not", "/properties/b/type"]);
  });
});
