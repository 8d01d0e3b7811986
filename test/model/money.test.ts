import { expect, it } from "vitest";
import { fromMinor, minorUnits, toMinor, toScaledInteger } from "../../src/model/money.ts";
import { vendorKey } from "../../src/model/vendor-key.ts";

it.each([
  ["1234.50", "EUR", 123_450],
  ["1234.5", "EUR", 123_450],
  ["1234", "JPY", 1234],
  ["1.005", "KWD", 1005],
  ["-0.01", "USD", -1],
  ["-0.001", "USD", 0],
  ["0.005", "USD", 1],
  ["12", null, 1200],
  ["90071992547409.91", "EUR", Number.MAX_SAFE_INTEGER],
])("%s %s is %s minor units", (amount, currency, minor) => {
  expect(toMinor(amount, currency)).toBe(minor);
});

it("what is no plain decimal, or too large, is no amount", () => {
  for (const amount of ["", ".5", "1,50", "1e3", "0x10", " 1", "1.", "NaN", "90071992547409.92"]) {
    expect(toMinor(amount, "EUR")).toBeNull();
  }
  expect(toScaledInteger("0.0000004", 6)).toBe(0);
});

it.each([
  [123_450, "EUR", "1234.50"],
  [-1, "USD", "-0.01"],
  [5, "KWD", "0.005"],
  [1234, "JPY", "1234"],
  [0, null, "0.00"],
])("%s minor units of %s read %s", (minor, currency, amount) => {
  expect(fromMinor(minor, currency)).toBe(amount);
  expect(toMinor(amount, currency)).toBe(minor);
});

it("unknown currencies have two digits", () => {
  expect(["EUR", "JPY", "BHD", "XXX", null].map(minorUnits)).toEqual([2, 0, 3, 2, 2]);
});

it.each([
  ["Müller & Söhne GmbH", "muller sohne"],
  ["MULLER & SOHNE", "muller sohne"],
  ["Acme Trading Co., Ltd.", "acme trading"],
  ["ACME S.A.", "acme"],
  ["Foo G.m.b.H. & Co. KG", "foo"],
  ["Société Générale S.A.S.", "societe generale"],
  ["Straßenbau AG", "strassenbau"],
  ["株式会社 日本", "株式会社 日本"],
  ["O'Reilly Media, Inc.", "oreilly media"],
  ["SA", "sa"],
  ["7-Eleven", "7 eleven"],
  ["Sendirian Holdings Sdn. Bhd.", "sendirian holdings"],
])("the vendor %j is searched as %j", (name, key) => {
  expect(vendorKey(name)).toBe(key);
});

it("a name of punctuation alone has no key", () => {
  expect(vendorKey(" --- ")).toBeNull();
});
