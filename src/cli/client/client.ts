import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { AppError, ErrorCode } from "../../errors.ts";
import type { CorrectionRequest } from "../../model/correction.ts";
import { ExtractorView } from "../../model/custom-extractor.ts";
import { DeadLetter, type DeadLetterId } from "../../model/dead-letter.ts";
import { DocumentStatus, DocumentView } from "../../model/document.ts";
import type { DocumentType } from "../../model/extraction.ts";
import { DocumentResult } from "../../model/result.ts";

/** Where the platform is, and as whom it is used. */
export interface Endpoint {
  readonly url: string;
  readonly key: string;
}

/** What is said about a document when it is sent. */
export interface UploadOptions {
  readonly type?: DocumentType | undefined;
  /** An extractor of the user's own. */
  readonly extractor?: string | undefined;
  readonly tags?: readonly string[];
  /** Opens a protected file. */
  readonly password?: string | undefined;
  /** Reads the pages alone, whatever structured data the file carries. */
  readonly pageOnly?: boolean | undefined;
  /** Keeps a file of several documents whole. */
  readonly keepWhole?: boolean | undefined;
  /** Seconds that the answer may wait for the document's end. */
  readonly waitSeconds?: number;
}

/** How far a document is. */
const Standing = z.object({ id: z.string(), status: DocumentStatus });
export type Standing = z.infer<typeof Standing>;

const Problem = z.object({
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
});

const Extractors = z.object({ extractors: z.array(ExtractorView) });
const Listing = z.object({ documents: z.array(DocumentView), next: z.string().nullable() });

const DeadLetters = z.object({ dead_letters: z.array(DeadLetter) });
const Replays = z.object({
  replayed: z.array(z.object({ id: z.string(), document_id: z.string() })),
  refused: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
});

const RETRIED = new Set([429, 502, 503, 504]);
const MAX_ATTEMPTS = 8;
const MAX_DELAY_MS = 4_000;

/** The platform's API, as much of it as the command line uses. Safe to share between concurrent callers. */
export class Client {
  readonly #endpoint: Endpoint;
  /** Once a server has stayed away through all attempts, later calls do not wait for it again. */
  #lost = false;

  constructor(endpoint: Endpoint) {
    this.#endpoint = { url: endpoint.url.replace(/\/+$/u, ""), key: endpoint.key };
  }

  get url(): string {
    return this.#endpoint.url;
  }

  /** Sends a file; gives its id and how far it is. @throws AppError with the API's code */
  async upload(file: Blob, name: string, options: UploadOptions = {}): Promise<Standing> {
    const body = (): FormData => {
      const form = new FormData();
      if (options.type !== undefined) form.append("type", options.type);
      if (options.extractor !== undefined) form.append("extractor", options.extractor);
      if (options.password !== undefined) form.append("password", options.password);
      if (options.pageOnly === true) form.append("page_only", "true");
      if (options.keepWhole === true) form.append("split", "never");
      for (const tag of options.tags ?? []) form.append("tags", tag);
      form.append("file", file, name);
      return form;
    };
    // One key for all attempts: an upload whose answer was lost is not made twice.
    const headers: Record<string, string> = { "idempotency-key": crypto.randomUUID() };
    if (options.waitSeconds !== undefined) headers["prefer"] = `wait=${options.waitSeconds}`;
    return Standing.parse(await this.#json("/v1/documents", { method: "POST", headers, body }));
  }

  async standing(id: string): Promise<Standing> {
    return Standing.parse(await this.#json(`/v1/documents/${encodeURIComponent(id)}`));
  }

  /** An ended document with its values, or with its error. */
  async result(id: string): Promise<DocumentResult> {
    return DocumentResult.parse(await this.#json(`/v1/documents/${encodeURIComponent(id)}/result`));
  }

  /** Sets values right; the corrected result. @throws AppError with the API's code */
  async correct(id: string, request: CorrectionRequest & { version?: string }): Promise<DocumentResult> {
    const body = (): string => JSON.stringify(request);
    const headers = { "content-type": "application/json" };
    const path = `/v1/documents/${encodeURIComponent(id)}/fields`;
    return DocumentResult.parse(await this.#json(path, { method: "PATCH", headers, body }));
  }

  /** Stops reading a document. @throws AppError conflict when it has ended */
  async cancel(id: string): Promise<Standing> {
    return Standing.parse(
      await this.#json(`/v1/documents/${encodeURIComponent(id)}/cancel`, { method: "POST" }),
    );
  }

  /** What was given up and waits, oldest first, page by page. */
  async *deadLetters(): AsyncGenerator<DeadLetter> {
    let after = "";
    for (;;) {
      const page = DeadLetters.parse(await this.#json(`/v1/dead-letters?limit=200${after}`)).dead_letters;
      yield* page;
      const last = page.at(-1);
      if (!last) return;
      after = `&after=${last.id}`;
    }
  }

  /** Sends given-up documents through again; what became of each. */
  async replay(ids: readonly DeadLetterId[]): Promise<z.infer<typeof Replays>> {
    const body = (): string => JSON.stringify({ ids });
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    return Replays.parse(await this.#json("/v1/dead-letters/replay", { method: "POST", headers, body }));
  }

  async text(id: string): Promise<string> {
    const response = await this.request(`/v1/documents/${encodeURIComponent(id)}/text`);
    return response.text();
  }

  /** What was parsed of an ended document, as JSON. */
  async layout(id: string): Promise<string> {
    const response = await this.request(`/v1/documents/${encodeURIComponent(id)}/layout`);
    return response.text();
  }

  /** A page drawn as a PNG. */
  async page(id: string, page: number, maxSide: number): Promise<Uint8Array> {
    const path = `/v1/documents/${encodeURIComponent(id)}/pages/${page}.png?max_side=${maxSide}`;
    return new Uint8Array(await (await this.request(path)).arrayBuffer());
  }

  async list(query: URLSearchParams): Promise<z.infer<typeof Listing>> {
    return Listing.parse(await this.#json(`/v1/documents?${query.toString()}`));
  }

  async extractors(): Promise<ExtractorView[]> {
    return Extractors.parse(await this.#json("/v1/extractors")).extractors;
  }

  async extractor(reference: string): Promise<ExtractorView> {
    return ExtractorView.parse(await this.#json(`/v1/extractors/${encodeURIComponent(reference)}`));
  }

  /** @throws AppError invalid_schema, conflict */
  async addExtractor(draft: {
    name: string;
    title: string | undefined;
    schema: Record<string, unknown>;
  }): Promise<{ extractor: ExtractorView; added: boolean }> {
    const response = await this.request("/v1/extractors", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: () => JSON.stringify(draft),
    });
    return { extractor: ExtractorView.parse(await response.json()), added: response.status === 201 };
  }

  async deleteExtractor(name: string): Promise<void> {
    await this.request(`/v1/extractors/${encodeURIComponent(name)}`, { method: "DELETE" });
  }

  /** Whether the platform answers; gives up after `timeoutMs`. */
  async healthy(timeoutMs: number): Promise<boolean> {
    try {
      const response = await fetch(`${this.#endpoint.url}/healthz`, {
        signal: AbortSignal.timeout(timeoutMs),
      });
      return response.ok;
    } catch {
      return false;
    }
  }

  /** An authenticated request, tried again while the server cannot be reached or is busy. @throws AppError */
  async request(path: string, init: RequestDraft = {}): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const last = this.#lost || attempt >= MAX_ATTEMPTS;
      const { response, cause } = await this.#attempt(path, init);
      if (response !== null) {
        this.#lost = false;
        if (response.ok) return response;
        if (!isRetried(response, init) || last) throw await problemOf(response);
        await response.body?.cancel();
      } else if (last) {
        this.#lost = true;
        const why = `Docket at ${this.#endpoint.url} does not answer: ${reasonOf(cause)}`;
        throw new AppError("upstream_unavailable", why, { cause });
      }
      const retryAfterMs = Number(response?.headers.get("retry-after") ?? "0") * 1000;
      const backoffMs = Math.min(MAX_DELAY_MS, 100 * 2 ** attempt) * (0.5 + Math.random() / 2);
      await delay(Math.max(backoffMs, Math.min(retryAfterMs, 30_000)));
    }
  }

  async #attempt(
    path: string,
    init: RequestDraft,
  ): Promise<{ response: Response; cause?: undefined } | { response: null; cause: unknown }> {
    try {
      const response = await fetch(`${this.#endpoint.url}${path}`, {
        method: init.method ?? "GET",
        headers: { ...init.headers, authorization: `Bearer ${this.#endpoint.key}` },
        ...(init.body === undefined ? {} : { body: init.body() }),
        ...(init.signal === undefined ? {} : { signal: init.signal }),
      });
      return { response };
    } catch (error) {
      if (init.signal?.aborted === true) throw error;
      return { response: null, cause: error };
    }
  }

  async #json(path: string, init: RequestDraft = {}): Promise<unknown> {
    const response = await this.request(path, init);
    try {
      return await response.json();
    } catch (error) {
      throw new AppError(
        "upstream_unavailable",
        `${this.url}${path} answered with something other than JSON`,
        {
          cause: error,
        },
      );
    }
  }
}

/** A key whose first attempt is still running (409) is asked for again. */
function isRetried(response: Response, { headers }: RequestDraft): boolean {
  const running = response.status === 409 && headers?.["idempotency-key"] !== undefined;
  return RETRIED.has(response.status) || (running && response.headers.has("retry-after"));
}

interface RequestDraft {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for every attempt: a body is spent once. */
  readonly body?: () => FormData | string;
  readonly signal?: AbortSignal;
}

/** An answer other than 2xx as the error that the API meant (RFC 9457). */
async function problemOf(response: Response): Promise<AppError> {
  const problem = Problem.safeParse(await response.json().catch(() => null));
  const code = ErrorCode.safeParse(problem.data?.code);
  const message = problem.data?.detail ?? problem.data?.title ?? `HTTP ${response.status}`;
  const fallback = response.status >= 500 ? "upstream_unavailable" : "invalid_request";
  return new AppError(code.data ?? fallback, message);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
