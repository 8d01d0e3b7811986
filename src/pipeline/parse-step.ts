import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Format } from "../model/format.ts";
import { originalKey } from "../model/storage-keys.ts";
import type { FormatRegistry, OpenedDocument, ParseLimits, ParsePorts } from "../parse/parser.ts";
import type { Blobs, DocumentRecord, DocumentSource, Ocr, Progress } from "../ports.ts";
import { type Assembled, assemble } from "./assemble.ts";
import { type Head, type PartPorts, PartWriter, readPart, type Recorder } from "./parts.ts";
import { openUnpacking, type UnpackPorts } from "./unpack.ts";

/** What a unit costs of a step's budget: OCR takes about 25 times the CPU of a text layer. */
const COST_TEXT = 1;
const COST_OCR = 25;
/** A member is hashed and stored, and its document begun: a few calls, and time by its size. */
const COST_MEMBER = 2;
const COST_MEMBER_MIB = 1;

export interface ParseStepPorts extends UnpackPorts, PartPorts {
  readonly formats: FormatRegistry;
  readonly parse: ParsePorts;
  readonly config: Config;
}

export type ParseStepOutcome =
  | ({ readonly state: "done"; readonly writer: PartWriter } & Assembled)
  | { readonly state: "more"; readonly unitsLeft: number }
  | { readonly state: "fenced" };

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
  return { state: "done", writer, ...(await assemble(ports.blobs, record, writer, ports.config.MAX_WORDS)) };
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
  writer.begin(head);
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

function headOf(opened: OpenedDocument, config: Config): Head {
  return {
    page_count: Math.min(opened.pageCount, config.MAX_PAGES),
    pages_in_file: opened.pageCount,
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
    maxWords: config.MAX_WORDS,
    maxNodes: config.MAX_NODES,
  };
}

/** What the store fails at is not the document's fault, and worth another try: parsers must not take it for damage. */
async function unlessAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("upstream_unavailable", "The store does not answer. Try again in a moment.", {
      cause,
    });
  }
}

function guarded(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await unlessAway(() => reader.read());
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** The original as parsers take it. */
export function sourceOf(blobs: Blobs, record: Subject): DocumentSource {
  const key = originalKey(record.tenant, record.id);
  const missing = () => new AppError("internal", "The original of this document is missing.");
  const stream = async (): Promise<ReadableStream<Uint8Array>> => {
    const object = await unlessAway(() => blobs.get(key));
    if (!object) throw missing();
    return guarded(object.body);
  };
  return {
    size: record.sizeBytes,
    filename: record.filename,
    format: record.format,
    stream,
    range: async (offset, length) => {
      const part = await unlessAway(() => blobs.getRange(key, offset, length));
      if (!part) throw missing();
      return part;
    },
    bytes: async () => new Uint8Array(await new Response(await stream()).arrayBuffer()),
  };
}
