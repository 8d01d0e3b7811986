import { describe, expect, it } from "vitest";
import { GROUPS, groupsOf, TERMS, termsOf } from "../../src/model/en16931.ts";
import type { Group } from "../../src/model/structured.ts";

const group = (id: string, terms: Record<string, string>, ...groups: Group[]): Group => ({
  id,
  xpath: `/${id}`,
  terms: Object.entries(terms).map(([term, value]) => ({
    id: term,
    value,
    content: value,
    xpath: `/${term}`,
  })),
  groups,
});

const root = group(
  "BG-0",
  { "BT-1": "7", order_number: "PO" },
  group("BG-4", { "BT-27": "Seller" }, group("BG-5", { "BT-40": "DE" })),
  group("BG-13", {}, group("BG-14", { "BT-73": "2026-01-01" })),
  group("BG-25", { "BT-131": "1" }, group("BG-31", {}, group("BG-32", { "BT-160": "Colour" }))),
  group("BG-25", { "BT-131": "2", order_number: "PO-2" }),
);

describe("the semantic model", () => {
  it("has every term of EN 16931-1 once, in a group that there is", () => {
    const numbers = [...TERMS.keys()].map((id) => Number(id.slice(3))).sort((a, b) => a - b);
    expect(numbers).toEqual(
      Array.from({ length: 165 }, (_, index) => index + 1).filter((number) => number !== 4),
    );
    for (const { group: home } of TERMS.values()) expect(GROUPS.has(home)).toBe(true);
    expect([...GROUPS.keys()]).toEqual(Array.from({ length: 33 }, (_, index) => `BG-${index}`));
  });

  it("finds groups and terms at the depth the model gives them", () => {
    expect(groupsOf(root, "BG-14").map(({ xpath }) => xpath)).toEqual(["/BG-14"]);
    expect(termsOf(root, "BT-131").map(({ value }) => value)).toEqual(["1", "2"]);
    expect([termsOf(root, "BT-40"), termsOf(root, "BT-160")].flat().map(({ value }) => value)).toEqual([
      "DE",
      "Colour",
    ]);
  });

  it("looks for terms of ours in their group alone", () => {
    expect(termsOf(root, "order_number").map(({ value }) => value)).toEqual(["PO"]);
  });
});
