import type { Raster } from "../../ports.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG's colour type by channels: grey, RGB, RGBA. */
const COLOR_TYPE = { 1: 0, 3: 2, 4: 6 } as const;
/** Each row less the one above it: pages are mostly paper, photographs mostly smooth (PNG, 9.2). */
const FILTER_UP = 2;
/** Rows are handed to the compressor in pieces of about this size. */
const PIECE_BYTES = 64 * 1024;

/** Writes a PNG (W3C PNG, third edition) row by row, so that the filtered picture never stands in memory as a whole. */
export async function encodePng(raster: Raster): Promise<Uint8Array> {
  const data = await compress(raster);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, raster.width);
  header.setUint32(4, raster.height);
  header.setUint8(8, 8);
  header.setUint8(9, COLOR_TYPE[raster.channels]);
  const parts = [
    SIGNATURE,
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", data),
    chunk("IEND", new Uint8Array(0)),
  ];
  const png = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    png.set(part, offset);
    offset += part.length;
  }
  return png;
}

async function compress(raster: Raster): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream("deflate");
  const [compressed] = await Promise.all([new Response(readable).arrayBuffer(), feed(raster, writable)]);
  return new Uint8Array(compressed);
}

async function feed(raster: Raster, target: WritableStream<Uint8Array | ArrayBuffer>): Promise<void> {
  const stride = raster.width * raster.channels;
  const rowsOfPiece = Math.max(1, Math.floor(PIECE_BYTES / (stride + 1)));
  const writer = target.getWriter();
  for (let row = 0; row < raster.height; row += rowsOfPiece) {
    await writer.write(filterRows(raster, row, Math.min(raster.height, row + rowsOfPiece)));
  }
  await writer.close();
}

function filterRows({ data, width, channels }: Raster, from: number, to: number): Uint8Array {
  const stride = width * channels;
  const filtered = new Uint8Array((to - from) * (stride + 1));
  let target = 0;
  for (let row = from; row < to; row++) {
    filtered[target++] = FILTER_UP;
    const start = row * stride;
    for (let at = start; at < start + stride; at++) {
      filtered[target++] = (data[at] ?? 0) - (row === 0 ? 0 : (data[at - stride] ?? 0));
    }
  }
  return filtered;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
