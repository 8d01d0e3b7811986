import { byteSource } from "../../model/byte-source.ts";
import { AppError } from "../../errors.ts";
import type { DocumentSource, ImageDecoder, PdfReader, Raster } from "../../ports.ts";
import { decodeBmp, readBmpHeader } from "./bmp.ts";
import { swapsSides } from "./exif.ts";
import { readGifHeader } from "./gif.ts";
import { type JpegHeader, readJpegHeader, wrapJpeg } from "./jpeg.ts";
import { decodeByLeptonica } from "./leptonica.ts";
import { orient } from "./orient.ts";
import type { PictureHeader } from "./picture.ts";
import { decodePng, readPngHeader } from "./png.ts";
import { decodeTiff, readTiffHeader } from "./tiff.ts";
import { readWebpHeader } from "./webp.ts";

type Options = Parameters<ImageDecoder["decode"]>[1];

/** What the decoder works with. */
export interface ImageDecoderParts {
  /** Decodes and scales JPEGs, wrapped as a page. */
  readonly pdf: PdfReader;
  /** The wasm module of Tesseract, which has leptonica in it. */
  readonly wasm: () => Promise<WebAssembly.Module>;
  /** Called before a picture that takes much memory is decoded. */
  readonly makeRoom?: () => void;
}

/** A picture that is decoded as a whole may take so much; the isolate has 128 MB. */
const MAX_WHOLE_BYTES = 56 * 1024 * 1024;

/** From here on others are asked to let go of their memory first. */
const LARGE_BYTES = 16 * 1024 * 1024;

/** A header read, with what decodes the picture once its size has been found bearable. */
interface Job {
  readonly header: PictureHeader;
  /** Bytes that stand in memory at once while it is decoded; 0 when it is read row by row. */
  readonly wholeBytes: number;
  readonly truncated: boolean;
  readonly decode: () => Promise<Raster>;
}

/** Decodes pictures: sizes are checked before a pixel is, and the result stands upright. */
export function createImageDecoder(parts: ImageDecoderParts): ImageDecoder {
  return {
    decode: async (source, options) => {
      const bytes = await source.bytes();
      if (bytes.length === 0) throw new AppError("empty_file", "The file is empty. Send one with content.");
      const job = prepare(parts, source, bytes, options);
      checkSize(job, options.maxPixels);
      if (job.wholeBytes >= LARGE_BYTES) parts.makeRoom?.();
      const raster = orient(await job.decode(), job.header.orientation);
      const { width, height, orientation, frames } = job.header;
      const [sourceWidth, sourceHeight] = swapsSides(orientation) ? [height, width] : [width, height];
      return { ...raster, sourceWidth, sourceHeight, frames, truncated: job.truncated };
    },
  };
}

function prepare(parts: ImageDecoderParts, source: DocumentSource, bytes: Uint8Array, options: Options): Job {
  switch (source.format) {
    case "jpeg": {
      const header = readJpegHeader(bytes);
      const decode = () => decodeJpeg(parts.pdf, source, bytes, header, options);
      return { header, wholeBytes: wholeBytes(header), truncated: !header.complete, decode };
    }
    case "png": {
      const header = readPngHeader(bytes);
      const decode = () => decodePng(header, options);
      const canvas = header.interlaced ? header.width * header.height * (options.color ? 3 : 1) : 0;
      return { header, wholeBytes: canvas, truncated: false, decode };
    }
    case "bmp": {
      const header = readBmpHeader(bytes);
      return {
        header,
        wholeBytes: 0,
        truncated: false,
        decode: async () => decodeBmp(bytes, header, options),
      };
    }
    case "gif": {
      const header = readGifHeader(bytes);
      return byLeptonica(parts, header, header.firstFrame, { ...options, what: "GIF" });
    }
    case "webp": {
      const header = readWebpHeader(bytes);
      return byLeptonica(parts, header, header.still, { ...options, what: "WebP" });
    }
    case "heic":
      throw new AppError("unsupported_format", "HEIC pictures are not read yet.");
    case "tiff": {
      const header = readTiffHeader(bytes);
      const decode = () => decodeTiff(bytes, header, options, parts.wasm);
      return { header, wholeBytes: wholeBytes(header), truncated: false, decode };
    }
    default:
      throw new AppError("unsupported_format", `A file of the kind ${source.format} is not a picture.`);
  }
}

function wholeBytes({ width, height, bitsPerPixel }: PictureHeader): number {
  return (width * height * bitsPerPixel) / 8;
}

function byLeptonica(
  parts: ImageDecoderParts,
  header: PictureHeader,
  file: Uint8Array,
  options: Options & { what: string },
): Job {
  const decode = async () => decodeByLeptonica(await parts.wasm(), file, options);
  return { header, wholeBytes: wholeBytes(header), truncated: false, decode };
}

/** @throws AppError image_too_large */
function checkSize({ header: { width, height }, wholeBytes: whole }: Job, maxPixels: number): void {
  if (width * height <= maxPixels && whole <= MAX_WHOLE_BYTES) return;
  throw new AppError(
    "image_too_large",
    `The image is ${width} x ${height} pixels, more than can be read. Scale it down, 4000 pixels on the longest side are plenty, and send it again.`,
    { detail: { width, height } },
  );
}

async function decodeJpeg(
  pdf: PdfReader,
  source: DocumentSource,
  bytes: Uint8Array,
  header: JpegHeader,
  { maxSide, color }: Options,
): Promise<Raster> {
  const wrapped = wrapJpeg(bytes, header);
  const handle = await pdf.open(byteSource(wrapped, source.filename, "pdf"), {});
  try {
    const longest = Math.max(header.width, header.height);
    return await handle.render(1, { maxSide: Math.min(maxSide, longest), color });
  } finally {
    handle.close();
  }
}
