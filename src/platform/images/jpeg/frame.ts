import { damaged, readerOf } from "../picture.ts";
import { type HuffmanTable, huffmanTable } from "./entropy.ts";

/** One of a picture's colours, in blocks of 8 x 8. */
export interface Component {
  readonly id: number;
  /** Blocks of an MCU across and down. */
  readonly across: number;
  readonly down: number;
  readonly quantizer: number;
  /** Blocks that hold the picture, and blocks with those that fill up its last MCUs. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  readonly storedWide: number;
  readonly storedHigh: number;
}

/** A frame's header (ITU-T T.81, B.2.2). */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: readonly Component[];
  readonly mcusWide: number;
  readonly mcusHigh: number;
  /** Most blocks of an MCU across and down that any colour has. */
  readonly across: number;
  readonly down: number;
}

/** A scan's header (T.81, B.2.3): which colours it holds, by which tables, and which part of them. */
export interface Scan {
  readonly parts: readonly { readonly component: number; readonly dc: number; readonly ac: number }[];
  readonly from: number;
  readonly to: number;
  readonly high: number;
  readonly low: number;
  /** Where its bits begin. */
  readonly at: number;
}

const M = {
  sof0: 0xc0,
  sof1: 0xc1,
  sof2: 0xc2,
  dht: 0xc4,
  dac: 0xcc,
  jpg: 0xc8,
  eoi: 0xd9,
  sos: 0xda,
} as const;
const DQT = 0xdb;
const DRI = 0xdd;
const APP14 = 0xee;

/** Walks a JPEG's markers and keeps what they set up for the scans. */
export class JpegMarkers {
  /** Steps of the quantizers in zigzag order. */
  readonly quantizers: (Float32Array | undefined)[] = [];
  readonly dc: (HuffmanTable | undefined)[] = [];
  readonly ac: (HuffmanTable | undefined)[] = [];
  restartInterval = 0;
  /** What Adobe's marker says of the colours: 0 as they are, 1 YCbCr, 2 YCCK; null without it. */
  adobe: number | null = null;
  frame: Frame | null = null;

  /** Reads on from `at` to the next scan; null at the end. @throws AppError file_damaged */
  nextScan(bytes: Uint8Array, at: number): Scan | null {
    const read = readerOf(bytes, "JPEG");
    for (let place = at; place + 4 <= bytes.length;) {
      if (bytes[place] !== 0xff || bytes[place + 1] === 0xff || (bytes[place + 1] ?? 0) < 0xc0) {
        place += 1;
        continue;
      }
      const marker = read.u8(place + 1);
      if (marker === M.eoi) return null;
      if (marker >= 0xd0 && marker <= 0xd8) {
        place += 2;
        continue;
      }
      const length = read.u16(place + 2);
      const body = bytes.subarray(place + 4, place + 2 + length);
      if (marker === M.sos) return this.#scan(body, place + 2 + length);
      this.#take(marker, body);
      place += 2 + Math.max(2, length);
    }
    return null;
  }

  #take(marker: number, body: Uint8Array): void {
    if (marker === DQT) this.#quantizers(body);
    else if (marker === M.dht) this.#huffman(body);
    else if (marker === DRI) this.restartInterval = readerOf(body, "JPEG").u16(0);
    else if (marker === APP14 && body.length >= 12 && body[0] === 0x41) this.adobe = body[11] ?? 0;
    else if (marker >= M.sof0 && marker <= 0xcf && marker !== M.jpg && marker !== M.dac) {
      if (marker > M.sof2)
        throw damaged("The JPEG is of a rare kind (lossless or arithmetic coding) that is not read.");
      this.frame ??= readFrame(body, marker === M.sof2);
    }
  }

  #quantizers(body: Uint8Array): void {
    for (let at = 0; at < body.length;) {
      const head = body[at] ?? 0;
      const wide = head >> 4 !== 0;
      const steps = new Float32Array(64);
      for (let index = 0; index < 64; index += 1) {
        const place = at + 1 + index * (wide ? 2 : 1);
        steps[index] = wide ? ((body[place] ?? 0) << 8) | (body[place + 1] ?? 0) : (body[place] ?? 0);
      }
      this.quantizers[head & 3] = steps;
      at += 1 + (wide ? 128 : 64);
    }
  }

  #huffman(body: Uint8Array): void {
    for (let at = 0; at + 17 <= body.length;) {
      const head = body[at] ?? 0;
      const counts = body.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const table = huffmanTable(counts, body.subarray(at + 17, at + 17 + total));
      (head >> 4 === 0 ? this.dc : this.ac)[head & 3] = table;
      at += 17 + total;
    }
  }

  #scan(body: Uint8Array, at: number): Scan {
    const read = readerOf(body, "JPEG");
    const count = read.u8(0);
    const components = this.frame?.components ?? [];
    const parts = Array.from({ length: count }, (_, index) => {
      const component = components.findIndex(({ id }) => id === read.u8(1 + index * 2));
      const tables = read.u8(2 + index * 2);
      return { component, dc: (tables >> 4) & 3, ac: tables & 3 };
    });
    if (count === 0 || parts.some(({ component }) => component < 0))
      throw damaged("The JPEG is damaged: a scan is of no known colour.");
    const [from, to, bits] = [read.u8(1 + count * 2), read.u8(2 + count * 2), read.u8(3 + count * 2)];
    return { parts, from: Math.min(63, from), to: Math.min(63, to), high: bits >> 4, low: bits & 15, at };
  }
}

function readFrame(body: Uint8Array, progressive: boolean): Frame {
  const read = readerOf(body, "JPEG");
  if (read.u8(0) !== 8) throw damaged("The JPEG has more than 8 bits a colour, which is not read.");
  const [height, width, count] = [read.u16(1), read.u16(3), read.u8(5)];
  const raw = Array.from({ length: count }, (_, index) => {
    const [id, factors, quantizer] = [6, 7, 8].map((place) => read.u8(place + index * 3));
    const [across, down] = [(factors ?? 0) >> 4, (factors ?? 0) & 15];
    if (across < 1 || across > 4 || down < 1 || down > 4) throw damaged("The JPEG's header is not valid.");
    return { id: id ?? 0, across, down, quantizer: (quantizer ?? 0) & 3 };
  });
  if (width === 0 || height === 0 || ![1, 3, 4].includes(count))
    throw damaged("The JPEG's header is not valid.");
  const across = Math.max(...raw.map((component) => component.across));
  const down = Math.max(...raw.map((component) => component.down));
  const mcusWide = Math.ceil(width / (8 * across));
  const mcusHigh = Math.ceil(height / (8 * down));
  const components = raw.map((component): Component => ({
    id: component.id,
    across: component.across,
    down: component.down,
    quantizer: component.quantizer,
    blocksWide: Math.ceil(Math.ceil((width * component.across) / across) / 8),
    blocksHigh: Math.ceil(Math.ceil((height * component.down) / down) / 8),
    storedWide: mcusWide * component.across,
    storedHigh: mcusHigh * component.down,
  }));
  return { width, height, progressive, components, mcusWide, mcusHigh, across, down };
}
