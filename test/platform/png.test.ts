import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { createImageDecoder } from "../../src/platform/images/decoder.ts";
import { createPdfium } from "../../src/platform/pdfium/pdfium.ts";
import { encodePng } from "../../src/platform/png/encode.ts";
import { createPageImages } from "../../src/platform/png/page-images.ts";
import { turnRaster } from "../../src/platform/png/turn.ts";
import type { ImageDecoder, Raster } from "../../src/ports.ts";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { heic } from "../fixtures/heic.ts";
import { invoicePdf, sourceOf } from "../fixtures/pdf.ts";
import { tiffFile, type TiffPage } from "../fixtures/tiff.ts";

const pdf = createPdfium(async () => (await import("../../src/platform/pdfium/load-module.ts")).default);

/** A picture decoder that gives a red pixel left of a blue one. */
const images: ImageDecoder = {
  inspect: async () => ({ pages: 1, frames: 0, copies: 0, broken: false }),
  decode: async () => ({
    width: 2,
    height: 1,
    channels: 3,
    data: Uint8Array.of(255, 0, 0, 0, 0, 255),
    sourceWidth: 2,
    sourceHeight: 1,
  }),
};
const unused = () => Promise.reject(new Error("no picture here needs leptonica"));
const loadHeif = async () => (await import("../../src/platform/images/heic/load-module.ts")).default;
const pages = createPageImages({ pdf, images, maxPixels: 1_000 });

/** Undoes the filters that we write (0 and 2 of PNG, 9.2), by the platform's own inflate. */
async function decodePng(png: Uint8Array): Promise<Raster> {
  const view = new DataView(png.buffer, png.byteOffset);
  expect(Array.from(png.subarray(0, 8))).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = ({ 0: 1, 2: 3, 6: 4 } as const)[png[25] as 0 | 2 | 6];
  const compressed = png.subarray(41, 41 + view.getUint32(33));
  const inflated = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const rows = new Uint8Array(await new Response(inflated).arrayBuffer());
  const stride = width * channels;
  const data = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = rows[row * (stride + 1)];
    for (let at = 0; at < stride; at++) {
      const above = filter === 2 && row > 0 ? data[(row - 1) * stride + at]! : 0;
      data[row * stride + at] = rows[row * (stride + 1) + 1 + at]! + above;
    }
  }
  return { width, height, channels, data };
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("an error was expected"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      return error as AppError;
    },
  );

describe("writing a PNG", () => {
  it("gives back every pixel, grey, RGB and RGBA", async () => {
    for (const channels of [1, 3, 4] as const) {
      const data = Uint8Array.from(
        { length: 300 * 400 * channels },
        (_, index) => (index * 31 + (index >> 7)) & 0xff,
      );
      const raster: Raster = { width: 300, height: 400, channels, data };
      const decoded = await decodePng(await encodePng(raster));
      expect(decoded).toMatchObject({ width: 300, height: 400, channels });
      expect(decoded.data.every((value, index) => value === data[index])).toBe(true);
    }
  });

  it("closes each chunk with the checksum that the standard prints for an empty end", async () => {
    const png = await encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) });
    expect(Array.from(png.subarray(-8))).toEqual([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
  });
});

describe("turning a picture", () => {
  const raster: Raster = { width: 3, height: 2, channels: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };

  it("goes clockwise", () => {
    expect(turnRaster(raster, 90)).toEqual({
      width: 2,
      height: 3,
      channels: 1,
      data: Uint8Array.of(4, 1, 5, 2, 6, 3),
    });
    expect(Array.from(turnRaster(raster, 180).data)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(Array.from(turnRaster(raster, 270).data)).toEqual([3, 6, 2, 5, 1, 4]);
    expect(turnRaster(raster, 0)).toBe(raster);
  });

  it("comes back after four quarters", () => {
    let turned = raster;
    for (let quarter = 0; quarter < 4; quarter++) turned = turnRaster(turned, 90);
    expect(turned).toEqual(raster);
  });
});

describe("a page as a PNG", () => {
  it("draws a PDF's page in colour within the bound", async () => {
    const bytes = writePdf({ pages: [{ content: "1 0 0 rg 0 0 600 850 re f" }] });
    const image = await decodePng(await pages.png(sourceOf(bytes), 1, 200, 0));
    expect(image).toMatchObject({ width: 141, height: 200, channels: 3 });
    const middle = (100 * 141 + 70) * 3;
    expect(Array.from(image.data.subarray(middle, middle + 3))).toEqual([255, 0, 0]);
  });

  it("turns the page as it was read", async () => {
    const image = await decodePng(await pages.png(sourceOf(invoicePdf()), 2, 200, 90));
    expect(image).toMatchObject({ width: 200, height: 141 });
  });

  it("shows a picture's only page", async () => {
    const source = sourceOf(new Uint8Array(1), "photo.png", "png");
    const image = await decodePng(await pages.png(source, 1, 200, 180));
    expect(Array.from(image.data)).toEqual([0, 0, 255, 255, 0, 0]);
    expect((await failure(pages.png(source, 2, 200, 0))).code).toBe("page_not_found");
  });

  it("shows each page of a TIFF, and HEIC, as a thumbnail", async () => {
    const decoder = createImageDecoder({ wasm: unused, heif: loadHeif });
    const drawn = createPageImages({ pdf, images: decoder, maxPixels: 1_000_000 });
    const level = (value: number): TiffPage => ({
      tags: { 256: [200], 257: [100], 258: [8], 262: [1] },
      segments: [new Uint8Array(20_000).fill(value)],
    });
    const scan = sourceOf(tiffFile([level(10), level(200)]), "scan.tif", "tiff");
    for (const [page, value] of [
      [1, 10],
      [2, 200],
    ] as const) {
      const image = await decodePng(await drawn.png(scan, page, 64, 0));
      expect([image.width, image.height, image.data[0]]).toEqual([64, 32, value]);
    }
    expect((await failure(drawn.png(scan, 3, 64, 0))).code).toBe("page_not_found");
    const photo = { width: 128, height: 64, data: new Uint8Array(128 * 64).fill(90) };
    const small = await decodePng(await drawn.png(sourceOf(heic(photo), "a.heic", "heic"), 1, 64, 90));
    expect([small.width, small.height, small.data[0]]).toEqual([32, 64, 90]);
    const text = sourceOf(new Uint8Array(1), "note.txt", "text");
    expect((await failure(drawn.png(text, 1, 200, 0))).code).toBe("unsupported_format");
  });

  it("says that a page is not there", async () => {
    for (const page of [0, 3, 1.5]) {
      expect((await failure(pages.png(sourceOf(invoicePdf()), page, 200, 0))).code).toBe("page_not_found");
    }
  });
});
