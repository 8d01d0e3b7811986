import { describe, expect, it } from "vitest";
import { runRules } from "../../../src/validate/en16931/run-rules.ts";
import {
  following,
  group,
  structuredInvoice,
  withGroup,
  withoutGroup,
  withTerm,
  XRECHNUNG_ID,
} from "../../fixtures/structured.ts";
import { checkOf, failing, NOTHING } from "./verdicts.ts";

const invoice = following(XRECHNUNG_ID, "XRechnung 3.0", structuredInvoice());

describe("XRechnung", () => {
  it("keeps its rules in a right invoice, and asks them of nobody else", () => {
    expect(failing(invoice)).toEqual([]);
    expect(checkOf(invoice, "BR-DE-15")?.verdict).toBe("pass");
    expect(checkOf(structuredInvoice(), "BR-DE-15")).toBeUndefined();
    expect(checkOf(invoice, "en16931")?.detail).toContain("XRechnung 3.0");
  });

  it.each([
    ["BR-DE-3", "BT-37"],
    ["BR-DE-4", "BT-38"],
    ["BR-DE-5", "BT-41"],
    ["BR-DE-6", "BT-42"],
    ["BR-DE-7", "BT-43"],
    ["BR-DE-8", "BT-52"],
    ["BR-DE-9", "BT-53"],
    ["BR-DE-10", "BT-77"],
    ["BR-DE-11", "BT-78"],
    ["BR-DE-15", "BT-10"],
  ])("fails %s without %s", (id, term) => {
    expect(failing(withTerm(invoice, term, null))).toEqual([id]);
  });

  it("wants payment instructions, a contact and the rate of each breakdown", () => {
    expect(failing(withoutGroup(invoice, "BG-16"))).toEqual(["BR-DE-1"]);
    expect(failing(withoutGroup(invoice, "BG-6"))).toEqual(["BR-DE-2"]);
    expect(failing(withTerm(invoice, "BT-119", null))).toContain("BR-DE-14");
    expect(failing(withTerm(invoice, "BT-31", null))).toContain("BR-DE-16");
  });

  it("wants of each means of payment its own group and no other", () => {
    const card = group("BG-18", { "BT-87": "1234" });
    const debit = group("BG-19", { "BT-90": "DE98ZZZ09999999999", "BT-91": "DE89370400440532013000" });
    const paidBy = (code: string) => withTerm(invoice, "BT-81", code);
    expect(failing(withoutGroup(invoice, "BG-17"))).toEqual(["BR-61", "BR-DE-23-a"]);
    expect(failing(withGroup(invoice, "BG-16", card))).toEqual(["BR-DE-23-b"]);
    expect(failing(paidBy("48"))).toEqual(["BR-DE-24-a", "BR-DE-24-b"]);
    expect(failing(paidBy("59"))).toEqual(["BR-DE-25-a", "BR-DE-25-b"]);
    expect(failing(withGroup(withoutGroup(paidBy("59"), "BG-17"), "BG-16", debit))).toEqual([]);
    const bare = withGroup(withoutGroup(paidBy("59"), "BG-17"), "BG-16", group("BG-19", { "BT-89": "M-1" }));
    expect(failing(bare)).toEqual(["BR-DE-30", "BR-DE-31"]);
  });

  it("asks rules of version 3 of version 3 alone", () => {
    const id = "urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3";
    const older = following(id, "XRechnung 2.3", withoutGroup(withTerm(invoice, "BT-81", "59"), "BG-17"));
    expect(failing(withGroup(older, "BG-16", group("BG-19", { "BT-89": "M-1" })))).toEqual([]);
  });

  it("reads cash discounts", () => {
    const terms = (text: string) => failing(withTerm(invoice, "BT-20", text));
    expect(terms("#SKONTO#TAGE=14#PROZENT=2.00#\n")).toEqual([]);
    expect(terms("#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=-90.00#\n")).toEqual([]);
    expect(terms("Payable at once")).toEqual([]);
    expect(terms("#SKONTO#TAGE=14#PROZENT=2#\n")).toEqual(["BR-DE-18"]);
  });

  it.each([
    ["BR-DE-17", "BT-3", "393"],
    ["BR-DE-19", "BT-84", "DE89370400440532013001"],
    ["BR-DE-21", "BT-24", "urn:cen.eu:en16931:2017#compliant#urn:xrechnung_3"],
    ["BR-DE-27", "BT-42", "ask"],
    ["BR-DE-28", "BT-43", "anna.adler.example"],
  ])("warns of %s when %s is %s", (id, term, value) => {
    const { checks, errors } = runRules(withTerm(invoice, term, value), NOTHING);
    expect(checks.find((check) => check.code === id)?.verdict).toBe("fail");
    expect(errors).toEqual([]);
  });

  it("warns of a correction that names no invoice", () => {
    const correction = withTerm(invoice, "BT-3", "384");
    expect(failing(correction)).toEqual(["BR-DE-26"]);
    expect(failing(withGroup(correction, "BG-0", group("BG-3", { "BT-25": "R-0" })))).toEqual([]);
  });

  it("leaves what is due to the extension, which adds payments to third parties", () => {
    const id = `${XRECHNUNG_ID}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0`;
    const extended = following(id, "XRechnung 3.0 Extension", withTerm(invoice, "BT-115", "129.00"));
    expect(failing(extended)).toEqual([]);
    expect(failing(withTerm(invoice, "BT-115", "129.00"))).toEqual(["BR-CO-16"]);
  });
});
