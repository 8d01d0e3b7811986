import { AppError } from "../../errors.ts";
import type { FormField, Warning } from "../../model/parsed.ts";
import type { DocumentSource, PdfAttachment, PdfHandle, PdfPageText, Raster } from "../../ports.ts";
import { type AttachmentPlace, listAttachments, readAttachmentBytes } from "./attachments.ts";
import { copyPages, isProtected } from "./copy-pages.ts";
import { disarmPatterns } from "./disarm.ts";
import { listFields } from "./fields.ts";
import { damaged, guard } from "./guard.ts";
import { closeForm, flatten, type Form, hasPrintedAnnotations, openForm } from "./form.ts";
import type { PdfiumInstance } from "./instance.ts";
import { readPageLabels } from "./labels.ts";
import { readMetadata } from "./metadata.ts";
import { readPageText, renderPage } from "./page.ts";
import type { PdfiumPool } from "./pdfium.ts";
import { describeNotes } from "./notes.ts";
import { readStructure, type Structure } from "./structure/read-structure.ts";
import { readFormData } from "./xfa.ts";

/** How often one document may bring pdfium down before it is given up. */
const MAX_RESTARTS = 8;

/** Labels are asked for so many pages. */
const MAX_LABELS = 2_000;

/** FPDF_GetLastError of fpdfview.h. */
const LOAD_ERROR = { password: 4, security: 5 } as const;

/** A document that pdfium has open, and the memory that holds its bytes. */
interface Session {
  readonly pdfium: PdfiumInstance;
  readonly document: number;
  readonly bytes: number;
  readonly length: number;
  readonly form: Form | null;
  /** Whether tiling patterns may be drawn. */
  readonly patterned: boolean;
  /** Pages whose annotations have been drawn into their content. */
  readonly flattened: Set<number>;
}

/** One PDF. What brings pdfium down costs the page at hand: the document is opened again for the next one. */
export class PdfiumDocument implements PdfHandle {
  pageCount = 0;
  repaired = false;
  metadata: Readonly<Record<string, string>> = {};
  formFields: readonly FormField[] = [];
  attachments: readonly PdfAttachment[] = [];
  pageLabels: readonly (string | null)[] = [];
  remarks: readonly Warning[] = [];
  formData: Uint8Array | undefined = undefined;
  #places: readonly AttachmentPlace[] = [];
  #hiddenLayers: ReadonlySet<string> = new Set();
  readonly #source: DocumentSource;
  readonly #password: string | undefined;
  readonly #pool: PdfiumPool;
  readonly #loadWriter: () => Promise<WebAssembly.Module>;
  #session: Session | null = null;
  #restarts = 0;
  #closed = false;

  constructor(
    source: DocumentSource,
    password: string | undefined,
    pool: PdfiumPool,
    loadWriter: () => Promise<WebAssembly.Module>,
  ) {
    this.#source = source;
    this.#password = password;
    this.#pool = pool;
    this.#loadWriter = loadWriter;
  }

  /** Opens the document. @throws AppError file_damaged, password_required, password_incorrect */
  async start(): Promise<void> {
    const session = await this.#open();
    const { pdfium, document } = session;
    try {
      guard(pdfium, () => {
        this.pageCount = pdfium.exports.FPDF_GetPageCount(document);
        this.repaired = pdfium.exports.FPDF_DocumentHasValidCrossReferenceTable(document) === 0;
        this.metadata = readMetadata(pdfium, document);
        this.pageLabels = readPageLabels(pdfium, document, this.pageCount, MAX_LABELS);
        this.#describe(
          session,
          readStructure(() => bytesOf(session)),
        );
      });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Takes in what stands beside the pages: files, fields, notes, layers. */
  #describe(session: Session, structure: Structure): void {
    const { pdfium, document, form, flattened } = session;
    const attachments = listAttachments(pdfium, document, structure);
    this.attachments = attachments.described;
    this.#places = attachments.places;
    this.#hiddenLayers = structure.hiddenLayers;
    const source = { pdfium, document, form, pageCount: this.pageCount, flattened };
    const { fields, remarks } = listFields(source, structure);
    const notes = describeNotes(structure.notes);
    this.formFields = fields;
    this.metadata = { ...this.metadata, ...notes.metadata };
    this.remarks = [...structure.remarks, ...remarks, ...notes.remarks];
    const data = readFormData(pdfium, document);
    if (data) this.formData = data;
  }

  readonly readAttachment = async (index: number, maxBytes: number): Promise<Uint8Array> => {
    const place = this.#places[index];
    if (!place) throw new AppError("file_damaged", `The PDF has no file ${index + 1} inside it.`);
    const session = await this.#open();
    const { pdfium, document } = session;
    return readAttachmentBytes({ pdfium, document, file: () => bytesOf(session) }, place, maxBytes);
  };

  readonly readText = (page: number): Promise<PdfPageText> =>
    this.#withPage(page, (pdfium, handle, { patterned }) =>
      readPageText(pdfium, handle, { patterned, hiddenLayers: this.#hiddenLayers }),
    );

  readonly render = (page: number, options: { maxSide: number; color: boolean }): Promise<Raster> =>
    this.#withPage(page, (pdfium, handle, { patterned }) =>
      renderPage(pdfium, handle, { ...options, patterned }),
    );

  readonly copyPages = async (pages: readonly number[], maxBytes: number): Promise<Uint8Array> => {
    const writer = await this.#loadWriter();
    const { pdfium, document } = await this.#open();
    if (isProtected(pdfium, document)) {
      throw new AppError("unsafe_content", "The PDF is protected: copies of its pages would lie open.");
    }
    return copyPages(pdfium, document, pages, { writer, maxBytes });
  };

  readonly close = (): void => {
    this.#closed = true;
    this.#drop();
  };

  async #withPage<T>(
    page: number,
    work: (pdfium: PdfiumInstance, handle: number, session: Session) => T,
  ): Promise<T> {
    if (page < 1 || page > this.pageCount) {
      throw new AppError("page_not_found", `The document has no page ${page}: it has ${this.pageCount}.`);
    }
    const session = await this.#open();
    const { pdfium } = session;
    return guard(pdfium, () => {
      const handle = loadPage(session, page);
      try {
        return work(pdfium, handle, session);
      } finally {
        if (!pdfium.broken) pdfium.exports.FPDF_ClosePage(handle);
      }
    });
  }

  async #open(): Promise<Session> {
    if (this.#closed) throw new AppError("internal", "The PDF has been closed.");
    if (this.#session && !this.#session.pdfium.broken) return this.#session;
    if (this.#session) {
      this.#drop();
      if (++this.#restarts > MAX_RESTARTS) throw damaged();
    }
    this.#session = await openSession(this.#source, this.#password, this.#pool);
    return this.#session;
  }

  #drop(): void {
    const session = this.#session;
    this.#session = null;
    if (!session) return;
    closeSession(session);
    this.#pool.release(session.pdfium);
  }
}

/** The file's bytes as they stand now: memory moves when it grows. */
function bytesOf({ pdfium, bytes, length }: Session): Uint8Array<ArrayBuffer> {
  return pdfium.bytes().subarray(bytes, bytes + length);
}

/** Loads a page with its annotations drawn into it. */
function loadPage({ pdfium, document, form, flattened }: Session, page: number): number {
  const { exports } = pdfium;
  const load = () => {
    const handle = exports.FPDF_LoadPage(document, page - 1);
    if (handle === 0) throw new AppError("file_damaged", `Page ${page} of the PDF is damaged.`);
    return handle;
  };
  const handle = load();
  if (flattened.has(page)) return handle;
  flattened.add(page);
  if (!hasPrintedAnnotations(pdfium, handle)) return handle;
  flatten(pdfium, handle, form);
  exports.FPDF_ClosePage(handle);
  return load();
}

async function openSession(
  source: DocumentSource,
  password: string | undefined,
  pool: PdfiumPool,
): Promise<Session> {
  const pdfium = await pool.acquire();
  const { exports } = pdfium;
  let bytes = 0;
  try {
    bytes = guard(pdfium, () => exports.malloc(Math.max(1, source.size)));
    if (bytes === 0) {
      throw new AppError(
        "payload_too_large",
        "The PDF is too large to be read. Split it and send its parts.",
      );
    }
    const length = await fill(pdfium, bytes, source);
    return guard(pdfium, () => {
      const patterned = disarmPatterns(pdfium.bytes().subarray(bytes, bytes + length));
      const document = loadDocument(pdfium, bytes, length, password);
      const form = openForm(pdfium, document);
      return { pdfium, document, bytes, length, patterned, form, flattened: new Set() };
    });
  } catch (error) {
    if (bytes !== 0 && !pdfium.broken) exports.free(bytes);
    pool.release(pdfium);
    throw error;
  }
}

/** Streams the original into pdfium's memory, so that it stands in memory once. Gives the bytes that came. */
async function fill(pdfium: PdfiumInstance, target: number, source: DocumentSource): Promise<number> {
  let length = 0;
  for await (const chunk of await source.stream()) {
    const part = chunk.subarray(0, source.size - length);
    pdfium.bytes().set(part, target + length);
    length += part.length;
  }
  return length;
}

function loadDocument(
  pdfium: PdfiumInstance,
  bytes: number,
  length: number,
  password: string | undefined,
): number {
  const { exports } = pdfium;
  const secret = password === undefined ? null : new TextEncoder().encode(`${password}\0`);
  const secretAt = secret ? exports.malloc(secret.length) : 0;
  if (secret) pdfium.bytes().set(secret, secretAt);
  const document = exports.FPDF_LoadMemDocument(bytes, length, secretAt);
  const error = document === 0 ? exports.FPDF_GetLastError() : 0;
  if (secret) {
    pdfium.bytes().fill(0, secretAt, secretAt + secret.length);
    exports.free(secretAt);
  }
  if (document !== 0) return document;
  if (error === LOAD_ERROR.password && password !== undefined) {
    throw new AppError(
      "password_incorrect",
      "The password does not open the PDF. Send it with the right one.",
    );
  }
  if (error === LOAD_ERROR.password) {
    throw new AppError(
      "password_required",
      "The PDF is protected. Send it with its password, or a copy without one.",
    );
  }
  if (error === LOAD_ERROR.security) {
    throw new AppError(
      "password_required",
      "The PDF is protected in a way that cannot be opened here. Send a copy without protection.",
    );
  }
  throw damaged();
}

function closeSession({ pdfium, document, bytes, form }: Session): void {
  if (pdfium.broken) return;
  try {
    if (form) closeForm(pdfium, form);
    pdfium.exports.FPDF_CloseDocument(document);
    pdfium.exports.free(bytes);
  } catch {
    pdfium.broken = true;
  }
}
