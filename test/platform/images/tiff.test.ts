import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { createImageDecoder } from "../../../src/platform/images/decoder.ts";
import { copyTiffPages } from "../../../src/platform/images/tiff/copy-pages.ts";
import { decodeByLeptonica } from "../../../src/platform/images/leptonica.ts";
import { workerAssets } from "../../../src/platform/tesseract/worker-assets.ts";
import { fax } from "../../fixtures/fax.ts";
import { corners, deflate, jpeg } from "../../fixtures/image.ts";
import { baselineJpeg, softBlocks } from "../../fixtures/jpeg.ts";
import { sourceOf } from "../../fixtures/pdf.ts";
import { lzw, packBits, tiffFile, type TiffPage } from "../../fixtures/tiff.ts";

const noHeif = () => Promise.reject(new Error("a TIFF needs no libheif"));
const decoder = createImageDecoder({ wasm: workerAssets.wasm, heif: noHeif });
const source = (bytes: Uint8Array) => sourceOf(bytes, "scan.tif", "tiff");
const decode = (bytes: Uint8Array, { color = false, frame = 0 } = {}) =>
  decoder.decode(source(bytes), { maxSide: 2_048, maxPixels: 100_000_000, color, frame });

const T = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  samples: 277,
  rowsPerStrip: 278,
  planar: 284,
  faxOptions: 292,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  subDirectories: 330,
  extraSamples: 338,
  jpegTables: 347,
  oldJpeg: 513,
  chroma: 530,
} as const;

/** A picture of print-like black and white: runs of all lengths, rules across and a slope. */
const [WIDTH, HEIGHT] = [203, 77];
const print = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    return (x * 7 + y * 3) % 31 < 11 || (y % 20 < 2 && x > 10) || (x > 100 && x < 103 + y) ? 0 : 255;
  }),
};
const bilevel = { [T.width]: [WIDTH], [T.height]: [HEIGHT], [T.bits]: [1], [T.photometric]: [0] };

/** Its rows, eight pixels a byte, 1 for black. */
const packed = (() => {
  const stride = Math.ceil(WIDTH / 8);
  const rows = new Uint8Array(stride * HEIGHT);
  for (const [at, value] of print.data.entries()) {
    const place = Math.floor(at / WIDTH) * stride + ((at % WIDTH) >> 3);
    if (value === 0) rows[place] = (rows[place] ?? 0) | (0x80 >> ((at % WIDTH) & 7));
  }
  return rows;
})();
const mirrored = (bytes: Uint8Array) =>
  bytes.map((byte) => Number.parseInt(byte.toString(2).padStart(8, "0").split("").reverse().join(""), 2));

describe("packings of black and white", () => {
  const PACKINGS: [string, Record<number, number[]>, () => Uint8Array | Promise<Uint8Array>][] = [
    ["none", { [T.compression]: [1] }, () => packed],
    ["fax rows", { [T.compression]: [2] }, () => fax(print, "rows")],
    ["group 3", { [T.compression]: [3] }, () => fax(print, "group3")],
    [
      "group 3, two-dimensional",
      { [T.compression]: [3], [T.faxOptions]: [1] },
      () => fax(print, "group3-2d"),
    ],
    ["group 4", { [T.compression]: [4] }, () => fax(print, "group4")],
    ["LZW", { [T.compression]: [5] }, () => lzw(packed)],
    ["Deflate", { [T.compression]: [8] }, () => deflate(packed)],
    ["PackBits", { [T.compression]: [32773] }, () => packBits(packed, Math.ceil(WIDTH / 8))],
  ];

  it.each(PACKINGS)("%s, with bits in either order and bytes in either order", async (_name, tags, pack) => {
    const segment = await pack();
    for (const bigEndian of [false, true]) {
      for (const low of [false, true]) {
        const all = { ...bilevel, ...tags, [T.fillOrder]: [low ? 2 : 1] };
        const read = await decode(
          tiffFile([{ tags: all, segments: [low ? mirrored(segment) : segment] }], { bigEndian }),
        );
        expect([read.width, read.height, read.truncated]).toEqual([WIDTH, HEIGHT, false]);
        expect(read.data).toEqual(print.data);
      }
    }
  });

  it("are what another reader reads too", async () => {
    const wasm = await workerAssets.wasm();
    for (const [name, tags, pack] of PACKINGS.filter(([, all]) => all[T.compression]?.[0] !== 8)) {
      const file = tiffFile([
        { tags: { ...bilevel, ...tags, [T.rowsPerStrip]: [HEIGHT] }, segments: [await pack()] },
      ]);
      const read = await decodeByLeptonica(wasm, file, { maxSide: 2_048, color: false, what: "TIFF" });
      expect([name, read.data]).toEqual([name, print.data]);
    }
  });

  it("in several strips and in tiles", async () => {
    const rows = (from: number, to: number) => ({
      width: WIDTH,
      height: to - from,
      data: print.data.subarray(from * WIDTH, to * WIDTH),
    });
    const strips = [0, 30, 60].map((from) => fax(rows(from, Math.min(HEIGHT, from + 30)), "group4"));
    const stripped = { ...bilevel, [T.compression]: [4], [T.rowsPerStrip]: [30] };
    expect((await decode(tiffFile([{ tags: stripped, segments: strips }]))).data).toEqual(print.data);

    const tile = (left: number, top: number) => ({
      width: 64,
      height: 48,
      data: Uint8Array.from({ length: 64 * 48 }, (_, at) => {
        const [x, y] = [left + (at % 64), top + Math.floor(at / 64)];
        return x < WIDTH && y < HEIGHT ? (print.data[y * WIDTH + x] ?? 255) : 255;
      }),
    });
    const tiles = [0, 48].flatMap((top) => [0, 64, 128, 192].map((left) => fax(tile(left, top), "group4")));
    const tiled = { ...bilevel, [T.compression]: [4], [T.tileWidth]: [64], [T.tileHeight]: [48] };
    expect((await decode(tiffFile([{ tags: tiled, segments: tiles }]))).data).toEqual(print.data);
  });
});

describe("colours", () => {
  const two = (tags: Record<number, number[]>, ...segments: number[][]): TiffPage => ({
    tags: { [T.width]: [2], [T.height]: [1], ...tags },
    segments: segments.map((segment) => Uint8Array.from(segment)),
  });
  const bits = (count: number, samples: number) => ({ [T.bits]: [count], [T.samples]: [samples] });
  const gray = async (page: TiffPage, bigEndian = false) => [
    ...(await decode(tiffFile([page], { bigEndian }))).data,
  ];
  const rgb = async (page: TiffPage) => [...(await decode(tiffFile([page]), { color: true })).data];

  it("of grey in 1 to 16 bits, with white at either end", async () => {
    for (const [white, flip] of [
      [1, 0],
      [0, 255],
    ] as const) {
      const kind = { [T.photometric]: [white] };
      const expected = (...values: number[]) => values.map((value) => value ^ flip);
      expect(await gray(two({ ...kind, ...bits(1, 1) }, [0x40]))).toEqual(expected(0, 255));
      expect(await gray(two({ ...kind, ...bits(2, 1) }, [0x60]))).toEqual(expected(85, 170));
      expect(await gray(two({ ...kind, ...bits(4, 1) }, [0x3f]))).toEqual(expected(51, 255));
      expect(await gray(two({ ...kind, ...bits(8, 1) }, [7, 200]))).toEqual(expected(7, 200));
      expect(await gray(two({ ...kind, ...bits(16, 1) }, [9, 7, 9, 200]))).toEqual(expected(7, 200));
      expect(await gray(two({ ...kind, ...bits(16, 1) }, [7, 9, 200, 9]), true)).toEqual(expected(7, 200));
    }
  });

  it("of a palette, of RGB with and without transparency, of inks, of YCbCr", async () => {
    const map = [0, 0xffff, 0, 0, 0x8080, 0, 0, 0, 0, 0, 0xffff, 0].flatMap((value) => [value]);
    const palette = { [T.photometric]: [3], ...bits(2, 1), [T.colorMap]: map };
    expect(await rgb(two(palette, [0x60]))).toEqual([255, 0, 0, 0, 0, 255]);
    const color = { [T.photometric]: [2] };
    expect(await rgb(two({ ...color, ...bits(8, 3) }, [1, 2, 3, 4, 5, 6]))).toEqual([1, 2, 3, 4, 5, 6]);
    const clear = [10, 20, 30, 0, 10, 20, 30, 255];
    expect(await rgb(two({ ...color, ...bits(8, 4), [T.extraSamples]: [2] }, clear))).toEqual([
      255, 255, 255, 10, 20, 30,
    ]);
    expect(await rgb(two({ ...color, ...bits(8, 4), [T.extraSamples]: [0] }, clear))).toEqual([
      10, 20, 30, 10, 20, 30,
    ]);
    const inks = { [T.photometric]: [5], ...bits(8, 4) };
    expect(await rgb(two(inks, [0, 255, 255, 0, 0, 0, 0, 255]))).toEqual([255, 0, 0, 0, 0, 0]);
    const light = { [T.photometric]: [6], ...bits(8, 3), [T.chroma]: [2, 1] };
    expect(await rgb(two(light, [50, 200, 128, 128]))).toEqual([50, 50, 50, 200, 200, 200]);
  });

  it("side by side and plane by plane, with differences between neighbours", async () => {
    const color = { [T.photometric]: [2], ...bits(8, 3) };
    expect(await rgb(two({ ...color, [T.planar]: [2] }, [1, 4], [2, 5], [3, 6]))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await rgb(two({ ...color, [T.predictor]: [2] }, [1, 2, 3, 3, 3, 3]))).toEqual([1, 2, 3, 4, 5, 6]);
    const deep = { [T.photometric]: [1], ...bits(16, 1), [T.predictor]: [2] };
    expect(await gray(two(deep, [0x80, 0x10, 0x90, 0x10]))).toEqual([16, 33]);
  });
});

describe("JPEG in TIFF", () => {
  const blocks = softBlocks(4, 4, 1, 5);
  const size = { [T.width]: [32], [T.height]: [32], [T.bits]: [8], [T.photometric]: [1] };
  const plain = async () =>
    (
      await decoder.decode(sourceOf(baselineJpeg(blocks), "a.jpg", "jpeg"), {
        maxSide: 99,
        maxPixels: 9_999,
        color: false,
      })
    ).data;

  it("of the newer kind, with its tables in the directory", async () => {
    const whole = Array.from(baselineJpeg(blocks));
    const frame = whole.findIndex((byte, at) => byte === 0xff && whole[at + 1] === 0xc0);
    const length = ((whole[frame + 2] ?? 0) << 8) + (whole[frame + 3] ?? 0) + 2;
    const scan = whole.findIndex((byte, at) => byte === 0xff && whole[at + 1] === 0xda);
    const tables = [...whole.slice(0, frame), ...whole.slice(frame + length, scan), 0xff, 0xd9];
    const strip = [0xff, 0xd8, ...whole.slice(frame, frame + length), ...whole.slice(scan)];
    const tags = { ...size, [T.compression]: [7], [T.jpegTables]: tables };
    // Tables are bytes: here each has 32 bits, which says the same.
    const read = await decode(tiffFile([{ tags, segments: [Uint8Array.from(strip)] }]));
    expect([read.truncated, read.data]).toEqual([false, await plain()]);
  });

  it("of the older kind, as a stream of its own", async () => {
    const bytes = baselineJpeg(blocks);
    const page = { tags: { ...size, [T.compression]: [6], [T.oldJpeg]: [0] }, segments: [bytes] };
    const draft = tiffFile([page]);
    const at = draft.length - bytes.length;
    const read = await decode(tiffFile([{ ...page, tags: { ...page.tags, [T.oldJpeg]: [at] } }]));
    expect([read.truncated, read.data]).toEqual([false, await plain()]);
  });

  it("in colour from another program", async () => {
    const picture = corners();
    const tags = {
      [T.width]: [24],
      [T.height]: [16],
      [T.bits]: [8],
      [T.samples]: [3],
      [T.photometric]: [6],
      [T.compression]: [7],
    };
    const read = await decode(tiffFile([{ tags, segments: [jpeg(picture)] }]));
    for (const [at, value] of read.data.entries())
      expect(Math.abs(value - (picture.data[at] ?? 0))).toBeLessThan(7);
  });
});

describe("several pages", () => {
  const level = (value: number, tags: Record<number, number[]> = {}): TiffPage => ({
    tags: { [T.width]: [2], [T.height]: [2], [T.bits]: [8], [T.photometric]: [1], ...tags },
    segments: [new Uint8Array(4).fill(value)],
  });
  const inspect = (bytes: Uint8Array) => decoder.inspect(source(bytes));

  it("are read one by one, whatever is wrong with the others", async () => {
    const file = tiffFile([level(10), level(20, { [T.compression]: [9_999] }), level(30)]);
    expect(await inspect(file)).toEqual({ pages: 3, frames: 0, copies: 0, broken: false });
    expect((await decode(file, { frame: 2 })).data[0]).toBe(30);
    await expect(decode(file, { frame: 1 })).rejects.toMatchObject({ code: "file_damaged" });
    expect((await decode(file)).data[0]).toBe(10);
    await expect(decode(file, { frame: 3 })).rejects.toMatchObject({ code: "page_not_found" });
  });

  it("are copied into files of their own, byte for byte, from either byte order", async () => {
    for (const bigEndian of [false, true]) {
      const packed = packBits(new Uint8Array(4).fill(7), 2);
      const third = {
        ...level(0, { [T.compression]: [32773], [T.extraSamples]: [0, 0] }),
        segments: [packed],
      };
      const file = tiffFile([level(10), level(20, { [T.subDirectories]: [8, 8] }), third], { bigEndian });
      const copy = copyTiffPages(file, [2, 3]);
      expect(await inspect(copy)).toEqual({ pages: 2, frames: 0, copies: 0, broken: false });
      expect((await decode(copy)).data[0]).toBe(20);
      expect((await decode(copy, { frame: 1 })).data[0]).toBe(7);
      expect((await decode(copyTiffPages(file, [1]))).data[0]).toBe(10);
      expect(() => copyTiffPages(file, [4])).toThrow("no page 4");
    }
  });

  it("are not copied where a JPEG of the older kind points elsewhere", () => {
    const old = level(1, { [T.compression]: [6], [T.oldJpeg]: [8] });
    expect(() => copyTiffPages(tiffFile([old]), [1])).toThrow("older kind");
  });

  it("leave smaller copies and masks aside, unless there is nothing else", async () => {
    const file = tiffFile([
      level(1, { [T.subfile]: [1] }),
      level(2, { [T.subDirectories]: [8, 8] }),
      level(3, { [T.subfile]: [4] }),
    ]);
    expect(await inspect(file)).toEqual({ pages: 1, frames: 0, copies: 4, broken: false });
    expect((await decode(file)).data[0]).toBe(2);
    expect(await inspect(tiffFile([level(1, { [T.subfile]: [1] })]))).toMatchObject({ pages: 1, copies: 0 });
  });

  it("do not go round in circles", async () => {
    const file = tiffFile([level(1), level(2)], { links: [1, 0] });
    expect(await inspect(file)).toEqual({ pages: 2, frames: 0, copies: 0, broken: true });
    expect(await inspect(tiffFile([level(1)], { links: [0] }))).toMatchObject({ pages: 1, broken: true });
    const cut = tiffFile([level(1), level(2)]);
    new DataView(cut.buffer).setUint32(8 + 2 + 6 * 12, 9_999_999, true);
    expect(await inspect(cut)).toMatchObject({ broken: true });
  });

  it("in their tens of thousands are counted without being read", async () => {
    const file = new Uint8Array(8 + 65_000 * 18);
    const view = new DataView(file.buffer);
    file.set([0x49, 0x49, 42, 0]);
    view.setUint32(4, 8, true);
    for (let page = 0; page < 65_000; page += 1) {
      view.setUint16(8 + page * 18, 1, true);
      view.setUint32(8 + page * 18 + 14, page < 64_999 ? 8 + (page + 1) * 18 : 0, true);
    }
    expect(await inspect(file)).toMatchObject({ pages: 20_000, broken: true });
  });
});

describe("hostile and damaged TIFFs", () => {
  const page = (tags: Record<number, number[]>, segment: Uint8Array): Uint8Array =>
    tiffFile([{ tags: { [T.bits]: [8], [T.photometric]: [1], ...tags }, segments: [segment] }]);
  const codeOf = (bytes: Uint8Array) =>
    decode(bytes).then(
      () => "decoded",
      (error: unknown) => (error instanceof AppError ? error.code : error),
    );

  it("are refused by what they claim before memory is spent", async () => {
    const tiny = new Uint8Array(4);
    expect(await codeOf(page({ [T.width]: [60_000], [T.height]: [60_000] }, tiny))).toBe("image_too_large");
    expect(await codeOf(page({ [T.width]: [90_000_000], [T.height]: [1], [T.samples]: [8] }, tiny))).toBe(
      "image_too_large",
    );
    const tile = {
      [T.width]: [9_000],
      [T.height]: [9_000],
      [T.tileWidth]: [4_000_000_000],
      [T.tileHeight]: [16],
    };
    expect(await codeOf(page(tile, tiny))).toBe("image_too_large");
    const tall = {
      [T.width]: [9_000],
      [T.height]: [9_000],
      [T.tileWidth]: [16],
      [T.tileHeight]: [4_000_000_000],
    };
    expect(await codeOf(page(tall, tiny))).toBe("image_too_large");
    expect(await codeOf(page({ [T.width]: [0], [T.height]: [5] }, tiny))).toBe("file_damaged");
    const values = page({ [T.width]: [4], [T.height]: [1] }, tiny);
    new DataView(values.buffer).setUint32(8 + 2 + 4 * 12 + 4, 0xffff_ffff, true);
    expect(await codeOf(values)).toBe("file_damaged");
  });

  it("do not unpack beyond the rows that they claim", async () => {
    const zeros = new Uint8Array(4_000_000);
    for (const [compression, bomb] of [
      [5, lzw(zeros.subarray(0, 400_000))],
      [8, await deflate(zeros)],
      [32773, packBits(zeros, zeros.length)],
    ] as const) {
      const read = await decode(
        page({ [T.width]: [3], [T.height]: [2], [T.compression]: [compression] }, bomb),
      );
      expect([read.truncated, ...read.data]).toEqual([false, 0, 0, 0, 0, 0, 0]);
    }
  });

  it("keep what stands before the damage, and say so", async () => {
    for (const [tags, segment] of [
      [{ [T.compression]: [4] }, fax(print, "group4")],
      [{ [T.compression]: [5] }, lzw(packed)],
      [{ [T.compression]: [8] }, await deflate(packed)],
      [{ [T.compression]: [32773] }, packBits(packed, Math.ceil(WIDTH / 8))],
    ] as const) {
      const cut = segment.slice(0, Math.floor(segment.length * 0.6));
      const read = await decode(tiffFile([{ tags: { ...bilevel, ...tags }, segments: [cut] }]));
      expect([tags, read.truncated]).toEqual([tags, true]);
      expect(read.data.subarray(0, WIDTH * 20)).toEqual(print.data.subarray(0, WIDTH * 20));
      expect(read.data.at(-1)).toBe(255);
    }
  });

  it("of group 3 go on at the next line end", async () => {
    const segment = fax(print, "group3");
    segment[200] = 0xff;
    const read = await decode(
      tiffFile([{ tags: { ...bilevel, [T.compression]: [3] }, segments: [segment] }]),
    );
    expect(read.truncated).toBe(true);
    expect(read.data.subarray(-WIDTH * 30)).toEqual(print.data.subarray(-WIDTH * 30));
  });

  it("name what is not read", async () => {
    const named = async (tags: Record<number, number[]>) =>
      decode(page({ [T.width]: [1], [T.height]: [1], ...tags }, new Uint8Array(1))).catch(
        (error: Error) => error.message,
      );
    expect(await named({ [T.compression]: [34712] })).toContain("JPEG 2000");
    expect(await named({ [T.bits]: [32] })).toContain("32 bits");
    await expect(decode(Uint8Array.of(0x49, 0x49, 43, 0, 8, 0, 0, 0, 0, 0, 0, 0))).rejects.toThrow(/BigTIFF/);
  });
});
