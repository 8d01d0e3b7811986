import { Format } from "../model/format.ts";
import { beginsJson } from "./begins-json.ts";
import { isMail, isMailbox } from "./mail-headers.ts";
import { damaged, endingOf, endingsOf, isEndingOf, readable, type Sniffed, unsupported } from "./sniffed.ts";

/** Formats that are texts, or that text is opened as under their endings. */
const TEXTUAL = new Set<Format>([
  "text",
  "markdown",
  "html",
  "csv",
  "json",
  "xml",
  "rtf",
  "eml",
  "mbox",
  "p7m",
  "doc",
  "xls",
]);

/** Most of a text that is looked at for a structure. */
const START = 4_096;

/**
 * The text that a file begins with; null when its first bytes are none. A text has a byte order mark, or no control
 * bytes but white space; a UTF-16 without a mark has nearly every second byte 0.
 */
export function textOf(head: Uint8Array): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return decode(head, "utf-16le");
  if (head[0] === 0xfe && head[1] === 0xff) return decode(head, "utf-16be");
  const zeros = [0, 0];
  let controls = 0;
  for (const [at, byte] of head.entries()) {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
    else if (byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 26 && byte !== 27) controls += 1;
  }
  if (controls > head.length / 200) return null;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return decode(head, "utf-8");
  const few = head.length / 40;
  if (odd > head.length * 0.3 && even <= few) return decode(head, "utf-16le");
  if (even > head.length * 0.3 && odd <= few) return decode(head, "utf-16be");
  return null;
}

function decode(head: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(head.subarray(0, START));
}

/**
 * Tells what kind of text a file is: by its content where that is clear, by its name's ending where it is not. `cut`
 * says that the file goes on behind the text.
 */
export function sniffText(text: string, filename: string, cut: boolean): Sniffed {
  const ending = endingOf(filename);
  const start = text.trimStart();
  if (start.startsWith("%!PS")) {
    return unsupported("application/postscript", "This is PostScript", "Send it as PDF.");
  }
  const format = byContent(start, ending, cut) ?? byEnding(start, ending);
  if (format) return readable(format);
  return BINARY.has(ending)
    ? damaged(`The name ends in .${ending}, but the content is plain text`)
    : readable("text");
}

/** Endings that promise a file that is no text. Word and Excel open texts under their older endings. */
const BINARY = new Set(
  Format.options
    .filter((format) => !TEXTUAL.has(format))
    .flatMap((format): readonly string[] => endingsOf(format)),
);

function byContent(start: string, ending: string, cut: boolean): Format | null {
  if (start.startsWith("{\\rt")) return "rtf";
  if (/^-----BEGIN (?:PKCS ?#?7|CMS)/i.test(start)) return "p7m";
  if (isHtml(start, ending)) return "html";
  if (isXml(start, ending)) return "xml";
  if (isMailbox(start, ending)) return "mbox";
  if (isMail(start, ending)) return "eml";
  const isProse = isEndingOf("text", ending) || isEndingOf("markdown", ending);
  return !isProse && beginsJson(start, cut) ? "json" : null;
}

function byEnding(start: string, ending: string): Format | null {
  if (isEndingOf("p7m", ending) && /^[A-Za-z0-9+/=\s]{16,}$/.test(start)) return "p7m";
  if (isEndingOf("json", ending) && /^[[{"\d-]|^(?:true|false|null)\b/.test(start)) return "json";
  for (const format of ["markdown", "csv", "html"] as const) if (isEndingOf(format, ending)) return format;
  if (isEndingOf("eml", ending) && start !== "") return "eml";
  return isEndingOf("xls", ending) && /^[^\n]*[\t;,]/.test(start) ? "csv" : null;
}

const TAG =
  /<(?:html|head|body|title|table|thead|tbody|tr|td|div|span|p|br|hr|h[1-6]|a|ul|ol|li|meta|link|style|script|font|center|img|form|b|i|strong|em|pre|nav|main|section|article|header|footer|frameset|o:p)(?:\s[^<>]*)?\/?>/i;

/** HTML by its doctype or its root, also behind an XML declaration, else by a tag of its own at the very start. */
function isHtml(start: string, ending: string): boolean {
  const body = behindPrologue(start);
  if (/^<!doctype\s+html|^<html[\s>]/i.test(body)) return true;
  if (start.startsWith("<?xml") || XML_ENDINGS.has(ending) || isEndingOf("markdown", ending)) return false;
  const tag = TAG.exec(body.slice(0, 1_024));
  return tag !== null && (tag.index === 0 || isEndingOf("html", ending));
}

const XML_ENDINGS = new Set(["xml", "svg", "xsl", "xslt", "xsd", "rdf", "rss", "kml", "gpx", "wsdl"]);

/** XML by its declaration; by a root that has a namespace, or that ends the text; by any root where the name says so. */
function isXml(start: string, ending: string): boolean {
  if (start.startsWith("<?xml")) return true;
  const body = behindPrologue(start);
  const [, name, attributes] = /^<(?:!DOCTYPE\s+)?([A-Za-z_][\w.:-]*)((?:\s[^<>]*)?)>?/.exec(body) ?? [];
  if (name === undefined) return XML_ENDINGS.has(ending) && body.startsWith("<");
  return (
    name.includes(":") ||
    /\sxmlns(?::\w+)?\s*=/.test(attributes ?? "") ||
    body.startsWith("<!DOCTYPE") ||
    body.trimEnd().endsWith(`</${name}>`) ||
    XML_ENDINGS.has(ending)
  );
}

/** What stands behind declaration, comments and processing instructions. */
function behindPrologue(start: string): string {
  let body = start;
  for (let before = ""; before !== body;) {
    before = body;
    body = body.replace(/^(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->)\s*/, "");
  }
  return body;
}
