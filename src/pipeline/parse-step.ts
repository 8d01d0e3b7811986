import { z } from "zod";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { EventDraft } from "../model/event.ts";
import { MessageHeaders } from "../model/message.ts";
import { FormField, Inventory, ParsedPage, Warning, type ParsedDocument } from "../model/parsed.ts";
import { StructuredDocument } from "../model/structured.ts";
import { originalKey, partKey } from "../model/storage-keys.ts";
import type { FormatRegistry, OpenedDocument, ParseLimits, ParsePorts } from "../parse/parser.ts";
import type { Format } from "../model/format.ts";
import type { Blobs, DocumentRecord, DocumentSource, Ocr, Progress } from "../ports.ts";

/** What a page costs of a step's budget: OCR takes about 25 times the CPU of a text layer. */
const COST_TEXT = 1;
const COST_OCR = 25;
/** Text pages are kept in parts of so many, so that one object is neither tiny nor huge. */
const PART_PAGES = 50;

const Head = z.object({
  form_fields: z.array(FormField),
  structured: z.array(StructuredDocument),
  message: MessageHeaders.nullable(),
  container: z.boolean(),
  inventory: z.array(Inventory),
  metadata: z.record(z.string(), z.string()),
  warnings: z.array(Warning),
});
type Head = z.infer<typeof Head>;

/** Pages as R2 keeps them between steps. The part that begins with page 1 carries what is said of the whole document. */
const Part = z.object({ head: Head.nullable(), pages: z.array(ParsedPage), warnings: z.array(Warning) });
type Part = z.infer<typeof Part>;

export interface ParseStepPorts {
  readonly blobs: Blobs;
  readonly formats: FormatRegistry;
  readonly parse: ParsePorts;
  readonly config: Config;
  /** Lets whatever else waits in the isolate have its turn: between pages, since each takes long. */
  readonly breathe: () => Promise<void>;
}

export type ParseStepOutcome =
  | { readonly state: "done"; readonly parsed: ParsedDocument; readonly ocrPages: number }
  | { readonly state: "more"; readonly pagesLeft: number }
  | { readonly state: "fenced" };

/** Keeps progress and tells the room; false when the claim has been lost. */
export type Recorder = (events: readonly EventDraft[], progress: Progress) => Promise<boolean>;

/**
 * Reads as many pages as the step's budget allows, keeping every part in R2 before it is reported.
 * A page that lies in a part is never read again.
 * @throws AppError when the document cannot be opened
 */
export async function parseStep(
  ports: ParseStepPorts,
  record: DocumentRecord & { format: Format },
  progress: Progress,
  report: Recorder,
): Promise<ParseStepOutcome> {
  const done = new Set(progress.parts.flatMap((part) => range(part.from, part.to)));
  const fresh = new Map<number, Part>();
  let reported = progress;
  if (progress.pageCount === null || done.size < progress.pageCount) {
    const parser = await ports.formats[record.format].load();
    const source = sourceOf(ports.blobs, record);
    const ocr = countReadings(ports.parse.ocr);
    const opened = await parser.open(source, { ...ports.parse, ocr }, { limits: limitsOf(ports.config) });
    try {
      const outcome = await readPages(ports, record, opened, ocr, done, fresh, progress, report);
      if (outcome.state !== "read") return outcome;
      reported = outcome.progress;
    } finally {
      opened.close();
    }
  }
  return assemble(ports.blobs, record, reported, fresh, ports.config.MAX_WORDS);
}

async function readPages(
  ports: ParseStepPorts,
  record: DocumentRecord,
  opened: OpenedDocument,
  ocr: { readonly readings: () => number },
  done: ReadonlySet<number>,
  fresh: Map<number, Part>,
  progress: Progress,
  report: Recorder,
): Promise<ParseStepOutcome | { state: "read"; progress: Progress }> {
  const pageCount = Math.min(opened.pageCount, ports.config.MAX_PAGES);
  let current: Progress = { pageCount, parts: progress.parts };
  let budget = ports.config.STEP_BUDGET;
  let waiting: { pages: ParsedPage[]; warnings: Warning[] } = { pages: [], warnings: [] };
  const opening: EventDraft[] =
    progress.pageCount === null
      ? [{ kind: "parsed", data: { pages: pageCount, pages_in_file: opened.pageCount } }]
      : [];

  const flush = async (): Promise<boolean> => {
    const first = waiting.pages[0];
    const last = waiting.pages.at(-1);
    if (!first || !last) return opening.length === 0 || report(opening.splice(0), current);
    const part: Part = {
      head: first.number === 1 ? headOf(opened) : null,
      pages: waiting.pages,
      warnings: waiting.warnings,
    };
    const key = partKey(record.tenant, record.id, record.run, first.number, last.number);
    await ports.blobs.put(key, JSON.stringify(part), "application/json");
    fresh.set(first.number, part);
    current = { pageCount, parts: [...current.parts, { from: first.number, to: last.number, key }] };
    const events = [...opening.splice(0), ...waiting.pages.map((page) => pageEvent(page, pageCount))];
    waiting = { pages: [], warnings: [] };
    const reported = await report(events, current);
    await ports.breathe();
    return reported;
  };

  for (let number = 1; number <= pageCount; number += 1) {
    if (done.has(number)) {
      if (!(await flush())) return { state: "fenced" };
      continue;
    }
    if (budget <= 0) {
      if (!(await flush())) return { state: "fenced" };
      return { state: "more", pagesLeft: pageCount - number + 1 };
    }
    const before = ocr.readings();
    const { page, warnings } = await opened.readPage(number);
    const hard = ocr.readings() > before;
    waiting.pages.push(page);
    waiting.warnings.push(...warnings);
    budget -= hard ? COST_OCR : COST_TEXT;
    const full = waiting.pages.length >= PART_PAGES || hard;
    if (full && !(await flush())) return { state: "fenced" };
  }
  if (!(await flush())) return { state: "fenced" };
  return { state: "read", progress: current };
}

/** OCR that says how often it was asked: a page that it could not help has still cost its seconds. */
function countReadings(ocr: Ocr): Ocr & { readonly readings: () => number } {
  let readings = 0;
  return {
    readings: () => readings,
    read: (image) => {
      readings += 1;
      return ocr.read(image);
    },
  };
}

async function assemble(
  blobs: Blobs,
  record: DocumentRecord & { format: Format },
  progress: Progress,
  fresh: ReadonlyMap<number, Part>,
  maxWords: number,
): Promise<ParseStepOutcome> {
  const pages: ParsedPage[] = [];
  const warnings: Warning[] = [];
  let head: Head = {
    form_fields: [],
    structured: [],
    message: null,
    container: false,
    inventory: [],
    metadata: {},
    warnings: [],
  };
  let words = 0;
  for (const { from, key } of [...progress.parts].sort((a, b) => a.from - b.from)) {
    const part = fresh.get(from) ?? (await readPart(blobs, key));
    words += part.pages.reduce((sum, page) => sum + page.words.length, 0);
    if (words > maxWords && pages.length > 0) {
      warnings.push({
        code: "pages_over_limit",
        message: `Pages from ${from} on were left out: the document has more than the ${maxWords} words that are understood at once. Split it.`,
      });
      break;
    }
    pages.push(...part.pages);
    warnings.push(...part.warnings);
    if (part.head) head = part.head;
  }
  const pageCount = progress.pageCount ?? 0;
  const read = new Set(pages.map((page) => page.number));
  const last = words > maxWords ? (pages.at(-1)?.number ?? 0) : pageCount;
  const missing = range(1, last).filter((number) => !read.has(number));
  if (missing.length > 0) {
    warnings.push({ code: "pages_missing", message: `Pages that were not read: ${missing.join(", ")}.` });
  }
  const parsed: ParsedDocument = {
    format: record.format,
    page_count: pageCount,
    pages,
    form_fields: head.form_fields,
    structured: head.structured,
    message: head.message,
    container: head.container,
    members: [],
    inventory: head.inventory,
    metadata: head.metadata,
    warnings: [...head.warnings, ...warnings],
  };
  return { state: "done", parsed, ocrPages: pages.filter((page) => page.source === "ocr").length };
}

async function readPart(blobs: Blobs, key: string): Promise<Part> {
  const text = await blobs.getText(key);
  if (text === null) throw new AppError("internal", "A part of the parsed document is missing.");
  return Part.parse(JSON.parse(text));
}

function headOf(opened: OpenedDocument): Head {
  return {
    form_fields: [...(opened.formFields ?? [])],
    structured: [...(opened.structured ?? [])],
    message: opened.message ?? null,
    container: opened.container ?? false,
    inventory: [...(opened.inventory ?? [])],
    metadata: { ...opened.metadata },
    warnings: [...opened.warnings],
  };
}

function pageEvent(page: ParsedPage, of: number): EventDraft {
  return {
    kind: "page",
    data: { page: page.number, of, source: page.source, words: page.words.length, language: page.language },
  };
}

/** What the configuration allows one document. */
export function limitsOf(config: Config): ParseLimits {
  return {
    maxPages: config.MAX_PAGES,
    maxBytes: config.MAX_PARSE_BYTES,
    maxPixels: config.MAX_PIXELS,
    ocrMaxSide: config.OCR_MAX_SIDE,
    maxTextBytes: config.MAX_TEXT_BYTES,
    maxPartBytes: config.MAX_PART_BYTES,
    maxUnpackedBytes: config.MAX_UNPACKED_BYTES,
    maxRatio: config.MAX_RATIO,
    maxMembers: config.MAX_MEMBERS,
    maxDepth: config.MAX_DEPTH,
    maxNodes: config.MAX_NODES,
  };
}

/** The original as parsers take it. */
export function sourceOf(blobs: Blobs, record: DocumentRecord & { format: Format }): DocumentSource {
  const key = originalKey(record.tenant, record.id);
  const stream = async (): Promise<ReadableStream<Uint8Array>> => {
    const object = await blobs.get(key);
    if (!object) throw new AppError("internal", "The original of this document is missing.");
    return object.body;
  };
  return {
    size: record.sizeBytes,
    filename: record.filename,
    format: record.format,
    stream,
    range: async (offset, length) => {
      const part = await blobs.getRange(key, offset, length);
      if (!part) throw new AppError("internal", "The original of this document is missing.");
      return part;
    },
    bytes: async () => new Uint8Array(await new Response(await stream()).arrayBuffer()),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
