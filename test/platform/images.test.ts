import { describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "../../src/errors.ts";
import type { Format } from "../../src/model/format.ts";
import { createImageDecoder } from "../../src/platform/images/decoder.ts";
import { workerAssets } from "../../src/platform/tesseract/worker-assets.ts";
import {
  animatedPng,
  animatedWebp,
  ascii,
  be32,
  bmp,
  corners,
  cornersOf,
  deflate,
  gif,
  grayPng,
  interlacedPng,
  jpeg,
  orientedJpeg,
  pngChunk,
  rawPng,
  tiff,
  webp,
} from "../fixtures/image.ts";
import { sourceOf } from "../fixtures/pdf.ts";

let asked = 0;
const decoder = createImageDecoder({
  wasm: workerAssets.wasm,
  heif: async () => (await import("../../src/platform/images/heic/load-module.ts")).default,
  makeRoom: () => (asked += 1),
});
const LIMITS = { maxSide: 2_048, maxPixels: 100_000_000, color: false };

const decode = (bytes: Uint8Array, format: Format, options: Partial<typeof LIMITS> = {}) =>
  decoder.decode(sourceOf(bytes, `picture.${format}`, format), { ...LIMITS, ...options });

async function codeOf(bytes: Uint8Array, format: Format): Promise<ErrorCode | "decoded"> {
  try {
    await decode(bytes, format);
    return "decoded";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code;
  }
}

/** The largest difference between two pictures of the same size. */
function distance(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? -999))), 0);
}

const picture = corners();
const SAME: [string, Format, () => Promise<Uint8Array> | Uint8Array, number][] = [
  ["grey PNG", "png", () => grayPng(picture), 0],
  ["interlaced PNG", "png", () => interlacedPng(picture), 0],
  ["JPEG", "jpeg", () => jpeg(picture), 6],
  ["lossless WebP", "webp", () => webp(picture), 0],
  ["BMP", "bmp", () => bmp(picture), 0],
  ["GIF", "gif", () => gif(picture), 0],
  ["TIFF", "tiff", () => tiff(picture), 0],
  [
    "deflated TIFF",
    "tiff",
    async () => tiff(picture, { compression: 8, body: await deflate(picture.data) }),
    0,
  ],
];

describe("every format gives the same picture", () => {
  it.each(SAME)("%s", async (_name, format, make, tolerance) => {
    const read = await decode(await make(), format);
    expect([read.width, read.height, read.channels, read.truncated]).toEqual([24, 16, 1, false]);
    expect([read.sourceWidth, read.sourceHeight]).toEqual([24, 16]);
    expect(distance(read.data, picture.data)).toBeLessThanOrEqual(tolerance);
  });

  it("gives three channels when colour is asked for", async () => {
    const rows = Uint8Array.from([0, 255, 0, 0, 0, 0, 255]);
    const png = await rawPng({ width: 2, height: 1, depth: 8, colorType: 2 }, rows);
    const read = await decode(png, "png", { color: true });
    expect([read.channels, ...read.data]).toEqual([3, 255, 0, 0, 0, 0, 255]);
  });

  it("puts transparent pixels on white and keeps the upper half of 16 bits", async () => {
    const clear = await rawPng(
      { width: 2, height: 1, depth: 8, colorType: 4 },
      Uint8Array.from([0, 7, 0, 7, 255]),
    );
    expect([...(await decode(clear, "png")).data]).toEqual([255, 7]);
    const deep = await rawPng(
      { width: 2, height: 1, depth: 16, colorType: 0 },
      Uint8Array.from([0, 9, 200, 250, 3]),
    );
    expect([...(await decode(deep, "png")).data]).toEqual([9, 250]);
  });

  it("reads a palette of one bit", async () => {
    const palette = pngChunk("PLTE", [255, 255, 255, 0, 0, 0]);
    const rows = Uint8Array.from([0, 0b01000000]);
    const png = await rawPng({ width: 3, height: 1, depth: 1, colorType: 3 }, rows, palette);
    expect([...(await decode(png, "png")).data]).toEqual([255, 0, 255]);
  });

  it("undoes each of PNG's filters", async () => {
    const rows = [
      [0, 10, 20, 30],
      [1, 10, 10, 10],
      [2, 5, 5, 5],
      [3, 10, 10, 10],
      [4, 1, 1, 1],
    ];
    const png = await rawPng({ width: 3, height: 5, depth: 8, colorType: 0 }, Uint8Array.from(rows.flat()));
    expect([...(await decode(png, "png")).data]).toEqual(
      [
        [10, 20, 30],
        [10, 20, 30],
        [15, 25, 35],
        [17, 31, 43],
        [18, 32, 44],
      ].flat(),
    );
  });

  it("scales to the longest side that is asked for", async () => {
    const small = await decode(await grayPng(picture), "png", { maxSide: 12 });
    expect([small.width, small.height, small.sourceWidth]).toEqual([12, 8, 24]);
    const mean = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(small.data) - mean(picture.data))).toBeLessThan(1);
    expect((await decode(jpeg(picture), "jpeg", { maxSide: 12 })).width).toBe(12);
  });
});

describe("orientation", () => {
  /** The corners of the picture, clockwise from the top left, as each tag's picture shows them upright. */
  const [tl, tr, br, bl] = cornersOf(picture) as [number, number, number, number];
  const UPRIGHT: [number, number[]][] = [
    [1, [tl, tr, br, bl]],
    [2, [tr, tl, bl, br]],
    [3, [br, bl, tl, tr]],
    [4, [bl, br, tr, tl]],
    [5, [tl, bl, br, tr]],
    [6, [bl, tl, tr, br]],
    [7, [br, tr, tl, bl]],
    [8, [tr, br, bl, tl]],
  ];

  it.each(UPRIGHT)("follows Exif's %i in JPEG and TIFF", async (tag, expected) => {
    for (const [bytes, format] of [
      [orientedJpeg(picture, tag), "jpeg"],
      [tiff(picture, { orientation: tag }), "tiff"],
    ] as const) {
      const read = await decode(bytes, format);
      expect([read.width, read.height]).toEqual(tag >= 5 ? [16, 24] : [24, 16]);
      expect([read.sourceWidth, read.sourceHeight]).toEqual([read.width, read.height]);
      for (const [index, value] of cornersOf(read).entries())
        expect(Math.abs(value - (expected[index] ?? 0)), `${format} corner ${index}`).toBeLessThan(12);
    }
  });
});

describe("several pictures in one file", () => {
  const inspect = (bytes: Uint8Array, format: Format) =>
    decoder.inspect(sourceOf(bytes, `picture.${format}`, format));
  const one = { pages: 1, frames: 0, copies: 0, broken: false };

  it("counts the frames of animations and reads the first", async () => {
    for (const [bytes, format] of [
      [gif(picture, 3), "gif"],
      [animatedWebp(picture, 3), "webp"],
      [await animatedPng(picture, 3), "png"],
    ] as const) {
      expect([format, await inspect(bytes, format)]).toEqual([format, { ...one, frames: 2 }]);
      expect(distance((await decode(bytes, format)).data, picture.data)).toBe(0);
    }
  });

  it("counts a TIFF's pages, and one for every other picture", async () => {
    expect(await inspect(tiff(picture, { pages: 3 }), "tiff")).toEqual({ ...one, pages: 3 });
    for (const [, format, make] of SAME) expect(await inspect(await make(), format)).toEqual(one);
  });
});

describe("hostile pictures", () => {
  const claims = (side: number) =>
    Uint8Array.from([
      0x89,
      ...ascii("PNG\r\n\x1a\n"),
      ...pngChunk("IHDR", [...be32(side, side), 8, 0, 0, 0, 0]),
      ...pngChunk("IDAT", [0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]),
      ...pngChunk("IEND", []),
    ]);

  it("refuses a size beyond the limit before decoding, in every format", async () => {
    expect(await codeOf(claims(60_000), "png")).toBe("image_too_large");
    const huge = { width: 60_000, height: 60_000, data: new Uint8Array(4) };
    expect(await codeOf(tiff(huge), "tiff")).toBe("image_too_large");
    const liar = bmp(picture);
    new DataView(liar.buffer).setInt32(18, 60_000, true);
    new DataView(liar.buffer).setInt32(22, 60_000, true);
    expect(await codeOf(liar, "bmp")).toBe("image_too_large");
    const wide = gif(picture);
    const image = wide.indexOf(0x2c, 13 + 768);
    new DataView(wide.buffer).setUint16(image + 5, 60_000, true);
    new DataView(wide.buffer).setUint16(image + 7, 60_000, true);
    expect(await codeOf(wide, "gif")).toBe("image_too_large");
    const tall = jpeg(picture);
    const frame = tall.findIndex((byte, at) => byte === 0xff && tall[at + 1] === 0xc0);
    tall.set([0xea, 0x60, 0xea, 0x60], frame + 5);
    expect(await codeOf(tall, "jpeg")).toBe("image_too_large");
  });

  it("shows the rows that are there of a cut-off file and says so, in every format", async () => {
    const whole: [Uint8Array, Format][] = [
      [await grayPng(picture), "png"],
      [bmp(picture), "bmp"],
      [gif(picture), "gif"],
      [tiff(picture), "tiff"],
    ];
    for (const [bytes, format] of whole) {
      const read = await decode(bytes.slice(0, Math.floor(bytes.length * 0.9)), format);
      expect([format, read.truncated]).toEqual([format, true]);
      const rows = (values: Uint8Array, end: 0 | 1) => [...values.subarray(...(end ? [-24] : [0, 24]))];
      // A BMP stands on its head: what is missing is its top.
      const last = format === "bmp" ? 1 : 0;
      expect([format, rows(read.data, last)]).toEqual([format, rows(picture.data, last)]);
      expect(rows(read.data, last ? 0 : 1)).toEqual(Array.from({ length: 24 }, () => 255));
    }
  });

  it("says that a file is damaged of which no row is there", async () => {
    const whole: [Uint8Array, Format][] = [
      [await grayPng(picture), "png"],
      [webp(picture), "webp"],
      [bmp(picture), "bmp"],
      [gif(picture), "gif"],
      [tiff(picture), "tiff"],
      [jpeg(picture), "jpeg"],
    ];
    for (const [bytes, format] of whole)
      expect([format, await codeOf(bytes.slice(0, 20), format)]).toEqual([format, "file_damaged"]);
    expect(await codeOf(webp(picture).slice(0, -20), "webp")).toBe("file_damaged");
  });

  it("shows what is there of a cut-off JPEG and says so", async () => {
    const whole = jpeg({
      width: 200,
      height: 200,
      data: new Uint8Array(40_000).map((_, at) => (at * 7) % 251),
    });
    const read = await decode(whole.slice(0, whole.length >> 1), "jpeg");
    expect([read.truncated, read.width]).toEqual([true, 200]);
    expect((await decode(whole, "jpeg")).truncated).toBe(false);
    expect(await codeOf(whole.slice(0, 40), "jpeg")).toBe("file_damaged");
  });

  it("survives noise behind a right signature, and reads the next picture", async () => {
    let seed = 7;
    const noise = (length: number) =>
      Array.from({ length }, () => ((seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16) & 255);
    for (const format of ["png", "jpeg", "webp", "bmp", "gif", "tiff"] as const) {
      const whole = await (SAME.find(([, kind]) => kind === format)?.[2] ?? (() => new Uint8Array(0)))();
      for (let round = 0; round < 6; round += 1) {
        const bytes = whole.slice();
        const from = 14 + round * 9;
        bytes.set(noise(Math.min(24, bytes.length - from)), from);
        expect(["file_damaged", "image_too_large", "decoded"]).toContain(await codeOf(bytes, format));
      }
      expect(await codeOf(whole, format)).toBe("decoded");
    }
  });

  it("calls an empty file empty and refuses what is no picture", async () => {
    expect(await codeOf(new Uint8Array(0), "png")).toBe("empty_file");
    expect(await codeOf(Uint8Array.from(ascii("hello there")), "text")).toBe("unsupported_format");
  });

  it("does not inflate beyond the rows that the header claims", async () => {
    const rows = new Uint8Array(4_000_000);
    const bomb = await rawPng({ width: 3, height: 2, depth: 8, colorType: 0 }, rows);
    expect((await decode(bomb, "png")).data.length).toBe(6);
  });
});

it("asks others to make room before a large picture", async () => {
  const before = asked;
  const side = 2_048;
  const large = { width: side, height: side, data: new Uint8Array(side * side).fill(200) };
  const read = await decode(webp(large), "webp", { maxSide: 512 });
  expect([asked - before, read.width, read.data[1_000]]).toEqual([1, 512, 200]);
  await decode(webp(picture), "webp");
  expect(asked - before).toBe(1);
});
