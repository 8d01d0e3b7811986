import { z } from "zod";
import { AppError } from "../errors.ts";
import type { EventDraft } from "../model/event.ts";
import { MessageHeaders } from "../model/message.ts";
import { FormField, Inventory, Member, ParsedPage, Warning } from "../model/parsed.ts";
import { partKey } from "../model/storage-keys.ts";
import { StructuredDocument } from "../model/structured.ts";
import type { Blobs, DocumentRecord, Progress } from "../ports.ts";

/** Text pages are kept in parts of so many, so that one object is neither tiny nor huge. */
const PART_PAGES = 50;
/** Members are told of in parts of so many, which also renew the lease. */
const PART_MEMBERS = 10;

/** What is said of the whole document. */
export const Head = z.object({
  page_count: z.number().int(),
  /** Pages that the file has, read or not. */
  pages_in_file: z.number().int(),
  member_count: z.number().int(),
  form_fields: z.array(FormField),
  structured: z.array(StructuredDocument),
  message: MessageHeaders.nullable(),
  container: z.boolean(),
  inventory: z.array(Inventory),
  metadata: z.record(z.string(), z.string()),
  warnings: z.array(Warning),
});
export type Head = z.infer<typeof Head>;

/** Units as R2 keeps them between steps: the head is unit 0, pages and members follow. */
export const Part = z.object({
  head: Head.nullable(),
  pages: z.array(ParsedPage),
  members: z.array(Member),
  warnings: z.array(Warning),
});
export type Part = z.infer<typeof Part>;

/** Keeps progress and tells the room; false when the claim has been lost. */
export type Recorder = (events: readonly EventDraft[], progress: Progress) => Promise<boolean>;

/** What a writer of parts works with. */
export interface PartPorts {
  readonly blobs: Blobs;
  /** Lets whatever else waits in the isolate have its turn: between pages, since each takes long. */
  readonly breathe: () => Promise<void>;
}

/** Gathers units into parts, writes them to R2 and reports them, in this order. */
export class PartWriter {
  progress: Progress;
  /** Parts that this step wrote, by their first unit. */
  readonly fresh = new Map<number, Part>();
  readonly #ports: PartPorts;
  readonly #record: DocumentRecord;
  readonly #report: Recorder;
  readonly #done: ReadonlySet<number>;
  #pageCount = 0;
  #from: number | null = null;
  #to = 0;
  #part: Part = emptyPart();
  #events: EventDraft[] = [];

  constructor(ports: PartPorts, record: DocumentRecord, progress: Progress, report: Recorder) {
    this.#ports = ports;
    this.#record = record;
    this.#report = report;
    this.progress = progress;
    this.#pageCount = progress.pageCount ?? 0;
    this.#done = new Set(progress.parts.flatMap((part) => range(part.from, part.to)));
  }

  has(unit: number): boolean {
    return this.#done.has(unit);
  }

  /** The head goes with the first part that is written. */
  begin(head: Head): void {
    this.#pageCount = head.page_count;
    if (this.has(0)) return;
    this.#part.head = head;
    this.#extend(0);
    const members = head.member_count > 0 ? { members: head.member_count } : {};
    this.#events.push({
      kind: "parsed",
      data: { pages: head.page_count, pages_in_file: head.pages_in_file, ...members },
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

/** A part as an earlier step wrote it. */
export async function readPart(blobs: Blobs, key: string): Promise<Part> {
  const text = await blobs.getText(key);
  if (text === null) throw new AppError("internal", "A part of the parsed document is missing.");
  return Part.parse(JSON.parse(text));
}

function pageEvent(page: ParsedPage, of: number): EventDraft {
  return {
    kind: "page",
    data: { page: page.number, of, source: page.source, words: page.words.length, language: page.language },
  };
}

/** The numbers from one to another, both included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
