import type { PngHeader } from "./png.ts";

/** Writes `columns` pixels of a PNG row as grey or RGB bytes, on white where it is transparent. */
type PixelWriter = (row: Uint8Array, columns: number, out: Uint8Array) => void;

/** Makes the writer for a picture's colour type and depth. */
export function pixelWriter(header: PngHeader, channels: 1 | 3): PixelWriter {
  const { colorType, bitDepth } = header;
  if (bitDepth < 8 || colorType === 3 || (colorType === 0 && bitDepth === 8))
    return tableWriter(colorTable(header), bitDepth, channels);
  return sampleWriter(header, channels);
}

/** One grey value of a colour (ITU-R BT.601). */
export function luma(red: number, green: number, blue: number): number {
  return (red * 77 + green * 150 + blue * 29 + 128) >> 8;
}

/** Colours of all values that a pixel of at most 8 bits can have, three bytes each. */
function colorTable({ colorType, bitDepth, palette, transparency }: PngHeader): Uint8Array {
  const size = 1 << bitDepth;
  const table = new Uint8Array(256 * 3).fill(255);
  const keyed = colorType === 0 && transparency.length >= 2 ? (transparency[1] ?? 0) : -1;
  for (let value = 0; value < size; value += 1) {
    const gray = (value * 255) / (size - 1);
    const alpha = colorType === 3 ? (transparency[value] ?? 255) / 255 : 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const color = colorType === 3 ? (palette[value * 3 + channel] ?? 0) : gray;
      table[value * 3 + channel] = value === keyed ? 255 : 255 + (color - 255) * alpha;
    }
  }
  return table;
}

function tableWriter(table: Uint8Array, bitDepth: number, channels: 1 | 3): PixelWriter {
  const grays = new Uint8Array(256);
  for (let value = 0; value < 256; value += 1)
    grays[value] = luma(table[value * 3] ?? 0, table[value * 3 + 1] ?? 0, table[value * 3 + 2] ?? 0);
  const perByte = 8 / bitDepth;
  const mask = (1 << bitDepth) - 1;
  return (row, columns, out) => {
    for (let x = 0; x < columns; x += 1) {
      const byte = row[Math.floor(x / perByte)] ?? 0;
      const value = (byte >> ((perByte - 1 - (x % perByte)) * bitDepth)) & mask;
      if (channels === 1) out[x] = grays[value] ?? 255;
      else out.set(table.subarray(value * 3, value * 3 + 3), x * 3);
    }
  };
}

/** Pixels of whole bytes: grey or RGB, 8 or 16 bits (of which the upper 8 count), with or without alpha. */
function sampleWriter({ colorType, bitDepth, transparency }: PngHeader, channels: 1 | 3): PixelWriter {
  const bytes = bitDepth / 8;
  const colors = colorType === 2 || colorType === 6 ? 3 : 1;
  const hasAlpha = colorType === 4 || colorType === 6;
  const step = (colors + (hasAlpha ? 1 : 0)) * bytes;
  const keyed = !hasAlpha && transparency.length >= colors * 2;
  const isKey = (row: Uint8Array, at: number): boolean => {
    for (let byte = 0; byte < colors * bytes; byte += 1) {
      const key = transparency[bytes === 2 ? byte : byte * 2 + 1];
      if (row[at + byte] !== key) return false;
    }
    return true;
  };
  return (row, columns, out) => {
    for (let x = 0, at = 0; x < columns; x += 1, at += step) {
      let alpha = hasAlpha ? (row[at + colors * bytes] ?? 255) : 255;
      if (keyed && isKey(row, at)) alpha = 0;
      let red = row[at] ?? 0;
      let green = colors === 3 ? (row[at + bytes] ?? 0) : red;
      let blue = colors === 3 ? (row[at + 2 * bytes] ?? 0) : red;
      if (alpha < 255) {
        red = 255 + ((red - 255) * alpha) / 255;
        green = 255 + ((green - 255) * alpha) / 255;
        blue = 255 + ((blue - 255) * alpha) / 255;
      }
      if (channels === 1) out[x] = luma(red, green, blue);
      else {
        out[x * 3] = red;
        out[x * 3 + 1] = green;
        out[x * 3 + 2] = blue;
      }
    }
  };
}
