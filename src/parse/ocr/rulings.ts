import type { GrayImage } from "../../ports.ts";

const INK = 170;
/** A stroke this much longer than the image's longer side allows for a letter is a ruling. */
const MIN_LENGTH_SHARE = 1 / 28;
const MIN_LENGTH = 36;
/** A thicker one is a bar that may hold print. */
const MAX_THICKNESS_SHARE = 1 / 250;
const MIN_THICKNESS = 4;
const WHITE = 255;

/**
 * Wipes out straight thin lines across and down (a table's borders, underlines): they make the recogniser
 * take a row of cells for one scribble. Print that only touches a line stays, but for the line's own pixels.
 */
export function eraseRulings(image: GrayImage): GrayImage {
  const { width, height, data } = image;
  const longest = Math.max(width, height);
  const minLength = Math.max(MIN_LENGTH, Math.round(longest * MIN_LENGTH_SHARE));
  const maxThickness = Math.max(MIN_THICKNESS, Math.round(longest * MAX_THICKNESS_SHARE));
  const clean = data.slice();
  const across = { lines: height, length: width, lineStep: width, step: 1 };
  const down = { lines: width, length: height, lineStep: 1, step: width };
  wipe(data, clean, across, { minLength, maxThickness });
  wipe(data, clean, down, { minLength, maxThickness });
  return { width, height, data: clean };
}

interface Walk {
  readonly lines: number;
  readonly length: number;
  readonly lineStep: number;
  readonly step: number;
}

function wipe(
  data: Uint8Array,
  clean: Uint8Array,
  walk: Walk,
  limits: { minLength: number; maxThickness: number },
): void {
  for (let line = 0; line < walk.lines; line += 1) {
    let start = -1;
    for (let at = 0; at <= walk.length; at += 1) {
      const ink = at < walk.length && (data[line * walk.lineStep + at * walk.step] ?? WHITE) < INK;
      if (ink && start < 0) start = at;
      if (ink || start < 0) continue;
      if (at - start >= limits.minLength && isThin(data, walk, { line, start, end: at }, limits.maxThickness))
        paint(clean, walk, line, start, at);
      start = -1;
    }
  }
}

/** Whether most places of a run are thin, measured across it at nine points. */
function isThin(
  data: Uint8Array,
  walk: Walk,
  run: { line: number; start: number; end: number },
  maxThickness: number,
): boolean {
  let thin = 0;
  for (let part = 1; part <= 9; part += 1) {
    const at = run.start + Math.floor(((run.end - run.start) * part) / 10);
    let thickness = 1;
    for (const direction of [-1, 1]) {
      for (let line = run.line + direction; line >= 0 && line < walk.lines; line += direction) {
        if ((data[line * walk.lineStep + at * walk.step] ?? WHITE) >= INK || thickness > maxThickness) break;
        thickness += 1;
      }
    }
    if (thickness <= maxThickness) thin += 1;
  }
  return thin >= 6;
}

/** Whitens a run and the grey fringe beside it. */
function paint(clean: Uint8Array, walk: Walk, line: number, start: number, end: number): void {
  for (let beside = Math.max(0, line - 1); beside <= Math.min(walk.lines - 1, line + 1); beside += 1) {
    for (let at = start; at < end; at += 1) {
      const index = beside * walk.lineStep + at * walk.step;
      if (beside === line || (clean[index] ?? WHITE) >= INK) clean[index] = WHITE;
    }
  }
}
