import { WorkerEntrypoint } from "cloudflare:workers";
import { createExclusive } from "./platform/exclusive.ts";
import { createLineReader } from "./platform/line-reader/line-reader.ts";
import { workerAssets } from "./platform/line-reader/worker-assets.ts";
import type { GrayImage, LineReader, LineReading } from "./ports.ts";

/** One an isolate: its wasm instance is worth keeping. */
const reader = createLineReader(workerAssets);
const exclusively = createExclusive();

/** The Worker that reads lines: a neural network and its runtime, in an isolate of their own. Bound as READER. */
export default class ReaderWorker extends WorkerEntrypoint implements LineReader {
  override async fetch(): Promise<Response> {
    return new Response("This Worker is called by another.\n", { status: 404 });
  }

  async read(lines: readonly GrayImage[]): Promise<LineReading[]> {
    return exclusively(() => reader.read(lines));
  }
}
