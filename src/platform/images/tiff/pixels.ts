import { luma } from "../png-pixels.ts";
import { PHOTOMETRIC, type TiffLayout } from "./layout.ts";

/** Writes a row's samples as lines of grey or RGB bytes, each `columns` pixels wide, on white where transparent. */
export interface LineWriter {
  /** Bytes of a stored row. */
  readonly rowBytes: number;
  /** Lines that a stored row gives: more than one where rows share their colours. */
  readonly lines: number;
  readonly write: (row: Uint8Array, line: number, out: Uint8Array) => void;
}

/** Makes the writer for a page's colours. Rows are `segmentWidth` pixels wide, with all samples side by side. */
export function lineWriter(layout: TiffLayout, channels: 1 | 3): LineWriter {
  const { photometric, segmentWidth: columns, samples, bits, chroma } = layout;
  const shared = photometric === PHOTOMETRIC.ycbcr && !layout.planar && bits === 8;
  if (shared && (chroma[0] > 1 || chroma[1] > 1)) return sharedColors(columns, chroma, channels);
  const rowBytes = Math.ceil((columns * samples * bits) / 8);
  const values = new Uint8Array(columns * samples);
  const spread = spreader(layout);
  const colorOf = colors(layout);
  const rgb = new Uint8ClampedArray(3);
  const write = (row: Uint8Array, _line: number, out: Uint8Array): void => {
    spread(row, values);
    for (let x = 0, at = 0; x < columns; x += 1, at += samples) {
      colorOf(values, at, rgb);
      put(out, x, channels, rgb);
    }
  };
  return { rowBytes, lines: 1, write: grayLines(layout, channels) ?? write };
}

/** The short way for what most scans are: one bit or one byte of grey a pixel. */
function grayLines(
  { photometric, samples, bits, segmentWidth: columns }: TiffLayout,
  channels: 1 | 3,
): LineWriter["write"] | null {
  if (channels !== 1 || samples !== 1 || photometric > PHOTOMETRIC.blackIsZero) return null;
  const flip = photometric === PHOTOMETRIC.whiteIsZero ? 255 : 0;
  if (bits === 8)
    return (row, _line, out) => {
      for (let x = 0; x < columns; x += 1) out[x] = (row[x] ?? 0) ^ flip;
    };
  if (bits !== 1) return null;
  return (row, _line, out) => {
    for (let x = 0; x < columns; x += 1) out[x] = ((row[x >> 3] ?? 0) & (0x80 >> (x & 7)) ? 255 : 0) ^ flip;
  };
}

function put(out: Uint8Array, x: number, channels: 1 | 3, rgb: Uint8ClampedArray): void {
  const [red = 0, green = 0, blue = 0] = rgb;
  if (channels === 1) out[x] = luma(red, green, blue);
  else {
    out[x * 3] = red;
    out[x * 3 + 1] = green;
    out[x * 3 + 2] = blue;
  }
}

/** Spreads a row's samples to a byte each: scaled to 0..255, but for a palette's numbers. */
function spreader(layout: TiffLayout): (row: Uint8Array, values: Uint8Array) => void {
  const { bits, little, photometric } = layout;
  if (bits === 8) return (row, values) => values.set(row.subarray(0, values.length));
  if (bits === 16) {
    const high = little ? 1 : 0;
    return (row, values) => {
      for (let at = 0; at < values.length; at += 1) values[at] = row[at * 2 + high] ?? 0;
    };
  }
  const most = (1 << bits) - 1;
  const factor = photometric === PHOTOMETRIC.palette ? 1 : 255 / most;
  const perByte = 8 / bits;
  const rowSamples = layout.segmentWidth * layout.samples;
  return (row, values) => {
    for (let at = 0; at < rowSamples; at += 1) {
      const byte = row[Math.floor(at / perByte)] ?? 0;
      values[at] = ((byte >> ((perByte - 1 - (at % perByte)) * bits)) & most) * factor;
    }
  };
}

type ColorOf = (values: Uint8Array, at: number, rgb: Uint8ClampedArray) => void;

function colors(layout: TiffLayout): ColorOf {
  const plain = plainColors(layout);
  const { alpha, samples, photometric } = layout;
  if (alpha === 0) return plain;
  const place = samples > 3 && photometric !== PHOTOMETRIC.cmyk ? 3 : samples - 1;
  return (values, at, rgb) => {
    plain(values, at, rgb);
    const opaque = values[at + place] ?? 255;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = rgb[channel] ?? 0;
      rgb[channel] = (alpha === 1 ? value : (value * opaque) / 255) + 255 - opaque;
    }
  };
}

function plainColors(layout: TiffLayout): ColorOf {
  const { photometric, colorMap, bits } = layout;
  switch (photometric) {
    case PHOTOMETRIC.rgb:
      return (values, at, rgb) => rgb.set(values.subarray(at, at + 3));
    case PHOTOMETRIC.ycbcr:
      return (values, at, rgb) => fromYcc(values[at] ?? 0, values[at + 1] ?? 128, values[at + 2] ?? 128, rgb);
    case PHOTOMETRIC.cmyk:
      return (values, at, rgb) => {
        const light = 255 - (values[at + 3] ?? 0);
        for (let ink = 0; ink < 3; ink += 1) rgb[ink] = ((255 - (values[at + ink] ?? 0)) * light) / 255;
      };
    case PHOTOMETRIC.palette: {
      const size = 1 << bits;
      // Some writers fill the 16-bit table with 8-bit values.
      const step = colorMap.every((value) => value < 256) ? 1 : 257;
      return (values, at, rgb) => {
        for (let channel = 0; channel < 3; channel += 1)
          rgb[channel] = (colorMap[channel * size + (values[at] ?? 0)] ?? 0) / step;
      };
    }
    default: {
      const flip = photometric === PHOTOMETRIC.whiteIsZero ? 255 : 0;
      return (values, at, rgb) => rgb.fill((values[at] ?? 0) ^ flip);
    }
  }
}

/** ITU-R BT.601 in full range, as JFIF has it. */
function fromYcc(y: number, cb: number, cr: number, rgb: Uint8ClampedArray): void {
  rgb[0] = y + 1.402 * (cr - 128);
  rgb[1] = y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128);
  rgb[2] = y + 1.772 * (cb - 128);
}

/** YCbCr of which several pixels share a colour: their lights, then the colour (TIFF 6.0, section 21). */
function sharedColors(
  columns: number,
  [across, down]: readonly [number, number],
  channels: 1 | 3,
): LineWriter {
  const unit = across * down + 2;
  const rgb = new Uint8ClampedArray(3);
  return {
    rowBytes: Math.ceil(columns / across) * unit,
    lines: down,
    write: (row, line, out) => {
      for (let x = 0; x < columns; x += 1) {
        const at = Math.floor(x / across) * unit;
        const light = row[at + line * across + (x % across)] ?? 0;
        fromYcc(light, row[at + unit - 2] ?? 128, row[at + unit - 1] ?? 128, rgb);
        put(out, x, channels, rgb);
      }
    },
  };
}

/** Undoes the differences between neighbours in a row (TIFF 6.0, section 14). */
export function undoPredictor(row: Uint8Array, { bits, little }: TiffLayout, samples: number): void {
  if (bits === 8) {
    for (let at = samples; at < row.length; at += 1) row[at] = (row[at] ?? 0) + (row[at - samples] ?? 0);
  } else if (bits === 16) {
    const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
    for (let at = samples * 2; at + 1 < row.length; at += 2)
      view.setUint16(at, view.getUint16(at, little) + view.getUint16(at - samples * 2, little), little);
  }
}
