import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { dataPictures } from "../html/data-pictures.ts";
import { readHtml } from "../html/read-html.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import type { ParseLimits } from "../parser.ts";
import type { BodyStructure } from "./body-structure.ts";
import { decodeText, isCharset } from "./charset.ts";
import { htmlCharset, shownContentIds } from "./content-ids.ts";
import type { MailPart } from "./mail-part.ts";
import { readPart } from "./part-content.ts";
import { type Flowed, plainBlocks, unwrap } from "./plain-blocks.ts";
import { latin1 } from "./read-lines.ts";

/** A message's body as blocks, and the content ids of the pictures shown in it. */
export interface MailBody {
  readonly blocks: readonly FlowBlock[];
  readonly contentIds: ReadonlySet<string>;
  readonly warnings: readonly Warning[];
}

/** A plain text that says so much less than the HTML beside it is a notice that one should look at the HTML. */
const STUB = 0.2;
const STUB_LENGTH = 400;

/** What a body is held to. */
export type BodyLimits = Pick<ParseLimits, "maxTextBytes" | "maxNodes">;

/** One of a message's bodies: as plain text, or as HTML. */
export interface Rendered extends MailBody {
  /** Letters that it shows. */
  readonly length: number;
}

/** Reads a message's body: its plain text where that is real, else its HTML. */
export async function readBody(
  source: Pick<DocumentSource, "range">,
  { plain, html }: Pick<BodyStructure, "plain" | "html">,
  limits: BodyLimits,
): Promise<MailBody> {
  const texts = await render(source, plain, limits);
  return chooseBody(texts, sameParts(plain, html) ? texts : await render(source, html, limits));
}

/** The plain text where it is real, else the HTML; pictures count as shown whichever of them shows them. */
export function chooseBody(plain: Rendered, html: Rendered): MailBody {
  const stub = html.length > STUB_LENGTH && plain.length < STUB * html.length;
  const chosen = plain.length > 0 && !stub ? plain : html;
  return {
    blocks: chosen.blocks,
    contentIds: new Set([...plain.contentIds, ...html.contentIds]),
    warnings: chosen.warnings,
  };
}

/** Renders one text, of HTML where its kind or its beginning says so. */
export function renderText(
  text: string,
  kind: "text" | "html",
  limits: BodyLimits,
  flow: Flowed = NOT_FLOWED,
): Rendered {
  if (kind === "html" || /^\s*<(?:!doctype html|html)[\s>]/i.test(text)) {
    const { blocks, pictures, warnings } = readHtml(text, limits);
    return {
      blocks,
      contentIds: shownContentIds(text),
      warnings: [...warnings.filter(({ code }) => !USUAL_IN_MAIL.has(code)), ...ofPictures(pictures)],
      length: lengthOf(blocks),
    };
  }
  const { text: clean, warning } = withoutEncodings(unwrap(text, flow));
  const blocks = plainBlocks(clean);
  return { blocks, contentIds: new Set(), warnings: warning ? [warning] : [], length: lengthOf(blocks) };
}

/** Pictures in the text itself are no attachments, and are told of where something may stand on them. */
function ofPictures(sources: readonly string[]): Warning[] {
  const { documents } = listPictures(dataPictures(sources), sources.length);
  if (documents === 0) return [];
  const message = `${documents} pictures that stand in the message's own text were not read. Send them as attachments.`;
  return [{ code: "content_not_read", message }];
}

/** Newsletters show pictures from elsewhere: they are no part of the message. */
const USUAL_IN_MAIL: ReadonlySet<Warning["code"]> = new Set(["external_reference"]);
const NOT_FLOWED: Flowed = { flowed: false, deleteSpace: false };

function sameParts(a: readonly MailPart[], b: readonly MailPart[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

async function render(
  source: Pick<DocumentSource, "range">,
  parts: readonly MailPart[],
  limits: BodyLimits,
): Promise<Rendered> {
  const maxBytes = limits.maxTextBytes;
  const blocks: FlowBlock[] = [];
  const contentIds = new Set<string>();
  const warnings: Warning[] = [];
  let left = maxBytes;
  for (const part of parts) {
    if (left <= 0) {
      warnings.push(tooLong(maxBytes));
      break;
    }
    const { bytes, cut } = await readPart(source, part, left);
    left -= bytes.length;
    if (cut) warnings.push(tooLong(maxBytes));
    const { text, guessed } = decodePart(part, bytes);
    if (guessed) warnings.push(guess(part));
    const read = renderText(text, part.type.value === "text/html" ? "html" : "text", limits, flowedOf(part));
    for (const block of read.blocks) blocks.push(block);
    warnings.push(...read.warnings);
    for (const id of read.contentIds) contentIds.add(id);
  }
  return { blocks, contentIds, warnings, length: lengthOf(blocks) };
}

function decodePart(part: MailPart, bytes: Uint8Array): { text: string; guessed: boolean } {
  const said = part.type.params.get("charset") ?? null;
  const html = part.type.value === "text/html" ? htmlCharset(latin1(bytes.subarray(0, 2_048))) : null;
  return decodeText(bytes, said !== null && isCharset(said) ? said : (html ?? said), html ?? undefined);
}

function flowedOf(part: MailPart): Flowed {
  const { params } = part.type;
  return {
    flowed: params.get("format")?.toLowerCase() === "flowed",
    deleteSpace: params.get("delsp")?.toLowerCase() === "yes",
  };
}

const UUENCODED = /^begin [0-7]{3,4} (.{1,200})\n(?:[\x20-\x60]{1,70}\n)+?[ `]?\n?end$/gm;
const ARMOUR = { begin: "-----BEGIN PGP MESSAGE-----", end: "-----END PGP MESSAGE-----" } as const;

/** Files and ciphers that stand in a text as letters are named, not read as words. */
function withoutEncodings(text: string): { text: string; warning: Warning | null } {
  const names: string[] = [];
  const named = text.replace(UUENCODED, (_, name: string) => {
    names.push(`${name.trim()} (uuencode)`);
    return `[${name.trim()}]`;
  });
  const { text: clean, found } = withoutCiphers(named);
  if (found) names.push("a message encrypted with OpenPGP");
  if (names.length === 0) return { text, warning: null };
  const message = `The text holds what is not read there: ${names.slice(0, 10).join(", ")}. Send it as a file.`;
  return { text: clean, warning: { code: "content_not_read", message } };
}

function withoutCiphers(text: string): { text: string; found: boolean } {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const begin = text.indexOf(ARMOUR.begin, from);
    const end = begin < 0 ? -1 : text.indexOf(ARMOUR.end, begin);
    if (end < 0) break;
    kept.push(text.slice(from, begin), "[OpenPGP]");
    from = end + ARMOUR.end.length;
  }
  kept.push(text.slice(from));
  return { text: kept.join(""), found: from > 0 };
}

function lengthOf(blocks: readonly FlowBlock[]): number {
  return blocks.reduce((sum, block) => sum + letters(block), 0);
}

function letters(block: FlowBlock): number {
  if (block.kind === "table") {
    return block.rows.flat().reduce((sum, cell) => sum + cell.text.replace(/\s/g, "").length, 0);
  }
  return "text" in block ? block.text.replace(/\s/g, "").length : 0;
}

const tooLong = (maxBytes: number): Warning => ({
  code: "text_truncated",
  message: `The message's text is longer than the ${maxBytes} bytes that are read: its end was left out.`,
});

function guess(part: MailPart): Warning {
  const said = part.type.params.get("charset");
  const why = said === undefined ? "names no encoding" : `is not in the encoding ${said} that it names`;
  return { code: "encoding_guessed", message: `The message's text ${why}: its letters may be wrong.` };
}
