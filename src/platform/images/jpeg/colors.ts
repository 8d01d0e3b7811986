import { luma } from "../png-pixels.ts";
import type { JpegMarkers } from "./frame.ts";

/** What a JPEG's components are. Of inverted inks, 255 is none. */
export type JpegColors = "gray" | "ycc" | "rgb" | "cmyk" | "inverted_cmyk" | "inverted_ycck";

/** What the components are by the file's own marks: Adobe's marker, else how they are called (JFIF is YCbCr). */
export function colorsOf({ frame, adobe }: JpegMarkers): JpegColors {
  const ids = frame?.components.map(({ id }) => id) ?? [];
  if (ids.length === 1) return "gray";
  if (ids.length === 4) {
    if (adobe === null) return "cmyk";
    return adobe === 2 ? "inverted_ycck" : "inverted_cmyk";
  }
  if (adobe !== null) return adobe === 0 ? "rgb" : "ycc";
  return String.fromCharCode(...ids) === "RGB" ? "rgb" : "ycc";
}

/** A component's line: its bytes from `at` on, and by the picture's column the place in it. */
export interface ComponentLine {
  readonly plane: Uint8ClampedArray;
  at: number;
  readonly columns: Uint16Array;
}

/** Writes a line of grey or RGB from the components' lines. */
export function writeLine(
  parts: readonly ComponentLine[],
  colors: JpegColors,
  channels: 1 | 3,
  out: Uint8Array,
): void {
  const [first, second, third, fourth] = parts;
  if (!first) return;
  const width = out.length / channels;
  if (channels === 1 && (colors === "gray" || colors === "ycc")) {
    for (let x = 0; x < width; x += 1) out[x] = first.plane[first.at + (first.columns[x] ?? 0)] ?? 255;
    return;
  }
  const pixel = new Uint8ClampedArray(3);
  const sample = (part: ComponentLine | undefined, x: number): number =>
    part ? (part.plane[part.at + (part.columns[x] ?? 0)] ?? 0) : 0;
  for (let x = 0; x < width; x += 1) {
    mix(colors, sample(first, x), sample(second, x), sample(third, x), sample(fourth, x), pixel);
    const [red = 0, green = 0, blue = 0] = pixel;
    if (channels === 1) out[x] = luma(red, green, blue);
    else {
      out[x * 3] = red;
      out[x * 3 + 1] = green;
      out[x * 3 + 2] = blue;
    }
  }
}

function mix(colors: JpegColors, a: number, b: number, c: number, d: number, out: Uint8ClampedArray): void {
  if (colors === "gray") out.fill(a);
  else if (colors === "ycc" || colors === "inverted_ycck") {
    const light = colors === "ycc" ? 1 : d / 255;
    out[0] = a + 1.402 * (c - 128);
    out[1] = a - 0.344136 * (b - 128) - 0.714136 * (c - 128);
    out[2] = a + 1.772 * (b - 128);
    if (light < 1)
      for (let channel = 0; channel < 3; channel += 1) out[channel] = (out[channel] ?? 0) * light;
  } else {
    const inks = colors === "cmyk";
    const light = colors === "rgb" ? 1 : (inks ? 255 - d : d) / 255;
    out[0] = (inks ? 255 - a : a) * light;
    out[1] = (inks ? 255 - b : b) * light;
    out[2] = (inks ? 255 - c : c) * light;
  }
}
