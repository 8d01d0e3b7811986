import { describe, expect, it } from "vitest";
import type { Evidence, Extraction } from "../../../src/model/extraction.ts";
import type { StructuredDocument } from "../../../src/model/structured.ts";
import { invoiceAmong, runRules } from "../../../src/validate/en16931/run-rules.ts";
import {
  following,
  group,
  structuredInvoice,
  withGroup,
  withoutGroup,
  withTerm,
} from "../../fixtures/structured.ts";
import { checkOf, failing, NOTHING } from "./verdicts.ts";

const MINIMUM = "urn:factur-x.eu:1p0:minimum";
const BASIC_WL = "urn:factur-x.eu:1p0:basicwl";
const EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended";
const ZUGFERD_1 = "urn:ferd:CrossIndustryDocument:invoice:1p0:comfort";

function cii(id: string, document: StructuredDocument): StructuredDocument {
  return following(id, "a profile", { ...document, syntax: "cii" });
}

function read(xpath: string): Evidence {
  return {
    content: "",
    confidence: 1,
    citations: [{ xpath }],
    source: "xml",
    engine: "embedded",
    grounded: true,
  };
}

describe("what the rules report", () => {
  it("sums up first, and then says each rule that applies once", () => {
    const { checks, errors } = runRules(structuredInvoice(), NOTHING);
    const [summary, ...rules] = checks;
    expect(summary).toMatchObject({ code: "en16931", verdict: "pass" });
    expect(summary?.detail).toMatch(/^\d+ rules hold, 0 fail, \d+ do not apply; profile: EN 16931\.$/);
    expect(new Set(rules.map((check) => check.code)).size).toBe(rules.length);
    expect(rules.map((check) => check.verdict)).not.toContain("not_applicable");
    expect(errors).toEqual([]);
  });

  it("fails the summary with an error, not with a warning", () => {
    const wrong = withTerm(structuredInvoice(), "BT-112", "120.00");
    expect(checkOf(wrong, "en16931")).toMatchObject({ verdict: "fail" });
    expect(runRules(wrong, NOTHING).errors).toEqual(["BR-CO-15", "BR-CO-16"]);
    const odd = withTerm(structuredInvoice(), "BT-130", "STUECK");
    expect(checkOf(odd, "en16931")).toMatchObject({ verdict: "pass" });
    expect(checkOf(odd, "en16931")?.detail).toContain("1 fail (1 of them warnings)");
  });

  it("is as long for a thousand lines as for one", () => {
    const lines = Array.from({ length: 1000 }, (_, index) => ({ cents: index + 1 }));
    const long = runRules(structuredInvoice({ lines }), NOTHING).checks;
    expect(long.length).toBe(runRules(structuredInvoice(), NOTHING).checks.length);
    expect(long.find((check) => check.code === "BR-24")?.detail).toContain("It holds 1000 times.");
  });

  it("names lines that break a rule, twenty at most, and counts them all", () => {
    const lines = Array.from({ length: 30 }, (_, index) => ({ cents: index + 1 }));
    const all = structuredInvoice({ lines });
    for (const line of all.root.groups) if (line.id === "BG-25") line.terms = [];
    for (const [index, line] of all.root.groups.entries()) line.xpath = `/part[${index}]`;
    const check = checkOf(all, "BR-24");
    expect(check?.paths).toHaveLength(20);
    expect(check?.detail).toContain("It fails 30 times of 30.");
  });

  it("leads into the data where the data has the value, and into the XML where not", () => {
    const extraction = { ...NOTHING, data: { subtotal: "100.00", total: "120.00", line_items: [{}] } };
    const document = withTerm(structuredInvoice(), "BT-112", "120.00");
    const paths = (code: string) =>
      runRules(document, extraction).checks.find((check) => check.code === code)?.paths;
    expect(paths("BR-CO-15")).toEqual(["/subtotal", "/BG-22/BT-110", "/total"]);
    expect(paths("BR-16")).toEqual(["/line_items"]);
    expect(paths("BR-24")).toEqual(["/line_items"]);
    expect(paths("BR-12")).toEqual(["/BG-22/BT-106"]);
  });

  it("tells by the evidence which entry of a list a line became", () => {
    const document = structuredInvoice({ lines: [{ cents: 100 }, { cents: 200 }] });
    for (const line of document.root.groups.filter((part) => part.id === "BG-25")) {
      const [id] = line.terms;
      for (const term of line.terms) term.xpath = `/line[${id?.value}]/${term.id}`;
    }
    const extraction: Extraction = {
      data: { line_items: [{ amount: "2.00", quantity: "1" }] },
      evidence: {
        "/line_items/0/quantity": read("/line[2]/BT-129"),
        "/line_items/0/amount": read("/line[2]/BT-131"),
      },
      warnings: [],
    };
    const paths = (wrong: StructuredDocument, code: string) =>
      runRules(wrong, extraction).checks.find((check) => check.code === code)?.paths;
    expect(paths(withTerm(document, "BT-131", null, 1), "BR-24")).toEqual(["/line_items/0/amount"]);
    expect(paths(withTerm(document, "BT-131", null, 0), "BR-24")).toEqual(["/BG-25"]);
    const wrong = structuredClone(document);
    for (const line of wrong.root.groups)
      for (const term of line.terms) if (term.id === "BT-131") term.content = "1.001";
    expect(paths(wrong, "BR-DEC-23")).toEqual(["/line[1]/BT-131", "/line_items/0/amount"]);
  });

  it("names what is missing by the place that it would have", () => {
    const check = checkOf(withTerm(structuredInvoice(), "BT-2", null), "BR-03");
    expect(check).toMatchObject({ verdict: "fail", paths: ["/invoice_date"] });
  });

  it("finds the invoice among other documents", () => {
    const order: StructuredDocument = { ...structuredInvoice(), kind: "order" };
    const note: StructuredDocument = { ...structuredInvoice(), kind: "credit_note" };
    expect(invoiceAmong([order, note])).toBe(note);
    expect(invoiceAmong([order])).toBeNull();
  });
});

describe("how far a profile reaches", () => {
  it("asks Factur-X MINIMUM for its totals alone", () => {
    const document = cii(MINIMUM, withoutGroup(withoutGroup(structuredInvoice(), "BG-25"), "BG-23"));
    const { checks } = runRules(withTerm(document, "BT-106", null), NOTHING);
    expect(checks.map((check) => check.code)).toEqual(["en16931", "BR-01", "BR-CO-15", "BR-CL-04"]);
    expect(failing(withTerm(document, "BT-112", "119.01"))).toEqual(["BR-CO-15"]);
    expect(checks[0]?.detail).toContain("no more than totals");
  });

  it("asks Factur-X BASIC WL nothing about lines", () => {
    const document = cii(BASIC_WL, withoutGroup(structuredInvoice(), "BG-25"));
    expect(failing(document)).toEqual([]);
    expect(failing(withTerm(document, "BT-27", null))).toEqual(["BR-06"]);
    expect(failing(withTerm(document, "BT-117", "19.01"))).toEqual(["BR-CO-14"]);
  });

  it("allows Factur-X EXTENDED a cent an amount, and lines that head others", () => {
    const document = cii(EXTENDED, structuredInvoice({ lines: [{ cents: 5000 }, { cents: 5000 }] }));
    expect(failing(withTerm(document, "BT-106", "100.02"))).toEqual([]);
    expect(failing(withTerm(document, "BT-106", "100.03"))).toEqual(["BR-CO-10", "BR-CO-13"]);
    const head = group("BG-25", { "BT-126": "0", "BT-131": "100.00", line_status_code: "GROUP" });
    expect(failing(withGroup(document, "BG-0", head))).toEqual([]);
    expect(
      failing(withGroup(structuredInvoice(), "BG-0", { ...head, terms: head.terms.slice(0, 2) })),
    ).toContain("BR-CO-10");
  });

  it("asks ZUGFeRD 1 whether its sums close", () => {
    const document = cii(ZUGFERD_1, withTerm(structuredInvoice(), "BT-44", null));
    expect(failing(document)).toEqual([]);
    expect(failing(withTerm(document, "BT-106", "100.50"))).toEqual(["BR-CO-10", "BR-CO-13"]);
    expect(checkOf(document, "en16931")?.detail).toContain("does not follow EN 16931");
  });

  it.each([
    ["urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", true],
    ["urn:cen.eu:en16931:2017#conformant#urn:UBL.BE:1.0.0.20180214", true],
    ["urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", true],
    ["urn:cen.eu:en16931:2017#conformant#urn:fdc:peppol.eu:2017:poacc:billing:international:aunz:3.0", false],
    ["urn:www.cenbii.eu:transaction:biitrns010:ver2.0", false],
  ])("knows whether %s is bound by all rules", (id, bound) => {
    const document = following(id, "a profile", withTerm(structuredInvoice(), "BT-27", null));
    expect(failing(document)).toEqual(bound ? ["BR-06"] : []);
  });

  it("takes lines with the VAT in them, and amounts of corrections below zero, as older formats write them", () => {
    const gross = withTerm(structuredInvoice(), "BT-131", "119.00");
    expect(failing(cii(ZUGFERD_1, gross))).toEqual([]);
    const corrected = structuredInvoice({ lines: [{ cents: -10000 }], allowances: [{ cents: -1000 }] });
    const signed = withTerm(corrected, "BT-92", "10.00");
    expect(failing(cii(ZUGFERD_1, signed))).toEqual([]);
  });

  it("takes the rounding as a part of the total where no specification is followed", () => {
    const plain = withTerm({ ...structuredInvoice({ roundingCents: 50 }), profile: null }, "BT-24", null);
    const older = withTerm(plain, "BT-112", "119.50");
    expect(failing(older)).toEqual(["BR-01"]);
    expect(runRules(older, NOTHING).errors).toEqual([]);
    expect(failing(withTerm(older, "BT-112", "119.60"))).toEqual(["BR-01", "BR-CO-15", "BR-CO-16"]);
  });

  it("takes the VAT in the place of the net total, as OIOUBL writes it", () => {
    const danish = withTerm(following("OIOUBL-2.02", "OIOUBL", structuredInvoice()), "BT-109", "19.00");
    expect(failing(danish)).toEqual([]);
    expect(failing(withTerm(danish, "BT-112", "120.00"))).toEqual(["BR-CO-15", "BR-CO-16"]);
  });

  it("asks FatturaPA for its taxes and its total, with a stamp duty", () => {
    const natura = structuredInvoice({ lines: [{ cents: 10000, category: "N1", rate: 22 }] });
    const document: StructuredDocument = { ...natura, syntax: "fatturapa", profile: null };
    expect(failing(withTerm(document, "BT-115", "1.00"))).toEqual([]);
    const stamped = withTerm(withTerm(document, "BT-112", "124.00"), "stamp_duty", "2.00");
    expect(failing(stamped)).toEqual([]);
    expect(failing(withTerm(stamped, "BT-112", "125.00"))).toEqual(["BR-CO-15"]);
    expect(failing(withTerm(document, "BT-117", "24.00"))).toEqual(["BR-CO-14", "BR-CO-17"]);
  });

  it("does not take what a line inside a line says for the line's", () => {
    const part = group("sub_line", { "BT-131": "7.00" }, [group("BG-29", { "BT-148": "-1.00" })]);
    expect(failing(withGroup(structuredInvoice(), "BG-25", part))).toEqual([]);
    expect(failing(withTerm(structuredInvoice(), "BT-148", "-1.00"))).toEqual(["BR-28"]);
  });
});
