import { PhotonImage } from "@cf-wasm/photon/node";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { PDFDocument } from "pdf-lib";
import type { GrayPicture } from "../sample/raster.ts";
import type { Random } from "./random.ts";

export type ScanShare = "none" | "clean" | "photo" | "mixed";

/** How a page looks after a scanner or a camera. */
export interface ScanLook {
  /** Pixels an inch. */
  readonly resolution: number;
  /** Degrees. */
  readonly tilt: number;
  /** Pixels over which ink is spread. */
  readonly blur: number;
  readonly grain: number;
  /** 1 keeps black and white apart, less brings them together. */
  readonly contrast: number;
  readonly shade: number;
  readonly mirrored: boolean;
  /** Of the JPEG, up to 100. */
  readonly quality: number;
}

/** The look of the next scan; nothing for a document that stays a PDF with text. */
export function drawScanLook(share: ScanShare, mirrored: boolean, random: Random): ScanLook | null {
  const drawn = share === "mixed" ? random.pick(["none", "clean", "photo"] as const) : share;
  const kind = mirrored && drawn === "none" ? "clean" : drawn;
  if (kind === "none") return null;
  const photo = kind === "photo";
  return {
    resolution: photo ? random.pick([130, 150, 170, 200]) : random.pick([150, 200, 200, 250]),
    tilt: photo ? random.real(-2.2, 2.2) : random.real(-0.5, 0.5),
    blur: photo ? random.real(0.3, 0.9) : random.real(0, 0.4),
    grain: photo ? random.real(6, 22) : random.real(0, 6),
    contrast: photo ? random.real(0.55, 0.85) : random.real(0.85, 1),
    shade: photo ? random.real(10, 60) : 0,
    mirrored,
    quality: photo ? random.int(45, 80) : random.int(70, 92),
  };
}

let library: Promise<PDFiumLibrary> | undefined;

/** Renders a PDF's pages and makes them a scan: one page as JPEG or PDF, several always as PDF. */
export async function scanPages(
  pdf: Uint8Array,
  look: ScanLook,
  random: Random,
): Promise<{ bytes: Uint8Array; extension: string }> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    const pictures: GrayPicture[] = [];
    for (const page of document.pages()) {
      const drawn = await page.render({ scale: look.resolution / 72, render: "bitmap", colorSpace: "Gray" });
      const picture = { width: drawn.width, height: drawn.height, data: Uint8Array.from(drawn.data) };
      pictures.push(age(picture, look, random));
    }
    const [only] = pictures;
    if (only && pictures.length === 1 && random.chance(0.5))
      return { bytes: encodeJpeg(only, look.quality), extension: "jpg" };
    return { bytes: await bind(pictures, look), extension: "pdf" };
  } finally {
    document.destroy();
  }
}

async function bind(pictures: readonly GrayPicture[], look: ScanLook): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const picture of pictures) {
    const image = await document.embedJpg(encodeJpeg(picture, look.quality));
    const [width, height] = [picture.width, picture.height].map((pixels) => (pixels * 72) / look.resolution);
    document
      .addPage([width ?? 0, height ?? 0])
      .drawImage(image, { x: 0, y: 0, width: width ?? 0, height: height ?? 0 });
  }
  return document.save({ useObjectStreams: false });
}

function encodeJpeg({ width, height, data }: GrayPicture, quality: number): Uint8Array {
  const colours = new Uint32Array(data.length);
  data.forEach((grey, index) => {
    colours[index] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  });
  const image = new PhotonImage(new Uint8Array(colours.buffer), width, height);
  try {
    return image.get_bytes_jpeg(quality);
  } finally {
    image.free();
  }
}

/** Turns, blurs, dims and roughens a picture. */
function age(picture: GrayPicture, look: ScanLook, random: Random): GrayPicture {
  const { width, height } = picture;
  const data = new Uint8Array(width * height);
  const turn = (look.tilt * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const reach = look.blur;
  const side = look.mirrored ? -1 : 1;
  let noise = random.int(1, 2 ** 31 - 1);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const across = dx * cosine + dy * sine;
      const px = side * across + width / 2;
      const py = -dx * sine + dy * cosine + height / 2;
      const ink =
        reach < 0.15
          ? sample(picture, px, py)
          : (sample(picture, px - reach, py - reach) +
              sample(picture, px + reach, py) +
              sample(picture, px, py + reach)) /
            3;
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) & 0x7fffffff;
      const grain = ((noise / 0x7fffffff) * 2 - 1) * look.grain;
      const light = look.shade * (x / width / 2 + y / height / 2);
      data[y * width + x] = Math.max(0, Math.min(255, 248 - (248 - ink) * look.contrast - light + grain));
    }
  }
  return { width, height, data };
}

function sample({ width, height, data }: GrayPicture, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return 236;
  const [fx, fy] = [x - left, y - top];
  const at = top * width + left;
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const lower = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}
