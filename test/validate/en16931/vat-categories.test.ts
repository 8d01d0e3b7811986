import { describe, expect, it } from "vitest";
import type { StructuredDocument } from "../../../src/model/structured.ts";
import { group, structuredInvoice, withGroup, withoutGroup, withTerm } from "../../fixtures/structured.ts";
import { checkOf, failing } from "./verdicts.ts";

interface FamilyCase {
  readonly prefix: string;
  readonly category: string;
  readonly rate?: number;
}

const FAMILIES: readonly FamilyCase[] = [
  { prefix: "BR-S", category: "S" },
  { prefix: "BR-Z", category: "Z" },
  { prefix: "BR-E", category: "E" },
  { prefix: "BR-AE", category: "AE" },
  { prefix: "BR-IC", category: "K" },
  { prefix: "BR-G", category: "G" },
  { prefix: "BR-O", category: "O" },
  { prefix: "BR-IG", category: "L", rate: 7 },
  { prefix: "BR-IP", category: "M", rate: 4 },
];

const RATED = new Set(["S", "L", "M"]);
const EXEMPT = new Set(["E", "AE", "K", "G", "O"]);

function invoiceOf({ category, rate }: FamilyCase): StructuredDocument {
  const taxed = (cents: number) => ({ cents, category, ...(rate === undefined ? {} : { rate }) });
  return structuredInvoice({ lines: [taxed(10000)], allowances: [taxed(1000)], charges: [taxed(500)] });
}

describe.each(FAMILIES)("category $category", (family) => {
  const { prefix, category } = family;
  const invoice = invoiceOf(family);
  const id = (number: number) => `${prefix}-0${number}`.replace("-010", "-10");
  const rated = RATED.has(category);

  it("keeps its ten rules in a right invoice", () => {
    expect(failing(invoice)).toEqual([]);
    for (let number = 1; number <= 10; number += 1) {
      expect([number, checkOf(invoice, id(number))?.verdict]).toEqual([number, "pass"]);
    }
  });

  it("wants a breakdown", () => {
    expect(failing(withoutGroup(invoice, "BG-23"))).toContain(id(1));
  });

  it("wants or excludes identifiers in lines, allowances and charges", () => {
    const wrong =
      category === "O"
        ? withTerm(invoice, "BT-31", "DE123456789")
        : withTerm(withTerm(invoice, "BT-31", null), "BT-30", "HRB 1");
    expect(failing(wrong)).toEqual([id(2), id(3), id(4)]);
  });

  it.each([
    ["BT-152", 5],
    ["BT-96", 6],
    ["BT-103", 7],
  ])("wants its rate in %s", (term, number) => {
    const value = category === "S" ? "0" : rated ? "-1" : "5";
    expect(failing(withTerm(invoice, term, value))).toContain(id(number));
  });

  it("wants the taxable amount to be the sum of its amounts", () => {
    expect(failing(withTerm(invoice, "BT-116", "96.00"))).toContain(id(8));
    const nearby = failing(withTerm(invoice, "BT-116", "95.01"));
    expect(nearby.includes(id(8))).toBe(!rated);
  });

  it("wants its tax", () => {
    expect(failing(withTerm(invoice, "BT-117", "30.00"))).toContain(id(9));
  });

  it("wants or excludes a reason for exemption", () => {
    const isExempt = EXEMPT.has(category);
    const wrong = withTerm(invoice, "BT-120", isExempt ? null : "No VAT");
    expect(failing(wrong)).toEqual([id(10)]);
    expect(failing(withTerm(wrong, "BT-121", isExempt ? "VATEX-EU-O" : null))).toEqual(
      isExempt ? [] : [id(10)],
    );
  });
});

describe("category rules that stand alone", () => {
  it("lets several rates of one category stand side by side", () => {
    const invoice = structuredInvoice({
      lines: [{ cents: 100 }, { cents: 200, rate: 7 }, { cents: 300, rate: 5.5 }],
    });
    expect(failing(invoice)).toEqual([]);
  });

  it("adds the breakdowns of one category and rate", () => {
    const split = withGroup(
      withTerm(withTerm(structuredInvoice(), "BT-116", "60.00"), "BT-117", "11.40"),
      "BG-0",
      group("BG-23", { "BT-116": "40.00", "BT-117": "7.60", "BT-118": "S", "BT-119": "19.00" }),
    );
    expect(failing(split)).toEqual([]);
  });

  it("wants one breakdown of a category without rates", () => {
    const invoice = structuredInvoice({ lines: [{ cents: 100, category: "E" }] });
    const twice = withGroup(
      invoice,
      "BG-0",
      group("BG-23", { "BT-116": "0.00", "BT-117": "0.00", "BT-118": "E", "BT-119": "0", "BT-120": "No" }),
    );
    expect(failing(twice)).toEqual(["BR-E-01"]);
  });

  it("wants the buyer's number for reverse charge and supplies inside the union", () => {
    const without = (category: string) =>
      failing(withTerm(structuredInvoice({ lines: [{ cents: 100, category }] }), "BT-48", null));
    expect(without("AE")).toEqual(["BR-AE-02"]);
    expect(without("K")).toEqual(["BR-IC-02"]);
    expect(without("G")).toEqual([]);
  });

  it("wants date and country of a supply inside the union", () => {
    const supply = structuredInvoice({ lines: [{ cents: 100, category: "K" }] });
    expect(failing(withoutGroup(withTerm(supply, "BT-72", null), "BG-14"))).toEqual(["BR-IC-11"]);
    expect(failing(withoutGroup(supply, "BG-15"))).toEqual(["BR-IC-12"]);
  });

  it("wants nothing beside what is not subject to VAT", () => {
    const mixed = structuredInvoice({
      lines: [{ cents: 100, category: "O" }, { cents: 100 }],
      allowances: [{ cents: 10 }],
      charges: [{ cents: 10 }],
    });
    expect(failing(withTerm(mixed, "BT-32", "1"))).toEqual(["BR-O-11", "BR-O-12", "BR-O-13", "BR-O-14"]);
  });

  it("wants split payment inside Italy and without the standard rate", () => {
    const split = structuredInvoice({ lines: [{ cents: 100, category: "B", rate: 22 }] });
    expect(failing(split)).toEqual(["BR-B-01"]);
    const italian = withTerm(withTerm(split, "BT-40", "IT"), "BT-55", "IT");
    expect(failing(italian)).toEqual([]);
    const mixed = structuredInvoice({ lines: [{ cents: 100, category: "B", rate: 22 }, { cents: 100 }] });
    expect(failing(mixed)).toEqual(["BR-B-01", "BR-B-02"]);
  });
});
