import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { isTerminal, type DocumentView } from "../model/document.ts";
import { StoredResult } from "../model/extraction.ts";
import { FORMAT_NAMES, type Format } from "../model/format.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import { composeResult, type DocumentResult } from "../model/result.ts";
import { layoutKey, originalKey, pageImageKey, resultKey, textKey } from "../model/storage-keys.ts";
import type { DocumentRecord, Ports } from "../ports.ts";
import { inflateLayout } from "./layout.ts";
import { sourceOf } from "./parse-step.ts";

type Address = { readonly tenant: TenantId; readonly id: DocumentId };

/**
 * A document's result. Row, children and first run's object are asked for at once, since most documents have
 * one run: one step of latency.
 * @throws AppError not_found, not_ready
 */
export async function readResult(
  ports: Pick<Ports, "blobs" | "documents">,
  { tenant, id }: Address,
): Promise<DocumentResult> {
  const [view, first, children] = await Promise.all([
    ports.documents.view(tenant, id),
    ports.blobs.getText(resultKey(tenant, id, 1)),
    ports.documents.children(tenant, id),
  ]);
  const ended = endedView(view, id);
  if (ended.error) return composeResult(ended, null, children);
  const own = ended.version === "1";
  const text = own ? first : await ports.blobs.getText(resultKey(tenant, id, ended.version));
  if (text === null) throw new AppError("internal", "The result of this document is missing.");
  return composeResult(ended, StoredResult.parse(JSON.parse(text)), children);
}

/** The text that the result's spans lie in. @throws AppError not_found, not_ready */
export async function readText(
  ports: Pick<Ports, "blobs" | "documents">,
  { tenant, id }: Address,
): Promise<string> {
  const [view, first] = await Promise.all([
    ports.documents.view(tenant, id),
    ports.blobs.getText(textKey(tenant, id, 1)),
  ]);
  const ended = endedView(view, id);
  const text = ended.run === 1 ? first : await ports.blobs.getText(textKey(tenant, id, ended.run));
  if (text === null)
    throw new AppError("not_found", `Document ${id} has no text: its run ended without a result.`);
  return text;
}

/** What was parsed, as JSON. @throws AppError not_found, not_ready */
export async function openLayout(
  ports: Pick<Ports, "blobs" | "documents">,
  { tenant, id }: Address,
): Promise<ReadableStream<Uint8Array>> {
  const { run } = endedView(await ports.documents.view(tenant, id), id);
  const object = await ports.blobs.get(layoutKey(tenant, id, run));
  if (object) return inflateLayout(object.body);
  throw new AppError(
    "not_found",
    `Document ${id} has no layout: its run ended without a result, or was answered from one that kept none. Send it for reprocessing.`,
  );
}

/** The original as it was sent. @throws AppError not_found */
export async function openOriginal(
  ports: Pick<Ports, "blobs" | "documents">,
  { tenant, id }: Address,
): Promise<{
  source: ReadableStream<Uint8Array>;
  size: number;
  filename: string;
  contentType: string;
}> {
  const [record, object] = await Promise.all([
    ports.documents.find(tenant, id),
    ports.blobs.get(originalKey(tenant, id)),
  ]);
  if (!record || !object) {
    await object?.body.cancel();
    throw noDocument(id);
  }
  return {
    source: object.body,
    size: object.size,
    filename: record.filename,
    contentType: record.mediaType ?? "application/octet-stream",
  };
}

/** Formats whose pages are pictures, or are drawn as such. All others have their text to show. */
const DRAWN: ReadonlySet<Format> = new Set(["pdf", "png", "jpeg", "webp", "bmp", "gif", "tiff", "heic"]);

/** A page as a PNG; `final` says that the document has ended, so that the picture will not change. */
export interface PagePicture {
  readonly png: Uint8Array;
  readonly final: boolean;
}

/**
 * A page as a PNG, kept in R2 and near its reader once the document has ended.
 * @throws AppError not_found, page_not_found, unsupported_format, payload_too_large
 */
export async function readPageImage(
  ports: Pick<Ports, "blobs" | "documents" | "exclusively" | "pageCache" | "pageImages"> & { config: Config },
  { tenant, id, page, maxSide }: Address & { page: number; maxSide: number },
): Promise<PagePicture> {
  const record = await ports.documents.find(tenant, id);
  if (!record) throw noDocument(id);
  const key = pageImageKey(tenant, id, record.run, page, maxSide);
  const final = isTerminal(record.status);
  const kept = final ? await keptPage(ports, key) : null;
  if (kept) return { png: kept, final };
  const { format } = record;
  if (!format || !DRAWN.has(format)) {
    throw new AppError(
      "unsupported_format",
      `${format ? `${FORMAT_NAMES[format].title} documents have` : "This document has"} no pages to show as images. Ask for the text.`,
    );
  }
  if (record.sizeBytes > ports.config.MAX_PARSE_BYTES) {
    throw new AppError(
      "payload_too_large",
      "The document is too large for its pages to be drawn. Ask for the file.",
    );
  }
  const rotation = final ? await turnOf(ports, record, page) : 0;
  const source = sourceOf(ports.blobs, { ...record, format });
  const png = await ports.exclusively(() => ports.pageImages.png(source, page, maxSide, rotation));
  if (final) await keepPage(ports, record, key, png);
  return { png, final };
}

async function keptPage(ports: Pick<Ports, "blobs" | "pageCache">, key: string): Promise<Uint8Array | null> {
  const near = await ports.pageCache.get(key);
  if (near) return near;
  const stored = await ports.blobs.get(key);
  if (!stored) return null;
  const png = new Uint8Array(await new Response(stored.body).arrayBuffer());
  await ports.pageCache.put(key, png);
  return png;
}

/** Keeps a drawn page, unless its document was deleted meanwhile. */
async function keepPage(
  ports: Pick<Ports, "blobs" | "documents" | "pageCache">,
  { tenant, id }: DocumentRecord,
  key: string,
  png: Uint8Array,
): Promise<void> {
  await Promise.all([ports.blobs.put(key, png, "image/png"), ports.pageCache.put(key, png)]);
  if (!(await ports.documents.find(tenant, id))) await ports.blobs.delete([key]);
}

/** By how many degrees a page's picture has to be turned to stand as it was read; 0 where it was not. */
async function turnOf(
  ports: Pick<Ports, "blobs">,
  { tenant, id, run }: DocumentRecord,
  page: number,
): Promise<number> {
  const text = await ports.blobs.getText(resultKey(tenant, id, run));
  if (text === null) return 0;
  return StoredResult.parse(JSON.parse(text)).pages.find(({ number }) => number === page)?.rotation ?? 0;
}

function endedView(view: DocumentView | null, id: DocumentId): DocumentView {
  if (!view) throw noDocument(id);
  if (isTerminal(view.status)) return view;
  throw new AppError(
    "not_ready",
    `Document ${id} is ${view.status}. Ask again later, or follow its events.`,
    {
      detail: { document_status: view.status },
    },
  );
}

function noDocument(id: DocumentId): AppError {
  return new AppError("not_found", `There is no document ${id}.`);
}
