import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { unpackZlib } from "../../../src/platform/images/unpack-zlib.ts";

describe("unpackZlib", () => {
  it("gives back what was packed, however it is cut into pieces", () => {
    const content = Uint8Array.from({ length: 50_000 }, (_, at) => (at * at) >> 7);
    const packed = zlibSync(content);
    const pieces = Array.from({ length: Math.ceil(packed.length / 7) }, (_, at) =>
      packed.subarray(at * 7, at * 7 + 7),
    );
    for (const parts of [[packed], pieces]) {
      expect([...unpackZlib(parts)].flatMap((part) => Array.from(part))).toEqual([...content]);
    }
  });

  it("holds a megabyte or so of a bomb, and unpacks no more of it than is asked for", () => {
    const packed = zlibSync(new Uint8Array(16 * 1024 * 1024));
    let taken = 0;
    const pieces = function* (): Generator<Uint8Array> {
      for (let at = 0; at < packed.length; at += 512) {
        taken += 1;
        yield packed.subarray(at, at + 512);
      }
    };
    const unpacked = unpackZlib(pieces());
    const first = unpacked.next();
    expect(first.done ? 0 : first.value.length).toBeGreaterThan(0);
    expect(taken).toBe(1);
    for (const part of unpacked) expect(part.length).toBeLessThan(1_200_000);
  });

  it("throws where the data are damaged", () => {
    const unknownBlock = Uint8Array.of(0x78, 0x9c, 0x07, ...new Uint8Array(50));
    expect(() => [...unpackZlib([unknownBlock])]).toThrow("block type");
  });
});
