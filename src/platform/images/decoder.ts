import { AppError } from "../../errors.ts";
import type { DocumentSource, ImageDecoder, PictureSet } from "../../ports.ts";
import { decodeBmp, readBmpHeader } from "./bmp.ts";
import { swapsSides } from "./exif.ts";
import { decodeGif, readGifHeader } from "./gif.ts";
import { decodeHeic, readHeicHeader } from "./heic/decode.ts";
import { readJpegHeader } from "./jpeg/header.ts";
import { decodeJpeg } from "./jpeg/scaled.ts";
import { decodeByLeptonica } from "./leptonica.ts";
import { orient } from "./orient.ts";
import type { DecodedPicture, PictureHeader } from "./picture.ts";
import { decodePng, interlaceStep, readPngHeader } from "./png.ts";
import { decodePage, workingBytes } from "./tiff/decode.ts";
import { indexTiff, readTags } from "./tiff/directories.ts";
import { LAYOUT_TAGS, layOut } from "./tiff/layout.ts";
import { readWebpHeader } from "./webp.ts";

type Options = Parameters<ImageDecoder["decode"]>[1];

/** What the decoder works with: wasm modules, loaded when a picture needs them. */
export interface ImageDecoderParts {
  /** Tesseract, which has leptonica in it: for WebP. */
  readonly wasm: () => Promise<WebAssembly.Module>;
  /** libheif: for HEIC. */
  readonly heif: () => Promise<WebAssembly.Module>;
  /** Called before a picture that takes much memory is decoded. */
  readonly makeRoom?: () => void;
}

/** Decoding a picture may take so much beside the file and the result; the isolate has 128 MB. */
const MAX_WORKING_BYTES = 64 * 1024 * 1024;

/** From here on others are asked to let go of their memory first. */
const LARGE_BYTES = 16 * 1024 * 1024;

/** A header read, with what decodes the picture once its size has been found bearable. */
interface Job {
  readonly header: PictureHeader;
  /** Bytes that stand in memory at once while it is decoded; 0 when it is read row by row. */
  readonly working: number;
  readonly decode: () => Promise<DecodedPicture>;
}

/** Decodes pictures: sizes are checked before a pixel is, and the result stands upright. */
export function createImageDecoder(parts: ImageDecoderParts): ImageDecoder {
  return {
    inspect: async (source) => inspect(parts, source.format, await contentOf(source)),
    decode: async (source, options) => {
      const job = await prepare(parts, source.format, await contentOf(source), options);
      checkSize(job, options.maxPixels);
      if (job.working >= LARGE_BYTES) parts.makeRoom?.();
      const { truncated, ...raster } = await job.decode();
      const { width, height, orientation } = job.header;
      const [sourceWidth, sourceHeight] = swapsSides(orientation) ? [height, width] : [width, height];
      return { ...orient(raster, orientation), sourceWidth, sourceHeight, truncated };
    },
  };
}

async function contentOf(source: DocumentSource): Promise<Uint8Array> {
  const bytes = await source.bytes();
  if (bytes.length === 0) throw new AppError("empty_file", "The file is empty. Send one with content.");
  return bytes;
}

async function inspect(
  parts: ImageDecoderParts,
  format: DocumentSource["format"],
  bytes: Uint8Array,
): Promise<PictureSet> {
  const one = { pages: 1, frames: 0, copies: 0, broken: false };
  switch (format) {
    case "png":
      return { ...one, frames: readPngHeader(bytes).frames };
    case "gif":
      return { ...one, frames: readGifHeader(bytes).frames };
    case "webp":
      return { ...one, frames: readWebpHeader(bytes).frames };
    case "heic":
      return { ...one, frames: (await readHeicHeader(bytes, await parts.heif())).frames };
    case "tiff": {
      const { pages, copies, broken } = indexTiff(bytes);
      return { pages: pages.length, frames: 0, copies, broken };
    }
    default:
      return one;
  }
}

async function prepare(
  parts: ImageDecoderParts,
  format: DocumentSource["format"],
  bytes: Uint8Array,
  options: Options,
): Promise<Job> {
  switch (format) {
    case "jpeg": {
      const header = readJpegHeader(bytes);
      return { header, working: 0, decode: async () => decodeJpeg(bytes, header, options) };
    }
    case "png": {
      const header = readPngHeader(bytes);
      const channels = options.color ? 3 : 1;
      const pixels = header.interlaced ? header.width * header.height : 0;
      const working = (pixels * channels) / interlaceStep(header, channels) ** 2;
      return { header, working, decode: async () => decodePng(header, options) };
    }
    case "bmp": {
      const header = readBmpHeader(bytes);
      return { header, working: 0, decode: async () => decodeBmp(bytes, header, options) };
    }
    case "gif": {
      const header = readGifHeader(bytes);
      const working = header.interlaced ? header.width * header.height : 0;
      return { header, working, decode: async () => decodeGif(bytes, header, options) };
    }
    case "webp": {
      const header = readWebpHeader(bytes);
      const decode = async () =>
        decodeByLeptonica(await parts.wasm(), header.still, { ...options, what: "WebP" });
      return { header, working: header.width * header.height * 4, decode };
    }
    case "heic": {
      const header = await readHeicHeader(bytes, await parts.heif());
      return { header, working: header.workingBytes, decode: async () => decodeHeic(header, options) };
    }
    case "tiff":
      return prepareTiff(bytes, options);
    default:
      throw new AppError("unsupported_format", `A file of the kind ${format} is not a picture.`);
  }
}

function prepareTiff(bytes: Uint8Array, options: Options): Job {
  const { pages, little } = indexTiff(bytes);
  const frame = options.frame ?? 0;
  const directory = pages[frame];
  if (directory === undefined)
    throw new AppError("page_not_found", `There is no page ${frame + 1}: the TIFF has ${pages.length}.`);
  const layout = layOut(readTags(bytes, directory, little, LAYOUT_TAGS), little);
  const header = { ...layout, bitsPerPixel: layout.bits * layout.samples };
  return {
    header,
    working: workingBytes(layout, options.color),
    decode: () => decodePage(bytes, layout, options),
  };
}

/** @throws AppError image_too_large */
function checkSize({ header: { width, height }, working }: Job, maxPixels: number): void {
  if (width * height <= maxPixels && working <= MAX_WORKING_BYTES) return;
  const megapixels = Math.round((width * height) / 100_000) / 10;
  throw new AppError(
    "image_too_large",
    `The image has ${width} x ${height} pixels (${megapixels} megapixels), more than can be read in this format. ` +
      "Save it as a JPEG, or scale it down to 4000 pixels on the longest side, and send it again.",
    { detail: { width, height } },
  );
}
