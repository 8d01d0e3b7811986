import { describe, expect, it } from "vitest";
import { byteStream } from "../../../src/model/byte-source.ts";
import { indexMessage } from "../../../src/parse/mail/index-message.ts";
import { latin, multipart, part } from "../../fixtures/mail.ts";

const index = (text: string, maxParts: number) =>
  indexMessage(byteStream(latin(text)), { maxParts, maxDepth: 20 });
const text = (content: string): string => part(["Content-Type: text/plain"], content);

describe("an index of a message", () => {
  it("keeps nothing of the headers of parts beyond the limit, and counts those parts", async () => {
    const long = part([`X-Long: ${"x".repeat(100_000)}`], "body");
    const { root, partsLeftOut, headerCut } = await index(
      multipart("mixed", [text("a"), text("b"), ...Array.from({ length: 100 }, () => long)]),
      3,
    );
    expect(root.parts).toHaveLength(2);
    expect(partsLeftOut).toBe(100);
    // The headers that are kept have a limit of their own, which the others would go beyond.
    expect(headerCut).toBe(false);
  });

  it("keeps the parts that a multipart has within the limit, and the end of the last of them", async () => {
    const inner = multipart("alternative", [text("one"), text("two"), text("three")]);
    const { root, partsLeftOut } = await index(multipart("mixed", [inner, text("four")]), 4);
    expect(root.parts.map(({ type, closed }) => [type.value, closed])).toEqual([
      ["multipart/alternative", true],
    ]);
    expect(root.parts[0]?.parts.map(({ size, closed }) => [size, closed])).toEqual([
      [3, true],
      [3, true],
    ]);
    expect(partsLeftOut).toBe(2);
    expect(root.closed).toBe(true);
  });
});
