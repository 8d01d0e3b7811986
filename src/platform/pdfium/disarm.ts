/** A tiling pattern whose cells are closer than this, in points, is drawn millions of times and shows as plain grey. */
const MIN_STEP = 0.25;
/** How far a pattern's entries may stand from its type, in bytes. */
const REACH = 4_096;
const WINDOW_BYTES = 1024 * 1024;
const NEEDLE = "/PatternType";
const NOT_A_TYPE = "0".charCodeAt(0);

/**
 * Takes the type off tiling patterns that a renderer would never finish: those without a step, or with one near
 * to nothing (PDF 32000-1, 8.7.3). pdfium then leaves their fill out. A pattern is a stream, so its dictionary
 * is never compressed or encrypted and can be found in the bytes. Gives whether any tiling pattern is left.
 */
export function disarmPatterns(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder("latin1");
  let left = false;
  for (let from = 0; from < bytes.length; from += WINDOW_BYTES) {
    const text = decoder.decode(bytes.subarray(from, from + WINDOW_BYTES + NEEDLE.length));
    for (let at = text.indexOf(NEEDLE); at >= 0 && at < WINDOW_BYTES; at = text.indexOf(NEEDLE, at + 1)) {
      const start = from + at;
      const type = decoder.decode(bytes.subarray(start, start + 40)).match(/^\/PatternType\s*1(?!\d)/);
      if (!type) continue;
      if (isEndless(entriesAround(bytes, start, decoder))) bytes[start + type[0].length - 1] = NOT_A_TYPE;
      else left = true;
    }
  }
  return left;
}

/** The text of the object that `at` stands in, as far as it is near. */
function entriesAround(bytes: Uint8Array, at: number, decoder: TextDecoder): string {
  const first = Math.max(0, at - REACH);
  const text = decoder.decode(bytes.subarray(first, at + REACH));
  const start = text.lastIndexOf(" obj", at - first);
  const end = text.indexOf("stream", at - first);
  return text.slice(Math.max(0, start), end < 0 ? undefined : end);
}

function isEndless(entries: string): boolean {
  const [scaleX, scaleY] = scaleOf(entries);
  const step = (name: "XStep" | "YStep") =>
    Math.abs(Number(entries.match(new RegExp(String.raw`/${name}\s*([-+.\d]+)(?!\s+\d+\s+R)`))?.[1] ?? 0));
  return !(step("XStep") * scaleX >= MIN_STEP && step("YStep") * scaleY >= MIN_STEP);
}

/** How much the pattern's matrix stretches its x and y steps; 1 without one. */
function scaleOf(entries: string): [number, number] {
  const matrix = entries.match(/\/Matrix\s*\[([^\]]*)\]/)?.[1];
  if (matrix === undefined) return [1, 1];
  const [a = 0, b = 0, c = 0, d = 0] = matrix.trim().split(/\s+/).map(Number);
  return [Math.hypot(a, b), Math.hypot(c, d)];
}
