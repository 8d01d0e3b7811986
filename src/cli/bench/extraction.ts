import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { createEmbeddedEngine } from "../../extract/engine/embedded.ts";
import { hints } from "../../extract/registry.ts";
import { classify } from "../../classify/classify.ts";
import { compileHints } from "../../classify/compile-hints.ts";
import { ParsedDocument } from "../../model/parsed.ts";
import { Client, type Endpoint } from "../client/client.ts";
import { drawInvoice } from "../sample/invoice.ts";
import { writePdf } from "../sample/pdf-writer.ts";
import { scannedPage } from "./documents.ts";
import { measure, type Measurement } from "./report.ts";
import { send } from "./requests.ts";

const MB = 1024 * 1024;
const WAIT_SECONDS = 60;
/** Invoices of so many lines: from a short page to several. */
const ROWS = [3, 8, 16, 24, 34, 60, 90];
const SCANS = 2;
/** Code that was never run yet is slow: so often each layout is extracted from before it counts. */
const WARMUPS = 3;

/** What extraction takes once a document is parsed, in this process, over layouts that the platform makes. */
export async function measureExtraction(endpoint: Endpoint, rounds: number): Promise<Measurement[]> {
  const layouts = await makeLayouts(endpoint);
  const engine = createEmbeddedEngine();
  const known = compileHints(hints);
  const times: number[] = [];
  for (let round = -WARMUPS; round < rounds; round += 1) {
    for (const layout of layouts) {
      const { type } = classify(layout, known);
      // The thread's own time: what else the machine does is not extraction's.
      const started = process.threadCpuUsage();
      await engine.extract(layout, type);
      const { user, system } = process.threadCpuUsage(started);
      const ms = (user + system) / 1000;
      if (round >= 0) times.push(ms / Math.max(1, layout.pages.length));
    }
  }
  return [
    measure("extraction, parsed page: CPU", "ms", times, 30),
    measure("extraction, parsed document: memory held", "MB", await memoryHeld(layouts), 20),
  ];
}

async function makeLayouts(endpoint: Endpoint): Promise<ParsedDocument[]> {
  const client = new Client(endpoint);
  const files = ROWS.map((rows) => writePdf(drawInvoice({ number: `LAYOUT-${rows}`, rows })));
  for (let scan = 0; scan < SCANS; scan += 1) files.push(await scannedPage(9_000 + scan));
  const layouts: ParsedDocument[] = [];
  for (const file of files) {
    const { body } = await send(endpoint, "layout.bin", file, WAIT_SECONDS);
    const { id } = body as { id: string };
    layouts.push(ParsedDocument.parse(JSON.parse(await client.layout(id))));
  }
  return layouts;
}

/** The most that an extraction of each layout holds at once, in MB. */
async function memoryHeld(layouts: readonly ParsedDocument[]): Promise<number[]> {
  const worker = new Worker(new URL("./held-memory.ts", import.meta.url), {
    workerData: layouts,
    // Garbage is swept away after each megabyte, so that what is seen is what is needed, a megabyte too much at most.
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
  });
  const [held] = (await once(worker, "message")) as [number[]];
  await worker.terminate();
  return held.map((bytes) => bytes / MB);
}
