import type { PdfiumInstance } from "./instance.ts";
import {
  BREAK,
  type Character,
  type Glyphs,
  type PageSize,
  type Paint,
  type QuarterTurns,
  toRun,
} from "./words.ts";

/** The visible part of a page in its own coordinates (y grows upwards), and how it is turned to be seen. */
export interface PageFrame {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly turns: QuarterTurns;
  readonly size: PageSize;
}

/** Most characters of one page that are looked at: a dense broadsheet has 40,000. */
const MAX_CHARACTERS = 200_000;

/** pdfium's marks of a soft hyphen at the end of a line. */
const SOFT_HYPHENS: ReadonlySet<number> = new Set([2, 0xfffe, 0xad]);

/** Takes a point of the page's own coordinates to points on the upright page, y growing downwards. */
export function toUpright(x: number, y: number, frame: PageFrame): [number, number] {
  switch (frame.turns) {
    case 0:
      return [x - frame.left, frame.top - y];
    case 1:
      return [y - frame.bottom, x - frame.left];
    case 2:
      return [frame.right - x, y - frame.bottom];
    case 3:
      return [frame.top - y, frame.right - x];
  }
}

/** What all characters of one text object share: how its runs are turned, and how far its font reaches. */
interface RunMetrics {
  readonly object: number;
  readonly turns: QuarterTurns;
  /** Size of the font on the page in points. */
  readonly em: number;
  /** Points above and below the baseline; null where the font does not say. */
  readonly ascent: number | null;
  readonly descent: number | null;
  readonly paint: Paint;
}

const PLAIN: Paint = { object: 0, inkless: false, white: false };
/** FPDF_TEXT_RENDERMODE of fpdf_edit.h, from 0: without ink; filled, not stroked. */
const MODE = { fill: 0, invisible: 3 } as const;
const WHITE_FROM = 250;
const CLEAR_UNTIL = 8;

/** Fonts that claim to reach further than this, in ems, are wrong about it (poppler's bound). */
const MAX_REACH = 1.9;

/** The characters of a page, and how many more have no Unicode. */
export interface TextLayer {
  readonly glyphs: Glyphs;
  readonly undecoded: number;
}

/** Reads the characters of a loaded text page, in the order in which they are drawn. */
export function readGlyphs(pdfium: PdfiumInstance, textPage: number, frame: PageFrame): TextLayer {
  const { exports, scratch } = pdfium;
  const count = Math.min(exports.FPDFText_CountChars(textPage), MAX_CHARACTERS);
  const glyphs: (Character | typeof BREAK)[] = [];
  let metrics: RunMetrics = {
    object: 0,
    turns: frame.turns,
    em: 0,
    ascent: null,
    descent: null,
    paint: PLAIN,
  };
  let view = pdfium.view();
  let undecoded = 0;
  for (let index = 0; index < count; index++) {
    const code = exports.FPDFText_GetUnicode(textPage, index);
    if (code === 0) {
      undecoded++;
      continue;
    }
    if (isSpace(code)) {
      glyphs.push(BREAK);
      continue;
    }
    const object = exports.FPDFText_GetTextObject(textPage, index);
    if (object !== 0 && object !== metrics.object) {
      metrics = readMetrics(pdfium, textPage, index, object, frame);
    }
    const boxed =
      exports.FPDFText_GetLooseCharBox(textPage, index, scratch) !== 0 &&
      exports.FPDFText_GetCharOrigin(textPage, index, scratch + 16, scratch + 24) !== 0;
    if (!boxed) continue;
    if (view.byteLength === 0) view = pdfium.view();
    const character = makeCharacter(view, scratch, code, metrics, frame);
    if (character) glyphs.push(character);
  }
  return { glyphs, undecoded };
}

/** Asks once a text object for its matrix (FS_MATRIX: a b c d e f), font size and the reach of its font. */
function readMetrics(
  pdfium: PdfiumInstance,
  textPage: number,
  index: number,
  object: number,
  frame: PageFrame,
): RunMetrics {
  const { exports, scratch } = pdfium;
  const paint = readPaint(pdfium, object);
  if (exports.FPDFText_GetMatrix(textPage, index, scratch) === 0) {
    return { object, turns: frame.turns, em: 0, ascent: null, descent: null, paint };
  }
  const font = exports.FPDFTextObj_GetFont(object);
  const known =
    font !== 0 &&
    exports.FPDFFont_GetAscent(font, 1, scratch + 24) !== 0 &&
    exports.FPDFFont_GetDescent(font, 1, scratch + 28) !== 0;
  const view = pdfium.view();
  const float = (offset: number) => view.getFloat32(scratch + offset, true);
  const angle = Math.atan2(float(4), float(0));
  const em = exports.FPDFText_GetFontSize(textPage, index) * Math.hypot(float(8), float(12));
  const reach = (ems: number) => (known && ems > 0 && ems < MAX_REACH ? ems * em : null);
  return {
    object,
    paint,
    em,
    turns: ((4 - Math.round(angle / (Math.PI / 2)) + frame.turns) % 4) as QuarterTurns,
    ascent: reach(float(24)),
    descent: reach(-float(28)),
  };
}

function readPaint(pdfium: PdfiumInstance, object: number): Paint {
  const { exports, scratch } = pdfium;
  const mode = exports.FPDFTextObj_GetTextRenderMode(object);
  const known =
    mode === MODE.fill &&
    exports.FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12) !== 0;
  const view = pdfium.view();
  const [red = 0, green = 0, blue = 0, alpha = 255] = known
    ? [0, 4, 8, 12].map((offset) => view.getUint32(scratch + offset, true))
    : [];
  const white = known && (Math.min(red, green, blue) >= WHITE_FROM || alpha <= CLEAR_UNTIL);
  return { object, inkless: mode === MODE.invisible, white };
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || isWideSpace(code);
}

function isWideSpace(code: number): boolean {
  return (code >= 0x2000 && code <= 0x200b) || code === 0x202f || code === 0x3000 || code === 0xfeff;
}

/** A control character in a text layer is a glyph number that nobody translated. */
function characterOf(code: number): string {
  if (SOFT_HYPHENS.has(code)) return "-";
  const control = code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xffff || code > 0x10ffff;
  if (control) return "\uFFFD";
  const character = String.fromCodePoint(code);
  return isJoined(code) ? character.normalize("NFKC") : character;
}

/** Ligatures (`ﬃ`) and the shapes that letters of Arabic take inside words: one code each, for printing alone. */
function isJoined(code: number): boolean {
  return (code >= 0xfb00 && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc);
}

/** Builds a character from what pdfium left in the scratch block: FS_RECTF (left, top, right, bottom), then x and y. */
function makeCharacter(
  view: DataView,
  at: number,
  code: number,
  { turns, em, ascent, descent, paint }: RunMetrics,
  frame: PageFrame,
): Character | null {
  const [xa, ya] = toUpright(view.getFloat32(at, true), view.getFloat32(at + 4, true), frame);
  const [xb, yb] = toUpright(view.getFloat32(at + 8, true), view.getFloat32(at + 12, true), frame);
  const [ox, oy] = toUpright(view.getFloat64(at + 16, true), view.getFloat64(at + 24, true), frame);
  if (!Number.isFinite(xa + ya + xb + yb + ox + oy)) return null;
  const [sa, ta] = toRun(xa, ya, turns, frame.size);
  const [sb, tb] = toRun(xb, yb, turns, frame.size);
  const [, baseline] = toRun(ox, oy, turns, frame.size);
  const top = ascent === null ? Math.min(ta, tb) : baseline - ascent;
  const bottom = descent === null ? Math.max(ta, tb) : baseline + descent;
  return {
    text: characterOf(code),
    start: Math.min(sa, sb),
    end: Math.max(sa, sb),
    top,
    bottom,
    baseline,
    size: em > 0 ? em : Math.max(bottom - top, 0.1),
    turns,
    paint,
  };
}
