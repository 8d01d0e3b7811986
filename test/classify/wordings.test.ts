import { describe, expect, it } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import { documentOf, typed } from "../extract/paper.ts";
import { MONEY } from "./wordings/money.ts";
import { OTHER } from "./wordings/other.ts";
import { PEOPLE } from "./wordings/people.ts";

const WORDINGS = [...MONEY, ...PEOPLE, ...OTHER];
/** Papers of the world that are taken for what they are, at least. */
const FLOOR = 0.97;

describe("classify, in the world's wordings", () => {
  it("takes nearly all of them for what they are", () => {
    const missed = WORDINGS.filter(([type, , text]) => classify(documentOf(typed(text))).type !== type);
    const named = missed.map(([type, name]) => `${type}: ${name}`);
    expect(named.slice(Math.floor(WORDINGS.length * (1 - FLOOR)))).toEqual([]);
  });

  it.each(OTHER)("keeps to %s for %s", (type, _, text) => {
    expect(classify(documentOf(typed(text))).type).toBe(type);
  });

  it("is less sure of a page of noise than of an invoice", () => {
    const noise = classify(documentOf(typed("i. ,' ~ l  | ;  ..  j r  -  : ' ,  t  . ; l")));
    const [, , bill] = MONEY[1] ?? ["invoice", "", ""];
    expect(noise.type).toBe("generic");
    expect(noise.score).toBeLessThan(classify(documentOf(typed(bill))).score);
  });
});
