import { AppError } from "../../errors.ts";
import type { DocumentSource, ImageDecoder, PageImages, PdfReader, Raster } from "../../ports.ts";
import { encodePng } from "./encode.ts";
import { turnRaster } from "./turn.ts";

/** Draws pages as PNGs: PDFs by their reader, pictures by their decoder; `maxPixels` bounds what a picture may claim. */
export function createPageImages(parts: {
  readonly pdf: PdfReader;
  readonly images: ImageDecoder;
  readonly maxPixels: number;
}): PageImages {
  return {
    png: async (source, page, maxSide, rotation) => {
      const raster = await draw(source, page, maxSide, parts);
      return encodePng(turnRaster(raster, rotation));
    },
  };
}

async function draw(
  source: DocumentSource,
  page: number,
  maxSide: number,
  { pdf, images, maxPixels }: { pdf: PdfReader; images: ImageDecoder; maxPixels: number },
): Promise<Raster> {
  if (source.format === "pdf") return drawPdf(source, page, maxSide, pdf);
  const several = source.format === "tiff";
  if (!Number.isInteger(page) || page < 1 || (page > 1 && !several)) throw missing(page, 1);
  return images.decode(source, { maxSide, maxPixels, color: true, frame: page - 1 });
}

async function drawPdf(
  source: DocumentSource,
  page: number,
  maxSide: number,
  pdf: PdfReader,
): Promise<Raster> {
  const handle = await pdf.open(source, {});
  try {
    if (!Number.isInteger(page) || page < 1 || page > handle.pageCount) throw missing(page, handle.pageCount);
    return await handle.render(page, { maxSide, color: true });
  } finally {
    handle.close();
  }
}

const missing = (page: number, pageCount: number) =>
  new AppError("page_not_found", `There is no page ${page}: the document has ${pageCount}.`);
