import { describe, expect, it } from "vitest";
import { runRules } from "../../../src/validate/en16931/run-rules.ts";
import { group, structuredInvoice, withGroup, withTerm } from "../../fixtures/structured.ts";
import { checkOf, failing, NOTHING } from "./verdicts.ts";

const invoice = structuredInvoice({ allowances: [{ cents: 100 }], charges: [{ cents: 100 }] });

describe("codes and decimals", () => {
  it.each([
    ["BR-CL-01", "BT-3", "999"],
    ["BR-CL-05", "BT-6", "XYZ"],
    ["BR-CL-06", "BT-8", "99"],
    ["BR-CL-14", "BT-80", "UK"],
    ["BR-CL-15", "BT-159", "XX"],
    ["BR-CL-17", "BT-118", "X"],
    ["BR-CL-18", "BT-151", "X"],
  ])("fails %s when %s is %s, and wants a person", (id, term, code) => {
    const { checks, errors } = runRules(withTerm(invoice, term, code), NOTHING);
    expect(checks.find((check) => check.code === id)?.verdict).toBe("fail");
    expect(errors).toContain(id);
  });

  it.each([
    ["BR-CL-16", "BT-81", "999"],
    ["BR-CL-19", "BT-98", "1"],
    ["BR-CL-20", "BT-105", "1"],
    ["BR-CL-22", "BT-121", "VATEX-XX"],
    ["BR-CL-23", "BT-130", "STUECK"],
    ["BR-CL-23", "BT-150", "STUECK"],
  ])("warns of %s when %s is %s, since such lists grow", (id, term, code) => {
    const { checks, errors } = runRules(withTerm(invoice, term, code), NOTHING);
    const check = checks.find((one) => one.code === id);
    expect(check?.verdict).toBe("fail");
    expect(check?.detail).toMatch(/^Warning\./);
    expect(errors).not.toContain(id);
  });

  it.each([
    ["BR-CL-10", "BT-29"],
    ["BR-CL-11", "BT-30"],
    ["BR-CL-13", "BT-158"],
    ["BR-CL-21", "BT-157"],
    ["BR-CL-25", "BT-49"],
    ["BR-CL-26", "BT-71"],
    ["BR-CL-07", "BT-18"],
  ])("warns of %s when the scheme of %s is unknown", (id, term) => {
    expect(failing(withTerm(invoice, term, { value: "1", scheme: "nobody" }))).toEqual([id]);
  });

  it("warns of a note's subject that is no code", () => {
    const noted = (code: string) =>
      withGroup(invoice, "BG-0", group("BG-1", { "BT-21": code, "BT-22": "Hello" }));
    expect(failing(noted("important"))).toEqual(["BR-CL-08"]);
    expect(failing(noted("AAI"))).toEqual([]);
  });

  it("wants currencies of ISO 4217, the withdrawn ones included", () => {
    expect(failing(withTerm(invoice, "BT-112", { value: "119.00", currency: "EURO" }))).toEqual(["BR-CL-03"]);
    expect(checkOf(withTerm(invoice, "BT-5", "Euro"), "BR-CL-04")?.verdict).toBe("fail");
    expect(checkOf(withTerm(invoice, "BT-5", "HRK"), "BR-CL-04")?.verdict).toBe("pass");
  });

  it.each(["C62", "H87", "XPP", "KGM", "HUR", "MON"])("knows the unit %s", (unit) => {
    expect(failing(withTerm(invoice, "BT-130", unit))).toEqual([]);
  });

  it("takes codes as they are written, not in another case", () => {
    expect(checkOf(withTerm(invoice, "BT-5", "eur"), "BR-CL-04")?.verdict).toBe("fail");
    expect(failing(withTerm(invoice, "BT-40", "de"))).toEqual(["BR-CL-14"]);
  });

  it.each([
    ["BR-DEC-12", "BT-109", "100.001"],
    ["BR-DEC-14", "BT-112", "119.001"],
    ["BR-DEC-23", "BT-131", "100.001"],
    ["BR-DEC-19", "BT-116", "100.001"],
  ])("fails %s when %s is %s", (id, term, value) => {
    expect(failing(withTerm(invoice, term, value))).toContain(id);
  });

  it("counts decimals as they are written", () => {
    const written = withTerm(invoice, "BT-115", { value: "119.00", content: "119.0000" });
    expect(failing(written)).toEqual(["BR-DEC-18"]);
    expect(failing(withTerm(invoice, "BT-115", "119"))).toEqual([]);
  });

  it("fails what is no amount, and does not reckon with it", () => {
    expect(failing(withTerm(invoice, "BT-115", "one hundred"))).toEqual(["BR-DEC-18"]);
  });
});
