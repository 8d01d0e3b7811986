import { AppError, isRetryable } from "../errors.ts";
import type { Classification } from "../model/extraction.ts";
import type { Format } from "../model/format.ts";
import type { Member, ParsedDocument, Warning } from "../model/parsed.ts";
import type { DocumentRecord, OpenedCopies, PageCopies } from "../ports.ts";
import type { Assembled } from "./assemble.ts";
import { assemble } from "./assemble.ts";
import { sourceOf } from "./parse-step.ts";
import type { PartPorts, PartWriter } from "./parts.ts";
import { openAdmission, type UnpackPorts } from "./unpack.ts";

/** One document of several in a file, as the stage finds it: its pages, how sure its beginning is, and why. */
interface SplitPart {
  readonly from: number;
  readonly to: number;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** The documents that a file's pages are, in order, and the blank pages that belong to none. */
export interface Split {
  readonly parts: readonly SplitPart[];
  readonly blank: readonly number[];
}

export interface SplitPorts extends UnpackPorts, PartPorts {
  readonly pageCopies: PageCopies;
  readonly stages: { readonly split: (parsed: ParsedDocument) => Split };
}

/** What became of a file that may hold several documents. */
export type SplitOutcome =
  | { readonly state: "whole"; readonly warnings: readonly Warning[] }
  | { readonly state: "split"; readonly classification: Classification; readonly assembled: Assembled }
  | { readonly state: "more" | "fenced" };

type Subject = DocumentRecord & { readonly format: Format };

/** Formats whose pages can be copied out. */
const COPIED: ReadonlySet<Format> = new Set(["pdf", "tiff"]);
/** A file stands in memory beside the copy of its pages: larger ones are kept whole. */
const MAX_SPLIT_BYTES = 32 * 1024 * 1024;
/** Parts that are made in one step: each is copied, hashed, stored and begun. */
const PARTS_A_STEP = 25;

/**
 * Makes each document of a file of several a document of its own, with a file of its pages. Parts are units like
 * members: kept in R2 before they are reported, and never made twice. What cannot be taken apart stays whole, and a
 * warning says why.
 */
export async function splitStep(
  ports: SplitPorts,
  record: Subject,
  { parsed, writer }: { readonly parsed: ParsedDocument; readonly writer: PartWriter },
  isLocked: boolean,
): Promise<SplitOutcome> {
  const whole: SplitOutcome = { state: "whole", warnings: [] };
  if (record.options.split === "never" || !COPIED.has(record.format) || parsed.page_count < 2) return whole;
  const split = ports.stages.split(parsed);
  if (split.parts.length < 2) return whole;
  if (isLocked) return unsplit(split, "it is protected, and copies of its pages would lie open");
  if (record.sizeBytes > MAX_SPLIT_BYTES)
    return unsplit(split, `it has more than the ${MAX_SPLIT_BYTES} bytes that are taken apart`);
  try {
    const state = await makeParts(ports, record, split, parsed, writer);
    if (state !== "made") return { state };
  } catch (error) {
    if (!(error instanceof AppError) || isRetryable(error)) throw error;
    return unsplit(split, `its pages cannot be copied (${error.code})`);
  }
  const assembled = await assemble(ports.blobs, record, writer, ports.config.MAX_WORDS);
  return { state: "split", classification: describeSplit(split), assembled };
}

/** Reasons that are given for one beginning. */
const REASONS = 3;
/** Beginnings that are explained; the members name all of them. */
const EXPLAINED = 20;

/** What the file is: a container of these documents, as sure as its least sure cut. */
function describeSplit({ parts }: Split): Classification {
  const score = Math.min(...parts.map((part) => part.score));
  const begins = parts
    .slice(1, EXPLAINED)
    .map(({ from, reasons }) => `page ${from} begins one: ${reasons.slice(0, REASONS).join("; ")}`);
  return {
    type: "archive",
    score,
    scores: { archive: score },
    reasons: [`holds ${parts.length} documents`, ...begins],
  };
}

function unsplit({ parts }: Split, why: string): SplitOutcome {
  const ranges = parts.map(({ from, to }) => rangeName(from, to)).join(", ");
  const message = `The file seems to hold ${parts.length} documents (${ranges}), but was not split: ${why}. Send them one by one.`;
  return { state: "whole", warnings: [{ code: "not_split", message }] };
}

/** A stretch of the file's pages: a document of its own, or blank. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly blank: boolean;
}

async function makeParts(
  ports: SplitPorts,
  record: Subject,
  { parts, blank }: Split,
  parsed: ParsedDocument,
  writer: PartWriter,
): Promise<"made" | "more" | "fenced"> {
  const stretches: Stretch[] = [
    ...parts.map(({ from, to }) => ({ from, to, blank: false })),
    ...blank.map((page) => ({ from: page, to: page, blank: true })),
  ].sort((a, b) => a.from - b.from);
  // Members of the file itself (a PDF's attachments) were units before these.
  const inside = parsed.members.filter(({ pages }) => pages === undefined).length;
  const unitOf = (index: number): number => parsed.page_count + inside + 1 + index;
  if (stretches.every((_, index) => writer.has(unitOf(index)))) return "made";
  const copies = await ports.pageCopies.open(sourceOf(ports.blobs, record));
  try {
    const adoptPart = await openAdopting(ports, record, copies, parts.length);
    let made = 0;
    for (const [index, stretch] of stretches.entries()) {
      if (writer.has(unitOf(index))) continue;
      if (made >= PARTS_A_STEP) return (await writer.flush()) ? "more" : "fenced";
      const member = stretch.blank ? blankMember(stretch) : await adoptPart(stretch, index);
      if (!stretch.blank) made += 1;
      if (!(await writer.addMember(unitOf(index), member))) return "fenced";
    }
    return (await writer.flush()) ? "made" : "fenced";
  } finally {
    copies.close();
  }
}

/** Gives what makes a stretch a document: a part that is refused is listed with the reason, its siblings are read. */
async function openAdopting(
  ports: SplitPorts,
  parent: Subject,
  copies: OpenedCopies,
  count: number,
): Promise<(stretch: Stretch, index: number) => Promise<Member>> {
  const admission = await openAdmission(ports, parent, count);
  const stem = parent.filename.replace(/\.[a-z0-9]{2,4}$/i, "");
  return async ({ from, to }, index) => {
    const path = rangeName(from, to);
    const listed = { path, media_type: copies.mediaType, pages: [from, to] as [number, number] };
    try {
      const bytes = await copies.copy(from, to);
      const made = await ports.adopt({
        parent,
        index,
        path,
        filename: `${stem} (${path})${copies.ending}`,
        isPart: true,
        admit: () => admission.admit(bytes.length),
        open: async () => new Blob([bytes.slice()]).stream(),
        maxBytes: admission.maxBytes(),
        priority: admission.priority,
        inheritsType: true,
        password: undefined,
      });
      if (made.created) admission.count(made.size);
      return { ...listed, size_bytes: made.size, outcome: "document", document_id: made.id, reason: null };
    } catch (error) {
      if (!(error instanceof AppError) || isRetryable(error)) throw error;
      const reason = { code: error.code, message: error.message };
      return { ...listed, size_bytes: null, outcome: "refused", document_id: null, reason };
    }
  };
}

function blankMember({ from, to }: Stretch): Member {
  return {
    path: rangeName(from, to),
    media_type: null,
    size_bytes: null,
    pages: [from, to],
    outcome: "set_aside",
    document_id: null,
    reason: { code: "blank_page", message: "It is blank and stands between two documents." },
  };
}

/** A stretch of pages by name, as its member's path: `page 3`, `pages 3-5`. */
function rangeName(from: number, to: number): string {
  return from === to ? `page ${from}` : `pages ${from}-${to}`;
}
