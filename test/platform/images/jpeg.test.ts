import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { openJpeg, type JpegDecoding } from "../../../src/platform/images/jpeg/decode.ts";
import { baselineJpeg, progressiveJpeg, softBlocks } from "../../fixtures/jpeg.ts";

const DECODING: JpegDecoding = { side: 8, channels: 1, maxKeptBytes: 1_000_000 };

function decode(bytes: Uint8Array, options: Partial<JpegDecoding> = {}) {
  const decoding = { ...DECODING, ...options };
  const jpeg = openJpeg(bytes, decoding);
  const lines: number[] = [];
  for (const line of jpeg.lines()) lines.push(...line);
  return { ...jpeg, data: lines, damaged: jpeg.damaged() };
}

/** A JPEG of flat colours: the level of each component, 0..255, over a whole picture. */
function flat(levels: readonly number[]) {
  const components = levels.map((level) => [
    [Math.round(((level - 128) * 8) / 2), ...Array.from({ length: 63 }, () => 0)],
  ]);
  return { columns: 1, rows: 1, components };
}

describe("progressive JPEGs", () => {
  it.each([8, 4, 2, 1] as const)(
    "give what the same picture gives as a baseline one, %i pixels a block",
    (side) => {
      for (const colors of [1, 3]) {
        for (const channels of [1, 3] as const) {
          const blocks = softBlocks(5, 4, colors, 7 + colors);
          const baseline = decode(baselineJpeg(blocks), { side, channels });
          const progressive = decode(progressiveJpeg(blocks), { side, channels });
          expect([baseline.width, baseline.height]).toEqual([5 * side, 4 * side]);
          expect(new Set(baseline.data).size).toBeGreaterThan(4);
          expect([progressive.damaged, progressive.data]).toEqual([false, baseline.data]);
        }
      }
    },
  );

  it("are refused when what has to be kept of them is too much", () => {
    const bytes = progressiveJpeg(softBlocks(5, 4, 1));
    expect(() => decode(bytes, { maxKeptBytes: 1_000 })).toThrow(/progressive JPEG of 40 x 32/);
    expect(decode(bytes, { maxKeptBytes: 1_000, side: 1 }).data.length).toBe(20);
  });

  it("do not have themselves gone over without end by thousands of scans", () => {
    const bytes = progressiveJpeg(softBlocks(1, 1, 1));
    const from = bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xda);
    const scans = Array.from(bytes.subarray(from, -2));
    const many = Uint8Array.from([
      ...bytes.subarray(0, -2),
      ...Array.from({ length: 40 }, () => scans).flat(),
    ]);
    expect(decode(many).damaged).toBe(true);
  });
});

describe("smaller decoding", () => {
  it("gives the mean of the pixels that it leaves out", () => {
    const bytes = baselineJpeg(softBlocks(4, 3, 1, 3));
    const whole = decode(bytes).data;
    const eighth = decode(bytes, { side: 1 }).data;
    for (const [block, value] of eighth.entries()) {
      const [column, row] = [block % 4, Math.floor(block / 4)];
      let sum = 0;
      for (let y = 0; y < 8; y += 1)
        for (let x = 0; x < 8; x += 1) sum += whole[(row * 8 + y) * 32 + column * 8 + x] ?? 0;
      expect(Math.abs(value - sum / 64)).toBeLessThan(4);
    }
  });

  it("rounds a size up that is no multiple of eight", () => {
    const bytes = baselineJpeg(softBlocks(3, 2, 1), { width: 19, height: 13 });
    expect([decode(bytes).width, decode(bytes).height, decode(bytes).data.length]).toEqual([19, 13, 247]);
    expect(decode(bytes, { side: 2 }).data.length).toBe(5 * 4);
  });
});

describe("colours", () => {
  const rgb = (bytes: Uint8Array, options: Partial<JpegDecoding> = {}) =>
    decode(bytes, { channels: 3, ...options }).data.slice(0, 3);
  const near = (expected: readonly number[]) => expected.map((value) => expect.closeTo(value, -1));

  it("are YCbCr unless the file calls them otherwise", () => {
    expect(rgb(baselineJpeg(flat([128, 128, 228])))).toEqual(near([255, 57, 128]));
    expect(rgb(baselineJpeg(flat([20, 128, 228]), { adobe: 0 }))).toEqual(near([20, 128, 228]));
    expect(rgb(baselineJpeg(flat([20, 128, 228]), { ids: [0x52, 0x47, 0x42] }))).toEqual(
      near([20, 128, 228]),
    );
    expect(rgb(baselineJpeg(flat([20, 128, 228])), { colors: "rgb" })).toEqual(near([20, 128, 228]));
  });

  it("are inks in four components, inverted where an Adobe program wrote them", () => {
    expect(rgb(baselineJpeg(flat([0, 0, 255, 0])))).toEqual(near([255, 255, 0]));
    expect(rgb(baselineJpeg(flat([255, 255, 0, 255]), { adobe: 0 }))).toEqual(near([255, 255, 0]));
    expect(rgb(baselineJpeg(flat([255, 128, 128, 128]), { adobe: 2 }))).toEqual(near([128, 128, 128]));
  });
});

describe("damaged JPEGs", () => {
  const blocks = softBlocks(4, 4, 1, 11);
  const whole = decode(baselineJpeg(blocks)).data;
  const scanOf = (bytes: Uint8Array) =>
    bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xda) + 10;

  it("lose no more than up to the next restart mark", () => {
    const bytes = baselineJpeg(blocks, { restart: 4 });
    expect(decode(bytes).data).toEqual(whole);
    const at = scanOf(bytes);
    bytes.set([0xfe, 0xfe, 0xfe, 0xfe], at + 6);
    const read = decode(bytes);
    expect([read.damaged, read.data.slice(256)]).toEqual([true, whole.slice(256)]);
    expect(read.data.slice(0, 256)).not.toEqual(whole.slice(0, 256));
  });

  it("show the lines that are there when they are cut off", () => {
    const bytes = baselineJpeg(blocks);
    const from = scanOf(bytes);
    const read = decode(bytes.slice(0, from + Math.floor((bytes.length - from) * 0.7)));
    expect(read.damaged).toBe(true);
    expect(read.data.length).toBe(24 * 32);
    expect(read.data.slice(0, 512)).toEqual(whole.slice(0, 512));
  });

  it("are told apart from kinds that are not read", () => {
    const frame = (marker: number) => {
      const bytes = baselineJpeg(blocks);
      bytes[bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xc0) + 1] = marker;
      return bytes;
    };
    for (const marker of [0xc3, 0xc9, 0xca])
      expect(() => decode(frame(marker))).toThrow(/lossless or arithmetic/);
    expect(() => decode(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9))).toThrow(AppError);
  });
});
