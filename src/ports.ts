import type { Clock, Log } from "./ports/process.ts";
import type { PdfReader, ImageDecoder, Ocr } from "./ports/reading.ts";
import type { Engine } from "./ports/engine.ts";
import type { Blobs, Documents } from "./ports/documents.ts";
import type { CustomExtractors, History, Memory, Corrections } from "./ports/learning.ts";
import type { Jobs, ResultCache, Rooms } from "./ports/running.ts";
import type { PageCache, PageCopies, PageImages } from "./ports/pages.ts";
import type { WebhookQueues, Webhooks } from "./ports/webhooks.ts";
import type { DeadLetters } from "./ports/dead-letters.ts";
import type { Keys } from "./ports/access.ts";
import type { IdempotencyKeys } from "./ports/idempotency.ts";

export type * from "./ports/process.ts";
export type * from "./ports/reading.ts";
export type * from "./ports/engine.ts";
export type * from "./ports/documents.ts";
export type * from "./ports/learning.ts";
export type * from "./ports/running.ts";
export type * from "./ports/pages.ts";
export type * from "./ports/access.ts";
export type * from "./ports/idempotency.ts";
export type * from "./ports/dead-letters.ts";
export type * from "./ports/webhooks.ts";

/** Everything that the entries are given: adapters behind ports, made once an isolate by compose.ts. */
export interface Ports {
  readonly clock: Clock;
  readonly log: Log;
  readonly blobs: Blobs;
  readonly documents: Documents;
  readonly history: History;
  readonly memory: Memory;
  readonly corrections: Corrections;
  readonly customExtractors: CustomExtractors;
  readonly jobs: Jobs;
  readonly cache: ResultCache;
  readonly rooms: Rooms;
  readonly keys: Keys;
  readonly idempotency: IdempotencyKeys;
  readonly deadLetters: DeadLetters;
  readonly webhooks: Webhooks;
  readonly webhookQueues: WebhookQueues;
  readonly pdf: PdfReader;
  readonly images: ImageDecoder;
  readonly ocr: Ocr;
  readonly pageImages: PageImages;
  readonly pageCopies: PageCopies;
  readonly pageCache: PageCache;
  readonly engine: Engine;
  /** Runs what takes much memory or CPU alone: one heavy job at a time in an isolate. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}
