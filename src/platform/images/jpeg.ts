import { readOrientation } from "./exif.ts";
import { damaged, type PictureHeader, readerOf } from "./picture.ts";

/** A JPEG's header (ITU-T T.81, annex B). */
export interface JpegHeader extends PictureHeader {
  readonly components: number;
  /** Written by an Adobe program: its CMYK values are inverted. */
  readonly adobe: boolean;
  /** Whether the end-of-image marker is there. */
  readonly complete: boolean;
}

const MARKER = { sos: 0xda, eoi: 0xd9, app1: 0xe1, app14: 0xee, dht: 0xc4, jpg: 0xc8, dac: 0xcc } as const;

/** Reads a JPEG's header and looks for its end. @throws AppError file_damaged */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const read = readerOf(bytes, "JPEG");
  let frame: { width: number; height: number; components: number } | null = null;
  let orientation: PictureHeader["orientation"] = 1;
  let adobe = false;
  let at = 2;
  for (;;) {
    while (read.u8(at) !== 0xff) at += 1;
    while (read.u8(at) === 0xff) at += 1;
    const marker = read.u8(at);
    at += 1;
    if (marker === MARKER.sos || marker === MARKER.eoi) break;
    if (standsAlone(marker)) continue;
    const length = read.u16(at);
    if (isFrame(marker)) {
      if (read.u8(at + 2) !== 8) throw damaged("The JPEG has more than 8 bits a colour, which is not read.");
      frame = { height: read.u16(at + 3), width: read.u16(at + 5), components: read.u8(at + 7) };
    } else if (marker === MARKER.app1 && read.tag(at + 2) === "Exif") {
      orientation = readOrientation(bytes.subarray(at + 8, at + length));
    } else if (marker === MARKER.app14 && read.tag(at + 2) === "Adob") adobe = true;
    at += length;
  }
  if (!frame || frame.width === 0 || frame.height === 0) throw damaged("The JPEG has no picture in it.");
  if (![1, 3, 4].includes(frame.components)) throw damaged("The JPEG has an unknown number of colours.");
  const complete = endsProperly(bytes, at);
  return { ...frame, bitsPerPixel: frame.components * 8, orientation, frames: 1, adobe, complete };
}

function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function isFrame(marker: number): boolean {
  if (marker === MARKER.dht || marker === MARKER.jpg || marker === MARKER.dac) return false;
  return marker >= 0xc0 && marker <= 0xcf;
}

/** Whether the end marker follows the scan; what cameras append behind it does not matter. */
function endsProperly(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === MARKER.eoi) return true;
  }
  return false;
}

/**
 * A PDF of one page, as large in points as the JPEG is in pixels, that shows it (ISO 32000-1, 7.4.8):
 * the PDF renderer then decodes and scales it in one go.
 */
export function wrapJpeg(bytes: Uint8Array, header: JpegHeader): Uint8Array {
  const space = { 1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK" }[header.components] ?? "DeviceRGB";
  const decode = header.components === 4 && header.adobe ? "/Decode [1 0 1 0 1 0 1 0] " : "";
  const { width, height } = header;
  const content = `q ${width} 0 0 ${height} 0 0 cm /I Do Q`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /${space} ` +
      `/BitsPerComponent 8 ${decode}/Filter /DCTDecode /Length ${bytes.length} >>\nstream\n`,
  ];
  let head = "%PDF-1.4\n";
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(head.length);
    head += `${index + 1} 0 obj\n${object}${index < 4 ? "\nendobj\n" : ""}`;
  }
  const tail = "\nendstream\nendobj\n";
  const table = head.length + bytes.length + tail.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const end = `${tail}xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  const encoder = new TextEncoder();
  const pdf = new Uint8Array(table + end.length - tail.length);
  pdf.set(encoder.encode(head));
  pdf.set(bytes, head.length);
  pdf.set(encoder.encode(end), head.length + bytes.length);
  return pdf;
}
