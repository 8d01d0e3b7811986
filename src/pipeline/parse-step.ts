import { z } from "zod";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { EventDraft } from "../model/event.ts";
import type { Format } from "../model/format.ts";
import { MessageHeaders } from "../model/message.ts";
import { FormField, Inventory, Member, ParsedPage, Warning, type ParsedDocument } from "../model/parsed.ts";
import { StructuredDocument } from "../model/structured.ts";
import { originalKey, partKey } from "../model/storage-keys.ts";
import type { FormatRegistry, OpenedDocument, ParseLimits, ParsePorts } from "../parse/parser.ts";
import type { Blobs, DocumentRecord, DocumentSource, Ocr, Progress } from "../ports.ts";
import { openUnpacking, type UnpackPorts } from "./unpack.ts";

/** What a unit costs of a step's budget: OCR takes about 25 times the CPU of a text layer. */
const COST_TEXT = 1;
const COST_OCR = 25;
/** A member is hashed and stored, and its document begun: a few calls, and time by its size. */
const COST_MEMBER = 2;
const COST_MEMBER_MIB = 1;
/** Text pages are kept in parts of so many, so that one object is neither tiny nor huge. */
const PART_PAGES = 50;
/** Members are told of in parts of so many, which also renew the lease. */
const PART_MEMBERS = 10;

const Head = z.object({
  page_count: z.number().int(),
  member_count: z.number().int(),
  form_fields: z.array(FormField),
  structured: z.array(StructuredDocument),
  message: MessageHeaders.nullable(),
  container: z.boolean(),
  inventory: z.array(Inventory),
  metadata: z.record(z.string(), z.string()),
  warnings: z.array(Warning),
});
type Head = z.infer<typeof Head>;

/** Units as R2 keeps them between steps: the head is unit 0, pages and members follow. */
const Part = z.object({
  head: Head.nullable(),
  pages: z.array(ParsedPage),
  members: z.array(Member),
  warnings: z.array(Warning),
});
type Part = z.infer<typeof Part>;

export interface ParseStepPorts extends UnpackPorts {
  readonly blobs: Blobs;
  readonly formats: FormatRegistry;
  readonly parse: ParsePorts;
  readonly config: Config;
  /** Lets whatever else waits in the isolate have its turn: between pages, since each takes long. */
  readonly breathe: () => Promise<void>;
}

export type ParseStepOutcome =
  | { readonly state: "done"; readonly parsed: ParsedDocument; readonly ocrPages: number }
  | { readonly state: "more"; readonly unitsLeft: number }
  | { readonly state: "fenced" };

/** Keeps progress and tells the room; false when the claim has been lost. */
export type Recorder = (events: readonly EventDraft[], progress: Progress) => Promise<boolean>;

type Subject = DocumentRecord & { readonly format: Format };

/**
 * Reads as many pages and members as the step's budget allows, keeping every part in R2 before it is reported.
 * What lies in a part is never read again.
 * @throws AppError when the document cannot be opened
 */
export async function parseStep(
  ports: ParseStepPorts,
  record: Subject,
  progress: Progress,
  password: string | undefined,
  report: Recorder,
): Promise<ParseStepOutcome> {
  const writer = new PartWriter(ports, record, progress, report);
  if (!(await isComplete(ports.blobs, progress))) {
    const { load } = ports.formats[record.format];
    const ocr = countReadings(ports.parse.ocr);
    const source = sourceOf(ports.blobs, record);
    const secret = password === undefined ? {} : { password };
    const options = { limits: limitsOf(ports.config), ...secret };
    const opened = await (await load()).open(source, { ...ports.parse, ocr }, options);
    try {
      const outcome = await readUnits(ports, record, opened, { ocr, password, writer });
      if (outcome !== "read") return outcome;
    } finally {
      opened.close();
    }
  }
  return assemble(ports.blobs, record, writer, ports.config.MAX_WORDS);
}

/** Whether every unit lies in a part; the head says how many there are. */
async function isComplete(blobs: Blobs, { pageCount, parts }: Progress): Promise<boolean> {
  const first = parts.find((part) => part.from === 0);
  const done = parts.reduce((sum, part) => sum + part.to - part.from + 1, 0);
  if (pageCount === null || !first || done < 1 + pageCount) return false;
  const { head } = await readPart(blobs, first.key);
  return head !== null && done >= 1 + head.page_count + head.member_count;
}

interface Reading {
  readonly ocr: { readonly readings: () => number };
  readonly password: string | undefined;
  readonly writer: PartWriter;
}

async function readUnits(
  ports: ParseStepPorts,
  record: Subject,
  opened: OpenedDocument,
  { ocr, password, writer }: Reading,
): Promise<"read" | Extract<ParseStepOutcome, { state: "more" | "fenced" }>> {
  const head = headOf(opened, ports.config);
  const last = head.page_count + head.member_count;
  let budget = ports.config.STEP_BUDGET;
  writer.begin(head, opened.pageCount);
  const unpack = head.member_count > 0 ? await openUnpacking(ports, record, opened, password) : null;
  for (let unit = 1; unit <= last; unit += 1) {
    if (writer.has(unit)) {
      if (!(await writer.flush())) return { state: "fenced" };
      continue;
    }
    if (budget <= 0) {
      if (!(await writer.flush())) return { state: "fenced" };
      return { state: "more", unitsLeft: last - unit + 1 };
    }
    if (unit <= head.page_count) {
      const before = ocr.readings();
      const { page, warnings } = await opened.readPage(unit);
      const hard = ocr.readings() > before;
      budget -= hard ? COST_OCR : COST_TEXT;
      if (!(await writer.addPage(page, warnings, hard))) return { state: "fenced" };
    } else if (unpack) {
      const { member, bytes } = await unpack(unit - head.page_count - 1);
      budget -= COST_MEMBER + (COST_MEMBER_MIB * bytes) / 2 ** 20;
      if (!(await writer.addMember(unit, member))) return { state: "fenced" };
    }
  }
  return (await writer.flush()) ? "read" : { state: "fenced" };
}

/** Gathers units into parts, writes them to R2 and reports them, in this order. */
class PartWriter {
  progress: Progress;
  /** Parts that this step wrote, by their first unit. */
  readonly fresh = new Map<number, Part>();
  readonly #ports: ParseStepPorts;
  readonly #record: Subject;
  readonly #report: Recorder;
  readonly #done: ReadonlySet<number>;
  #pageCount = 0;
  #from: number | null = null;
  #to = 0;
  #part: Part = emptyPart();
  #events: EventDraft[] = [];

  constructor(ports: ParseStepPorts, record: Subject, progress: Progress, report: Recorder) {
    this.#ports = ports;
    this.#record = record;
    this.#report = report;
    this.progress = progress;
    this.#done = new Set(progress.parts.flatMap((part) => range(part.from, part.to)));
  }

  has(unit: number): boolean {
    return this.#done.has(unit);
  }

  /** The head goes with the first part that is written. */
  begin(head: Head, pagesInFile: number): void {
    this.#pageCount = head.page_count;
    if (this.has(0)) return;
    this.#part.head = head;
    this.#extend(0);
    const members = head.member_count > 0 ? { members: head.member_count } : {};
    this.#events.push({
      kind: "parsed",
      data: { pages: head.page_count, pages_in_file: pagesInFile, ...members },
    });
  }

  async addPage(page: ParsedPage, warnings: readonly Warning[], hard: boolean): Promise<boolean> {
    this.#part.pages.push(page);
    this.#part.warnings.push(...warnings);
    this.#extend(page.number);
    this.#events.push(pageEvent(page, this.#pageCount));
    return hard || this.#part.pages.length >= PART_PAGES ? this.flush() : true;
  }

  async addMember(unit: number, member: Member): Promise<boolean> {
    this.#part.members.push(member);
    this.#extend(unit);
    const { path, outcome, document_id, reason } = member;
    this.#events.push({ kind: "member", data: { path, outcome, document_id, reason } });
    return this.#part.members.length >= PART_MEMBERS ? this.flush() : true;
  }

  /** Writes what waits; false when the claim has been lost. */
  async flush(): Promise<boolean> {
    const from = this.#from;
    if (from === null) return true;
    const { tenant, id, run } = this.#record;
    const [to, part, events] = [this.#to, this.#part, this.#events];
    this.#from = null;
    this.#part = emptyPart();
    this.#events = [];
    const key = partKey(tenant, id, run, from, to);
    await this.#ports.blobs.put(key, JSON.stringify(part), "application/json");
    this.fresh.set(from, part);
    this.progress = { pageCount: this.#pageCount, parts: [...this.progress.parts, { from, to, key }] };
    const reported = await this.#report(events, this.progress);
    await this.#ports.breathe();
    return reported;
  }

  #extend(unit: number): void {
    this.#from ??= unit;
    this.#to = unit;
  }
}

function emptyPart(): Part {
  return { head: null, pages: [], members: [], warnings: [] };
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
  record: Subject,
  { progress, fresh }: PartWriter,
  maxWords: number,
): Promise<ParseStepOutcome> {
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
  const { page_count: pageCount, member_count: _, ...rest } = head;
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
  return { state: "done", parsed, ocrPages: pages.filter((page) => page.source === "ocr").length };
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
    stock.push({ kind: "page", found: head.page_count, read: pages.length });
  }
  if (members.length > 0 && !counted.has("member")) {
    const read = members.filter(({ outcome }) => outcome !== "refused").length;
    stock.push({ kind: "member", found: members.length, read });
  }
  return stock;
}

async function readPart(blobs: Blobs, key: string): Promise<Part> {
  const text = await blobs.getText(key);
  if (text === null) throw new AppError("internal", "A part of the parsed document is missing.");
  return Part.parse(JSON.parse(text));
}

function headOf(opened: OpenedDocument, config: Config): Head {
  return {
    page_count: Math.min(opened.pageCount, config.MAX_PAGES),
    member_count: opened.members?.length ?? 0,
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
export function sourceOf(blobs: Blobs, record: Subject): DocumentSource {
  const key = originalKey(record.tenant, record.id);
  const missing = () => new AppError("internal", "The original of this document is missing.");
  const stream = async (): Promise<ReadableStream<Uint8Array>> => {
    const object = await blobs.get(key);
    if (!object) throw missing();
    return object.body;
  };
  return {
    size: record.sizeBytes,
    filename: record.filename,
    format: record.format,
    stream,
    range: async (offset, length) => {
      const part = await blobs.getRange(key, offset, length);
      if (!part) throw missing();
      return part;
    },
    bytes: async () => new Uint8Array(await new Response(await stream()).arrayBuffer()),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
