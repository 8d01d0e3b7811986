import { AppError } from "../errors.ts";
import type { Format } from "../model/format.ts";
import type { Inventory, Member, ParsedDocument, ParsedPage, Warning } from "../model/parsed.ts";
import type { Blobs, DocumentRecord } from "../ports.ts";
import { type Head, type PartWriter, range, readPart } from "./parts.ts";

/** A document put together from its parts. */
export interface Assembled {
  readonly parsed: ParsedDocument;
  readonly ocrPages: number;
}

/** Puts a document together from its parts, and says what of it is missing. */
export async function assemble(
  blobs: Blobs,
  record: DocumentRecord & { readonly format: Format },
  { progress, fresh }: PartWriter,
  maxWords: number,
): Promise<Assembled> {
  const pages: ParsedPage[] = [];
  const members: Member[] = [];
  const warnings: Warning[] = [];
  let head: Head | null = null;
  let words = 0;
  let cutFrom: number | null = null;
  for (const { from, key } of [...progress.parts].sort((a, b) => a.from - b.from)) {
    const part = fresh.get(from) ?? (await readPart(blobs, key));
    if (part.head) head = part.head;
    members.push(...part.members);
    words += part.pages.reduce((sum, page) => sum + page.words.length, 0);
    if (words > maxWords && pages.length > 0) cutFrom ??= part.pages[0]?.number ?? null;
    if (cutFrom !== null) continue;
    pages.push(...part.pages);
    warnings.push(...part.warnings);
  }
  if (!head) throw new AppError("internal", "The head of the parsed document is missing.");
  const { page_count: pageCount, member_count: _count, pages_in_file: _pages, ...rest } = head;
  const lost = [...warnOfCut(cutFrom, maxWords), ...warnOfMissing(pages, cutFrom ?? pageCount + 1)];
  const parsed: ParsedDocument = {
    format: record.format,
    page_count: pageCount,
    pages,
    members,
    ...rest,
    inventory: takeStock(head, pages, members),
    warnings: [...head.warnings, ...warnings, ...lost, ...warnOfMembers(members)],
  };
  return { parsed, ocrPages: pages.filter((page) => page.source === "ocr").length };
}

function warnOfCut(from: number | null, maxWords: number): Warning[] {
  if (from === null) return [];
  return [
    {
      code: "pages_over_limit",
      message: `Pages from ${from} on were left out: the document has more than the ${maxWords} words that are understood at once. Split it.`,
    },
  ];
}

function warnOfMissing(pages: readonly ParsedPage[], behindLast: number): Warning[] {
  const read = new Set(pages.map((page) => page.number));
  const missing = range(1, behindLast - 1).filter((number) => !read.has(number));
  if (missing.length === 0) return [];
  return [{ code: "pages_missing", message: `Pages that were not read: ${missing.join(", ")}.` }];
}

/** Most members that a warning names; the list of members names them all. */
const NAMED_MEMBERS = 10;

function warnOfMembers(members: readonly Member[]): Warning[] {
  const names = (outcome: Member["outcome"]): string | null => {
    const found = members.filter((member) => member.outcome === outcome);
    if (found.length === 0) return null;
    const more = found.length > NAMED_MEMBERS ? ` and ${found.length - NAMED_MEMBERS} more` : "";
    return `${found
      .slice(0, NAMED_MEMBERS)
      .map(({ path, reason }) => (reason ? `${path} (${reason.code})` : path))
      .join(", ")}${more}`;
  };
  const refused = names("refused");
  const aside = names("set_aside");
  return [
    ...(refused === null
      ? []
      : [{ code: "member_refused" as const, message: `Files inside that were not read: ${refused}.` }]),
    ...(aside === null
      ? []
      : [
          {
            code: "member_set_aside" as const,
            message: `Files inside that say nothing by themselves: ${aside}.`,
          },
        ]),
  ];
}

/** Parts by kind, found and read: what a parser counted, and the pages and members read here. */
function takeStock(head: Head, pages: readonly ParsedPage[], members: readonly Member[]): Inventory[] {
  const counted = new Set(head.inventory.map(({ kind }) => kind));
  const stock = [...head.inventory];
  if (head.page_count > 0 && !counted.has("page")) {
    stock.push({ kind: "page", found: head.pages_in_file, read: pages.length });
  }
  if (members.length > 0 && !counted.has("member")) {
    const read = members.filter(({ outcome }) => outcome !== "refused").length;
    stock.push({ kind: "member", found: members.length, read });
  }
  return stock;
}
