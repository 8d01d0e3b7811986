import { describe, expect, it } from "vitest";
import { compileExtractor } from "../../../src/extract/custom/compile.ts";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import type { DocumentType, Extraction } from "../../../src/model/extraction.ts";
import { documentOf, typed } from "../paper.ts";

const engine = createEmbeddedEngine();
const text = { type: "string" };
const number = { type: "number" };
const date = { type: "string", format: "date" };
const object = (properties: Record<string, unknown>) => ({ type: "object", properties });

function read(page: string, schema: Record<string, unknown>, type: DocumentType): Promise<Extraction> {
  return engine.extract(documentOf(typed(page)), type, {
    custom: { name: "own", version: 1, title: "Own", schema },
  });
}

describe("a user's English schema", () => {
  it("reads a German delivery note under other names, in numbers, with the place of every value", async () => {
    const { data, evidence } = await read(
      `
Metallbau Rösner GmbH
Am Kanal 14, 48155 Münster

Lieferschein-Nr.: LS-2024-00891        Lieferdatum: 12.09.2024
Spediteur: Kröger Transporte           Sendungsnummer: 00340434161094022115

Lieferadresse:
Hofmann Gartenbau KG
Siedlerweg 3
59065 Hamm

Pos   Art.-Nr.    Bezeichnung                        Menge    ME
1     RG-1200     Rundrohr verzinkt                  24,00    Stk
2     FP-0800     Fußplatte klein                    48,00    Stk

Anzahl Colli: 4                 Bruttogewicht: 312,40 kg`,
      object({
        noteNumber: text,
        shippedOn: { ...date, description: "Delivery date" },
        carrierName: text,
        trackingCode: text,
        packageCount: { type: "integer" },
        totalWeightKg: number,
        shipTo: object({ name: text, address: text }),
        goods: { type: "array", items: object({ sku: text, description: text, quantity: number }) },
      }),
      "delivery_note",
    );
    expect(data).toEqual({
      noteNumber: "LS-2024-00891",
      shippedOn: "2024-09-12",
      carrierName: "Kröger Transporte",
      trackingCode: "00340434161094022115",
      packageCount: 4,
      totalWeightKg: 312.4,
      shipTo: { name: "Hofmann Gartenbau KG", address: "Siedlerweg 3, 59065 Hamm" },
      goods: [
        { sku: "RG-1200", description: "Rundrohr verzinkt", quantity: 24 },
        { sku: "FP-0800", description: "Fußplatte klein", quantity: 48 },
      ],
    });
    expect(evidence["/goods/1/quantity"]).toMatchObject({ content: "48,00", grounded: true });
    expect(evidence["/shipTo/address"]?.citations).toHaveLength(2);
  });

  it("gives nothing of a page that has none of it, not even what the type would suppose", async () => {
    const schema = object({
      invoiceNo: text,
      total: number,
      paid: { type: "boolean" },
      supplier: object({ name: text, address: text }),
      goods: { type: "array", items: object({ description: text, quantity: number }) },
    });
    const poem = `
The road goes on beyond the hill
and all the evening light is still`;
    for (const type of ["generic", "invoice", "delivery_note"] as const)
      expect((await read(poem, schema, type)).data).toEqual({});
  });
});

describe("names of properties", () => {
  const page = `
Constructor: Hale Builders Ltd
To string: AB-1
Left/right: both
Überschrift: Dritte
プロジェクト: Tokyo`;

  it("may be those of every object, have slashes and tildes, be of any script, or say nothing", async () => {
    const names = [
      "constructor",
      "toString",
      "valueOf",
      "left/right",
      "m~n",
      "überschrift",
      "プロジェクト",
      "",
    ];
    const schema = object({
      ...Object.fromEntries(names.map((name) => [name, { ...text, title: "" }])),
      nested: object({ constructor: text, toString: text }),
      rows: { type: "array", items: object({ constructor: text, valueOf: number }) },
    });
    const { data, evidence } = await read(page, schema, "generic");
    expect(new Map(Object.entries(data))).toEqual(
      new Map([
        ["constructor", "Hale Builders Ltd"],
        ["toString", "AB-1"],
        ["left/right", "both"],
        ["überschrift", "Dritte"],
        ["プロジェクト", "Tokyo"],
      ]),
    );
    expect(evidence["/left~1right"]).toMatchObject({ content: "both" });
  });

  it("are refused where they would change what an object is", () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"a":{"type":"string"},"__proto__":{"type":"string"}}}',
    );
    expect(() => compileExtractor({ schema })).toThrow(/__proto__/u);
  });
});
