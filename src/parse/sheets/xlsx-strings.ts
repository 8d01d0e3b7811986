import { AppError } from "../../errors.ts";
import type { ParseLimits } from "../parser.ts";
import { scanXml } from "../xml/scan-xml.ts";

/** Texts of one workbook, counted in UTF-16 units: they stand in memory while it is read. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
/** Texts for a cell that is read: most cells share theirs, but those of sheets that are not read have some too. */
const STRINGS_PER_CELL = 4;

/**
 * The texts that cells point to, without how they are to be read aloud (phonetic runs).
 * @throws AppError text_too_long, and as scanXml
 */
export function readSharedStrings(
  pieces: Iterable<Uint8Array>,
  limits: Pick<ParseLimits, "maxDepth" | "maxNodes">,
): string[] {
  const strings: string[] = [];
  let characters = 0;
  let current: string | null = null;
  let phonetic = false;
  let inText = false;
  scanXml(
    pieces,
    {
      open(name) {
        if (name === "si") {
          if (strings.length >= limits.maxNodes * STRINGS_PER_CELL) throw tooMuch();
          current = "";
        }
        if (name === "rPh") phonetic = true;
        else if (name === "t") inText = true;
      },
      text(data) {
        if (current === null || !inText || phonetic) return;
        characters += data.length;
        if (characters > MAX_CHARACTERS) throw tooMuch();
        current += data;
      },
      close(name) {
        if (name === "rPh") phonetic = false;
        else if (name === "t") inText = false;
        else if (name === "si") {
          strings.push(unescapeText(current ?? ""));
          current = null;
        }
      },
    },
    limits,
  );
  return strings;
}

function tooMuch(): AppError {
  return new AppError(
    "text_too_long",
    "The workbook holds more text than is read. Split it and send its parts.",
  );
}

/** Control characters are written as `_x000D_` in cells (ECMA-376 part 1, 22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes("_x")) return text.replaceAll("\r\n", "\n");
  return text
    .replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, "\n");
}
