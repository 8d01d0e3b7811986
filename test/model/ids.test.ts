import { expect, it } from "vitest";
import { documentIdTimeMs, makeDocumentId } from "../../src/model/ids.ts";

it("a document id holds its time and its version", () => {
  const id = makeDocumentId(1_795_000_000_123, new Uint8Array(10).fill(0xff), 3);
  expect(documentIdTimeMs(id)).toBe(1_795_000_000_123);
  expect(id).toBe("doc_03_" + (1_795_000_000_123).toString(16).padStart(12, "0") + "7fffbfffffffffffffff");
});

it("ids made later sort behind earlier ones", () => {
  const random = () => crypto.getRandomValues(new Uint8Array(10));
  const ids = [5, 1, 9, 1_000_000].map((ms) => makeDocumentId(1_795_000_000_000 + ms, random()));
  expect(ids.toSorted()).toEqual([ids[1], ids[0], ids[2], ids[3]]);
});
