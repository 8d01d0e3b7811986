import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { createImageDecoder } from "../../../src/platform/images/decoder.ts";
import type { GrayImage } from "../../../src/ports.ts";
import { heic } from "../../fixtures/heic.ts";
import { sourceOf } from "../../fixtures/pdf.ts";

let asked = 0;
const decoder = createImageDecoder({
  wasm: () => Promise.reject(new Error("a HEIC needs no leptonica")),
  heif: async () => (await import("../../../src/platform/images/heic/load-module.ts")).default,
  makeRoom: () => (asked += 1),
});
const source = (bytes: Uint8Array) => sourceOf(bytes, "photo.heic", "heic");
const decode = (bytes: Uint8Array, options = {}) =>
  decoder.decode(source(bytes), { maxSide: 2_048, maxPixels: 100_000_000, color: false, ...options });
const codeOf = (bytes: Uint8Array) =>
  decode(bytes).then(
    () => "decoded",
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

/** Darker from left to right and, less, from top to bottom: 64 x 32. */
const picture: GrayImage = {
  width: 64,
  height: 32,
  data: Uint8Array.from({ length: 64 * 32 }, (_, at) => (at % 64) * 3 + Math.floor(at / 64)),
};
const cornersOf = ({ width, height, data }: GrayImage) =>
  [0, width - 1, width * height - 1, width * (height - 1)].map((at) => data[at]);

describe("HEIC", () => {
  it("gives the picture, coded as a whole or in tiles", async () => {
    for (const options of [{}, { grid: [2, 1] as [number, number] }, { grid: [4, 2] as [number, number] }]) {
      const read = await decode(heic(picture, options));
      expect([read.width, read.height, read.sourceWidth, read.channels]).toEqual([64, 32, 64, 1]);
      expect(read.data).toEqual(picture.data);
    }
  });

  it("gives colours, and scales", async () => {
    const read = await decode(heic(picture), { color: true, maxSide: 32 });
    expect([read.width, read.height, read.channels, read.sourceHeight]).toEqual([32, 16, 3, 32]);
    expect([...read.data.subarray(0, 3)]).toEqual([2, 2, 2]);
  });

  it("turns and mirrors once, in the order of the file", async () => {
    const [tl, tr, br, bl] = cornersOf(picture);
    for (const [options, expected] of [
      [{ turns: 1 }, [tr, br, bl, tl]],
      [{ turns: 2 }, [br, bl, tl, tr]],
      [{ turns: 3 }, [bl, tl, tr, br]],
      [{ mirror: 1 }, [tr, tl, bl, br]],
      [{ mirror: 0 }, [bl, br, tr, tl]],
      [{ turns: 1, mirror: 0 }, [tl, bl, br, tr]],
      [{ turns: 3, grid: [2, 2] as [number, number] }, [bl, tl, tr, br]],
    ] as const) {
      const read = await decode(heic(picture, options));
      expect([options, cornersOf(read)]).toEqual([options, expected]);
      expect([read.sourceWidth, read.sourceHeight]).toEqual([read.width, read.height]);
    }
  });

  it("counts the pictures beside the main one", async () => {
    expect(await decoder.inspect(source(heic(picture)))).toEqual({
      pages: 1,
      frames: 0,
      copies: 0,
      broken: false,
    });
    expect(await decoder.inspect(source(heic(picture, { grid: [2, 2], others: 2 })))).toMatchObject({
      pages: 1,
      frames: 2,
    });
  });
});

describe("hostile HEIC", () => {
  it("is refused by the size that it claims", async () => {
    const side = { width: 60_000, height: 60_000 };
    for (const options of [{ claimed: side }, { claimed: side, grid: [2, 1] as [number, number] }])
      expect(["image_too_large", "file_damaged"]).toContain(await codeOf(heic(picture, options)));
    expect(await codeOf(heic(picture, { claimed: { width: 5_000, height: 5_000 } }))).toBe("image_too_large");
  });

  it("is called damaged when it is cut off, wherever", async () => {
    for (const grid of [undefined, [2, 1] as [number, number]]) {
      const bytes = heic(picture, grid ? { grid } : {});
      for (const share of [0.05, 0.1, 0.3, 0.6])
        expect([share, await codeOf(bytes.slice(0, Math.floor(bytes.length * share)))]).toEqual([
          share,
          "file_damaged",
        ]);
    }
  });

  it("never costs another picture its reader", async () => {
    const whole = heic(picture, { grid: [2, 1] });
    let seed = 3;
    for (let round = 0; round < 30; round += 1) {
      const bytes = whole.slice();
      for (let at = 30 + round * 7; at < 54 + round * 7; at += 1) {
        seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
        bytes[at] = seed >> 16;
      }
      expect(["file_damaged", "image_too_large", "decoded"]).toContain(await codeOf(bytes));
    }
    expect((await decode(whole)).data).toEqual(picture.data);
  });
});

it("asks others to make room before a large picture", async () => {
  const before = asked;
  await decode(heic(picture));
  expect(asked).toBe(before);
  expect(await codeOf(heic(picture, { claimed: { width: 2_400, height: 2_400 } }))).toBe("file_damaged");
  expect(asked).toBe(before + 1);
});
