import { type Orientation, toOrientation } from "../exif.ts";
import { damaged } from "../picture.ts";
import type { Tags } from "./directories.ts";

/** Tags of TIFF 6.0 (section 8 and those behind it) that a page is read by. */
const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  faxOptions: 292,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  oldJpeg: 513,
  oldJpegBytes: 514,
  oldJpegQuantizers: 519,
  oldJpegDc: 520,
  oldJpegAc: 521,
  chroma: 530,
} as const;

/** The tags that `layOut` asks for. */
export const LAYOUT_TAGS: ReadonlySet<number> = new Set(Object.values(TAG));

/** What a page's colours are called in the file (PhotometricInterpretation). */
export const PHOTOMETRIC = {
  whiteIsZero: 0,
  blackIsZero: 1,
  rgb: 2,
  palette: 3,
  mask: 4,
  cmyk: 5,
  ycbcr: 6,
  cieLab: 8,
} as const;

/** How a page's pixels are packed, by the number that the file has for it. */
export const COMPRESSION = {
  none: 1,
  faxRows: 2,
  group3: 3,
  group4: 4,
  lzw: 5,
  oldJpeg: 6,
  jpeg: 7,
  deflate: 8,
  oldDeflate: 32946,
  packBits: 32773,
} as const;

/** Names of packings that are not read, to tell the sender. */
const UNREAD: Readonly<Record<number, string>> = {
  9: "JBIG",
  10: "JBIG",
  32771: "word-aligned fax",
  32809: "ThunderScan",
  34661: "JBIG",
  34676: "SGI LogLuv",
  34712: "JPEG 2000",
  34887: "LERC",
  34925: "LZMA",
  50000: "Zstandard",
  50001: "WebP",
  50002: "JPEG XL",
};

/** A page's picture as its directory describes it. Segments are strips, or tiles from the left and the top. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  readonly little: boolean;
  readonly bits: number;
  readonly samples: number;
  readonly photometric: number;
  readonly compression: number;
  readonly planar: boolean;
  readonly predictor: number;
  readonly lowBitFirst: boolean;
  readonly faxOptions: number;
  readonly segmentWidth: number;
  readonly segmentHeight: number;
  readonly tiled: boolean;
  readonly offsets: readonly number[];
  readonly sizes: readonly number[];
  readonly colorMap: readonly number[];
  /** 1 where the colours were already multiplied by it, 2 where not, 0 for no transparency. */
  readonly alpha: 0 | 1 | 2;
  /** How many columns and rows share a colour of YCbCr. */
  readonly chroma: readonly [number, number];
  readonly jpegTables: readonly number[];
  readonly oldJpeg: OldJpeg;
}

/** Where a JPEG of TIFF's first kind has its parts (TIFF 6.0, section 22); zeros where it says nothing. */
export interface OldJpeg {
  readonly at: number;
  readonly bytes: number;
  readonly quantizers: readonly number[];
  readonly dc: readonly number[];
  readonly ac: readonly number[];
}

const FAX: ReadonlySet<number> = new Set([COMPRESSION.faxRows, COMPRESSION.group3, COMPRESSION.group4]);
const KNOWN: ReadonlySet<number> = new Set(Object.values(COMPRESSION));

/** Makes sense of a directory. @throws AppError file_damaged */
export function layOut(tags: Tags, little: boolean): TiffLayout {
  const list = (tag: number): readonly number[] => tags.get(tag) ?? [];
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
  const [width, height] = [one(TAG.width, 0), one(TAG.height, 0)];
  if (width === 0 || height === 0) throw damaged("The TIFF has no picture in it.");
  const tiled = tags.has(TAG.tileWidth);
  const compression = one(TAG.compression, 1);
  const samples = one(TAG.samples, 1);
  const photometric = one(TAG.photometric, FAX.has(compression) || samples < 3 ? 0 : PHOTOMETRIC.rgb);
  const colors = { [PHOTOMETRIC.rgb]: 3, [PHOTOMETRIC.cmyk]: 4, [PHOTOMETRIC.ycbcr]: 3 }[photometric] ?? 1;
  const extra = samples > colors ? one(TAG.extraSamples, 0) : 0;
  const [across = 2, down = 2] = list(TAG.chroma);
  const layout: TiffLayout = {
    width,
    height,
    orientation: toOrientation(one(TAG.orientation, 1)),
    little,
    bits: one(TAG.bits, 1),
    samples,
    photometric,
    compression,
    planar: one(TAG.planar, 1) === 2 && samples > 1,
    predictor: one(TAG.predictor, 1),
    lowBitFirst: one(TAG.fillOrder, 1) === 2,
    faxOptions: one(TAG.faxOptions, 0),
    segmentWidth: tiled ? one(TAG.tileWidth, 0) : width,
    segmentHeight: tiled ? one(TAG.tileHeight, 0) : Math.min(height, one(TAG.rowsPerStrip, height) || height),
    tiled,
    offsets: list(tags.has(TAG.tileOffsets) ? TAG.tileOffsets : TAG.stripOffsets),
    sizes: list(tags.has(TAG.tileBytes) ? TAG.tileBytes : TAG.stripBytes),
    colorMap: list(TAG.colorMap),
    alpha: extra === 1 || extra === 2 ? extra : 0,
    chroma: [across, down],
    jpegTables: list(TAG.jpegTables),
    oldJpeg: {
      at: one(TAG.oldJpeg, 0),
      bytes: one(TAG.oldJpegBytes, 0),
      quantizers: list(TAG.oldJpegQuantizers),
      dc: list(TAG.oldJpegDc),
      ac: list(TAG.oldJpegAc),
    },
  };
  check(layout, one(TAG.sampleFormat, 1), one(TAG.inkSet, 1));
  return layout;
}

/** @throws AppError file_damaged for what no page can be, and for what is not read */
function check(layout: TiffLayout, sampleFormat: number, inkSet: number): void {
  const { compression, bits, samples, photometric, segmentWidth, segmentHeight } = layout;
  if (!KNOWN.has(compression)) {
    const name = UNREAD[compression] ?? `number ${compression}`;
    throw damaged(`The TIFF is compressed by a method that is not read (${name}).`);
  }
  if (compression === COMPRESSION.jpeg && layout.planar)
    throw damaged("The TIFF holds its colours in JPEGs of their own, which are not read.");
  const known = Object.values<number>(PHOTOMETRIC).includes(photometric);
  if (!known || ![1, 2, 4, 8, 16].includes(bits) || sampleFormat === 3 || inkSet === 2)
    throw damaged(`The TIFF has colours of a kind that is not read (${bits} bits, model ${photometric}).`);
  const wanted = { [PHOTOMETRIC.rgb]: 3, [PHOTOMETRIC.cmyk]: 4, [PHOTOMETRIC.ycbcr]: 3 }[photometric] ?? 1;
  if (samples < wanted || samples > 8 || segmentWidth <= 0 || segmentHeight <= 0)
    throw damaged("The TIFF's directory is not valid.");
  if (photometric === PHOTOMETRIC.palette && layout.colorMap.length < 3 * 2 ** bits)
    throw damaged("The TIFF has no colours for its palette.");
}
