import { AppError } from "../../errors.ts";
import type { DocumentSource, ImageDecoder, PdfReader, Raster } from "../../ports.ts";
import { swapsSides } from "./exif.ts";
import { type JpegHeader, readJpegHeader, wrapJpeg } from "./jpeg.ts";
import { damaged, type PictureHeader } from "./picture.ts";
import { orient } from "./orient.ts";
import { decodePng, readPngHeader } from "./png.ts";

type Options = Parameters<ImageDecoder["decode"]>[1];
type Picture = Awaited<ReturnType<ImageDecoder["decode"]>>;

/** What the decoder works with. */
export interface ImageDecoderParts {
  readonly pdf: PdfReader;
}

/** Decodes pictures: sizes are checked before a pixel is, and the result stands upright. */
export function createImageDecoder(parts: ImageDecoderParts): ImageDecoder {
  return {
    decode: async (source, options) => {
      const bytes = await source.bytes();
      if (bytes.length === 0) throw new AppError("empty_file", "The file is empty. Send one with content.");
      switch (source.format) {
        case "jpeg": {
          const header = readJpegHeader(bytes);
          return finish(header, options, () => decodeJpeg(parts.pdf, source, bytes, header, options));
        }
        case "png": {
          const header = readPngHeader(bytes);
          return finish(header, options, () => decodePng(header, options));
        }
        default:
          throw damaged("nyi");
      }
    },
  };
}

async function finish(
  header: PictureHeader,
  { maxPixels }: Options,
  decode: () => Promise<Raster>,
): Promise<Picture> {
  const { width, height, orientation, frames } = header;
  if (width * height > maxPixels) {
    throw new AppError(
      "image_too_large",
      `The image is ${width} x ${height} pixels; at most ${maxPixels} are read. Send a smaller one.`,
      { detail: { width, height, max_pixels: maxPixels } },
    );
  }
  const raster = orient(await decode(), orientation);
  const [sourceWidth, sourceHeight] = swapsSides(orientation) ? [height, width] : [width, height];
  return { ...raster, sourceWidth, sourceHeight, frames };
}

async function decodeJpeg(
  pdf: PdfReader,
  source: DocumentSource,
  bytes: Uint8Array,
  header: JpegHeader,
  { maxSide, color }: Options,
): Promise<Raster> {
  const wrapped = wrapJpeg(bytes, header);
  const handle = await pdf.open(
    {
      size: wrapped.length,
      filename: source.filename,
      format: "pdf",
      stream: async () => new Blob([wrapped]).stream(),
      bytes: async () => wrapped,
    },
    {},
  );
  try {
    return await handle.render(1, {
      maxSide: Math.min(maxSide, Math.max(header.width, header.height)),
      color,
    });
  } finally {
    handle.close();
  }
}
