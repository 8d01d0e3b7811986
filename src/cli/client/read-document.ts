import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import { isTerminal } from "../../model/document.ts";
import type { DocumentStatus } from "../../model/document.ts";
import type { DocumentType } from "../../model/extraction.ts";
import type { DocumentResult } from "../../model/result.ts";
import type { Client, Standing } from "./client.ts";

/** What became of one FILE: the line that `docket extract --json` prints for it. */
export interface DocumentLine {
  /** The path as it was given. */
  readonly file: string;
  readonly id: string | null;
  readonly status: DocumentStatus;
  readonly type: DocumentType | null;
  readonly review: DocumentResult["review"];
  /** How likely all of it is right, where the stages were run right here. */
  readonly estimate?: number | null;
  readonly data: DocumentResult["data"] | null;
  readonly evidence: DocumentResult["evidence"];
  readonly checks: DocumentResult["checks"];
  readonly warnings: DocumentResult["warnings"];
  readonly usage: DocumentResult["usage"];
  /** Documents that were found inside this one. */
  readonly children: DocumentResult["children"];
  /** What it contains, and what became of it. */
  readonly members: DocumentResult["members"];
  readonly inventory: DocumentResult["inventory"];
  /** The headers, where it is an e-mail. */
  readonly message: DocumentResult["message"];
  /** The lines of the documents found in it, where they were asked for. */
  readonly documents?: readonly DocumentLine[];
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly text?: string | null;
}

export interface ReadOptions {
  readonly type?: DocumentType | undefined;
  /** An extractor of the user's own. */
  readonly extractor?: string | undefined;
  readonly tags?: readonly string[];
  readonly text: boolean;
  /** Opens protected files. */
  readonly password?: string | undefined;
  /** Whether structured data inside is left aside. */
  readonly pageOnly?: boolean;
  /** Whether a file of several documents is kept whole. */
  readonly keepWhole?: boolean;
  /** Whether the documents found inside are read out too. */
  readonly members?: boolean;
}

const WAIT_SECONDS = 20;
/** Longer than the platform's own deadline for a document. */
const GIVE_UP_MS = 35 * 60_000;

/** Reads one file through the platform. Never throws: whatever goes wrong stands in the line. */
export async function readDocument(
  client: Client,
  file: string,
  options: ReadOptions,
): Promise<DocumentLine> {
  let id: string | null = null;
  try {
    const blob = await openFile(file);
    const sent = await client.upload(blob, basename(file), {
      type: options.type,
      extractor: options.extractor,
      tags: options.tags ?? [],
      password: options.password,
      pageOnly: options.pageOnly,
      keepWhole: options.keepWhole,
      waitSeconds: WAIT_SECONDS,
    });
    id = sent.id;
    await awaitEnd(client, sent);
    await awaitChildren(client, sent.id);
    return await lineOf(client, file, sent.id, options);
  } catch (error) {
    return failedLine(file, id, error);
  }
}

/** The line of a file that could not be read, or whose answer could not be had. */
export function failedLine(file: string, id: string | null, error: unknown): DocumentLine {
  const code = error instanceof AppError ? error.code : "internal";
  return { file, id, status: "failed", ...EMPTY, error: { code, message: messageOf(error) } };
}

const EMPTY = {
  type: null,
  review: null,
  data: null,
  evidence: {},
  checks: [],
  warnings: [],
  usage: null,
  children: [],
  members: [],
  inventory: [],
  message: null,
} satisfies Partial<DocumentLine>;

/** A file as a blob that is streamed from disk. @throws AppError not_found, invalid_request */
async function openFile(file: string): Promise<Blob> {
  try {
    const info = await stat(file);
    if (info.isDirectory()) {
      throw new AppError("invalid_request", `${file} is a folder; name the files in it`);
    }
    if (!info.isFile()) throw new AppError("invalid_request", `${file} is not a regular file`);
    return await openAsBlob(file);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") throw new AppError("not_found", `there is no file ${file}`);
    throw new AppError("invalid_request", `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function awaitEnd(client: Client, sent: Standing): Promise<void> {
  const endMs = Date.now() + GIVE_UP_MS;
  let { status } = sent;
  for (let pauseMs = 100; !isTerminal(status); pauseMs = Math.min(1_500, pauseMs * 1.4)) {
    if (Date.now() > endMs) {
      throw new AppError(
        "deadline_exceeded",
        `${sent.id} is still ${status}; ask later: docket watch ${sent.id}`,
      );
    }
    await delay(pauseMs);
    ({ status } = await client.standing(sent.id));
  }
}

/** Waits until everything that came out of a document has ended, over all levels. */
async function awaitChildren(client: Client, id: string): Promise<void> {
  const { children } = await client.result(id);
  for (const child of children) {
    await awaitEnd(client, child);
    await awaitChildren(client, child.id);
  }
}

/** An ended document as a line. */
export async function lineOf(
  client: Client,
  file: string,
  id: string,
  options: Pick<ReadOptions, "text" | "members">,
): Promise<DocumentLine> {
  const result = await client.result(id);
  const hasText = result.status === "completed" || result.status === "partial";
  return {
    file,
    id,
    status: result.status,
    type: result.type,
    review: result.review,
    data: hasText ? result.data : null,
    evidence: result.evidence,
    checks: result.checks,
    warnings: result.warnings,
    usage: result.usage,
    children: result.children,
    members: result.members,
    inventory: result.inventory,
    message: result.message,
    error: result.error,
    ...(options.members === true && result.children.length > 0
      ? { documents: await linesInside(client, file, result.children, options) }
      : {}),
    ...(options.text ? { text: hasText ? await client.text(id) : null } : {}),
  };
}

async function linesInside(
  client: Client,
  file: string,
  children: DocumentResult["children"],
  options: Pick<ReadOptions, "text" | "members">,
): Promise<DocumentLine[]> {
  const lines: DocumentLine[] = [];
  for (const child of children) {
    lines.push(await lineOf(client, `${file}/${child.file}`, child.id, options));
  }
  return lines;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reads many files, `concurrency` at a time; `onLine` gets each line in the order of the files. */
export async function readDocuments(
  client: Client,
  files: readonly string[],
  options: ReadOptions & { readonly concurrency: number },
  onLine: (line: DocumentLine, index: number) => Promise<void>,
  onRead: (file: string) => void = () => undefined,
): Promise<void> {
  const waiting = new Map<number, DocumentLine>();
  let next = 0;
  let toPrint = 0;
  let printing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    for (let line = waiting.get(toPrint); line !== undefined; line = waiting.get(toPrint)) {
      waiting.delete(toPrint);
      toPrint += 1;
      await onLine(line, toPrint - 1);
    }
  };
  const reader = async (): Promise<void> => {
    while (next < files.length) {
      const index = next;
      next += 1;
      const file = files[index] ?? "";
      waiting.set(index, await readDocument(client, file, options));
      onRead(file);
      printing = printing.then(flush);
      await printing;
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, files.length) }, reader));
  await printing;
}
