import { describe, expect, it } from "vitest";
import type { StructuredDocument } from "../../../src/model/structured.ts";
import { group, structuredInvoice, withGroup, withoutGroup, withTerm } from "../../fixtures/structured.ts";
import { checkOf, failing } from "./verdicts.ts";

const invoice = structuredInvoice({
  lines: [{ cents: 10000 }, { cents: 500 }],
  allowances: [{ cents: 1000 }],
  charges: [{ cents: 300 }],
});

/** The invoice with everything that the rules about presence are about. */
const rich = [
  group("BG-3", { "BT-25": "R-0" }),
  group("BG-10", { "BT-59": "Bank AG" }),
  group("BG-11", { "BT-62": "Vertreter", "BT-63": "DE987654321" }, [group("BG-12", { "BT-69": "DE" })]),
  group("BG-24", { "BT-122": "A-1" }),
].reduce((document, part) => withGroup(document, "BG-0", part), lined(invoice));

function lined(document: StructuredDocument): StructuredDocument {
  return [
    group("BG-26", { "BT-134": "2026-02-01", "BT-135": "2026-02-28" }),
    group("BG-27", { "BT-136": "1.00", "BT-139": "Discount" }),
    group("BG-28", { "BT-141": "1.00", "BT-144": "Freight" }),
    group("BG-32", { "BT-160": "Colour", "BT-161": "red" }),
  ].reduce((all, part) => withGroup(all, "BG-25", part), document);
}

/** Each rule with the term that it asks for: taken away, that rule fails. */
const MISSING: readonly (readonly [string, string])[] = [
  ["BR-01", "BT-24"],
  ["BR-02", "BT-1"],
  ["BR-03", "BT-2"],
  ["BR-04", "BT-3"],
  ["BR-05", "BT-5"],
  ["BR-06", "BT-27"],
  ["BR-07", "BT-44"],
  ["BR-09", "BT-40"],
  ["BR-11", "BT-55"],
  ["BR-12", "BT-106"],
  ["BR-13", "BT-109"],
  ["BR-14", "BT-112"],
  ["BR-15", "BT-115"],
  ["BR-17", "BT-59"],
  ["BR-18", "BT-62"],
  ["BR-20", "BT-69"],
  ["BR-21", "BT-126"],
  ["BR-22", "BT-129"],
  ["BR-24", "BT-131"],
  ["BR-25", "BT-153"],
  ["BR-26", "BT-146"],
  ["BR-31", "BT-92"],
  ["BR-32", "BT-95"],
  ["BR-33", "BT-97"],
  ["BR-36", "BT-99"],
  ["BR-37", "BT-102"],
  ["BR-38", "BT-104"],
  ["BR-41", "BT-136"],
  ["BR-42", "BT-139"],
  ["BR-43", "BT-141"],
  ["BR-44", "BT-144"],
  ["BR-45", "BT-116"],
  ["BR-46", "BT-117"],
  ["BR-47", "BT-118"],
  ["BR-48", "BT-119"],
  ["BR-49", "BT-81"],
  ["BR-50", "BT-84"],
  ["BR-52", "BT-122"],
  ["BR-54", "BT-161"],
  ["BR-55", "BT-25"],
  ["BR-56", "BT-63"],
  ["BR-57", "BT-80"],
  ["BR-61", "BT-84"],
  ["BR-CO-04", "BT-151"],
  ["BR-CO-21", "BT-97"],
  ["BR-CO-22", "BT-104"],
  ["BR-CO-23", "BT-139"],
  ["BR-CO-24", "BT-144"],
];

describe("what an invoice has to say", () => {
  it("finds nothing missing in an invoice that says all of it", () => {
    expect(failing(rich)).toEqual([]);
    expect(MISSING.map(([id]) => checkOf(rich, id)?.verdict)).toEqual(MISSING.map(() => "pass"));
  });

  it.each(MISSING)("fails %s without %s", (id, term) => {
    expect(failing(withTerm(rich, term, null))).toContain(id);
  });

  it.each([
    ["BR-08", "BG-5"],
    ["BR-10", "BG-8"],
    ["BR-16", "BG-25"],
    ["BR-19", "BG-12"],
    ["BR-CO-18", "BG-23"],
  ])("fails %s without %s", (id, part) => {
    expect(failing(withoutGroup(rich, part))).toContain(id);
  });

  it("takes a blank value for none", () => {
    expect(failing(withTerm(rich, "BT-27", "  "))).toContain("BR-06");
  });

  it("wants a unit with a quantity, as a term or beside it", () => {
    const bare = withTerm(rich, "BT-130", null);
    expect(failing(bare)).toEqual([]);
    expect(failing(withTerm(bare, "BT-129", "1"))).toEqual(["BR-23"]);
  });

  it("wants prices that are not below zero", () => {
    expect(failing(withTerm(rich, "BT-146", "-1.00"))).toEqual(["BR-27"]);
    expect(failing(withTerm(rich, "BT-148", "-1.00"))).toEqual(["BR-28"]);
    expect(failing(withTerm(rich, "BT-146", "0"))).toEqual([]);
  });

  it("wants periods that end after they begin", () => {
    expect(failing(withTerm(rich, "BT-74", "2026-01-31"))).toEqual(["BR-29"]);
    expect(failing(withTerm(rich, "BT-135", "2026-01-31"))).toEqual(["BR-30"]);
    expect(failing(withTerm(rich, "BT-135", "2026-02-01"))).toEqual([]);
  });

  it("wants schemes of electronic addresses and item identifiers", () => {
    expect(failing(withTerm(rich, "BT-34", "a@b.de"))).toEqual(["BR-62"]);
    expect(failing(withTerm(rich, "BT-49", "a@b.de"))).toEqual(["BR-63"]);
    expect(failing(withTerm(rich, "BT-157", "4012345678901"))).toEqual(["BR-64"]);
    expect(failing(withTerm(rich, "BT-158", "4444"))).toEqual(["BR-65"]);
    expect(failing(withTerm(rich, "BT-157", { value: "4012345678901", scheme: "0160" }))).toEqual([]);
  });

  it("wants no account where nothing is transferred", () => {
    const cash = withTerm(withTerm(rich, "BT-84", null), "BT-81", "10");
    expect(failing(cash)).toEqual([]);
  });

  it("warns of a card that shows more than ten digits", () => {
    const card = (digits: string) => withGroup(rich, "BG-16", group("BG-18", { "BT-87": digits }));
    expect(failing(card("4000123456781234"))).toEqual(["BR-51"]);
    expect(failing(card("400012******1234"))).toEqual([]);
  });

  it("wants the VAT in the accounting currency where there is one", () => {
    const accounted = withTerm(rich, "BT-6", "SEK");
    expect(failing(accounted)).toEqual(["BR-53"]);
    expect(failing(withTerm(accounted, "BT-111", { value: "200.00", currency: "SEK" }))).toEqual([]);
  });
});
