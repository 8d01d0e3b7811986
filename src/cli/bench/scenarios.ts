import { availableParallelism } from "node:os";
import { AppError } from "../../errors.ts";
import type { Endpoint } from "../client/client.ts";
import type { LocalServer } from "../local/start.ts";
import { READER_NAME } from "../local/platform.ts";
import { runtimesOf } from "../local/running.ts";
import { scannedPage, smallText, textPdf } from "./documents.ts";
import { measureExtraction } from "./extraction.ts";
import { cpuMs, Inspector, residentBytes, watchMemory } from "./memory.ts";
import type { HeapUsage, Peak } from "./memory.ts";
import { measure, stageShares } from "./report.ts";
import type { BenchReport, Measurement, StageShare } from "./report.ts";
import { inLanes, send, timed } from "./requests.ts";
import type { TimedAnswer } from "./requests.ts";

const MB = 1024 * 1024;
const WAIT_SECONDS = 60;

/** How often each thing is measured. */
interface Sizes {
  readonly uploads: number;
  readonly lanes: number;
  readonly texts: number;
  readonly scans: number;
  readonly duplicates: number;
  readonly batch: number;
  readonly extractions: number;
}
const FULL: Sizes = {
  uploads: 400,
  lanes: 16,
  texts: 40,
  scans: 8,
  duplicates: 50,
  batch: 60,
  extractions: 20,
};
const QUICK: Sizes = { uploads: 40, lanes: 8, texts: 8, scans: 2, duplicates: 10, batch: 12, extractions: 4 };

/** Measures a platform that nobody else uses. `onStep` hears what comes next. */
export async function runBench(
  server: LocalServer,
  quick: boolean,
  onStep: (name: string) => void,
): Promise<BenchReport> {
  const sizes = quick ? QUICK : FULL;
  const bench = await Bench.open(server);
  const measurements: Measurement[] = [];
  const stages: StageShare[] = [];
  try {
    onStep("idle memory");
    const idle = await bench.idleMemory();
    onStep("text PDF of two pages");
    const texts = await bench.documents("text PDF", sizes.texts, textPdf, { endToEnd: null, run: 150 });
    onStep("scanned page");
    const scans = await bench.documents("scan", sizes.scans, scannedPage, { endToEnd: null, run: 4_000 });
    measurements.push(...texts.measurements, ...scans.measurements);
    stages.push(...texts.stages, ...scans.stages);
    onStep("duplicates");
    measurements.push(...(await bench.duplicates(sizes.duplicates)));
    onStep("binding calls");
    measurements.push(...(await bench.bindingCalls()));
    onStep("uploads under load");
    const uploads = await bench.uploads(sizes.uploads, sizes.lanes);
    onStep("documents a second");
    const rate = await bench.rate(sizes.batch, sizes.lanes);
    measurements.push(uploads, rate, ...memoryOver(idle, { "text PDF": texts, scan: scans }));
    // The last of all: it keeps this process busy, which others' connections would not outlive.
    onStep("extraction");
    measurements.push(
      ...(await measureExtraction({ url: server.url, key: server.tenant.key }, sizes.extractions)),
    );
  } finally {
    bench.close();
  }
  return { node: process.version, cpus: availableParallelism(), quick, measurements, stages };
}

/** What documents took over an idle platform, before its first document and after the first of their kind. */
function memoryOver(idle: Peak, peaks: Readonly<Record<string, Taken>>): Measurement[] {
  const found: Measurement[] = [];
  const add = (name: string, bytes: number | null, budget: number | null): void => {
    if (bytes !== null) found.push(measure(name, "MB", [bytes / MB], budget));
  };
  const over = (peak: number | null, base: number | null): number | null =>
    peak === null || base === null ? null : Math.max(0, peak - base);
  add("memory, idle: resident", idle.residentBytes, null);
  add("memory, idle: heap", idle.heapBytes, null);
  for (const [name, { peak, warmIdle, readerBytes }] of Object.entries(peaks)) {
    add(`memory, ${name}: resident over warm idle`, over(peak.residentBytes, warmIdle), 100);
    add(`memory, ${name}: resident over idle`, over(peak.residentBytes, idle.residentBytes), 100);
    const heap = over(peak.heapBytes, idle.heapBytes);
    const buffers = over(peak.bufferBytes, idle.bufferBytes);
    add(`memory, ${name}: heap over idle`, heap, null);
    add(`memory, ${name}: buffers and wasm over idle`, buffers, null);
    add(`memory, ${name}: isolate over idle`, heap === null || buffers === null ? null : heap + buffers, 100);
    add(`memory, ${name}: line reader's isolate over idle`, readerBytes, 100);
  }
  return found;
}

/** The memory that documents of one kind took. */
interface Taken {
  readonly peak: Peak;
  readonly warmIdle: number | null;
  /** What the line reader's isolate took over its state before. */
  readonly readerBytes: number | null;
}

function grownBy({ heapBytes, bufferBytes }: Peak, before: HeapUsage): number | null {
  if (heapBytes === null || bufferBytes === null) return null;
  return Math.max(0, heapBytes + bufferBytes - before.heap - before.buffers);
}

interface Run {
  readonly answer: TimedAnswer;
  readonly durationMs: number;
  readonly stagesMs: Readonly<Record<string, number>>;
}

class Bench {
  readonly #endpoint: Endpoint;
  readonly #runtimes: readonly number[];
  readonly #inspector: Inspector | null;
  /** The line reader's isolate. */
  readonly #reader: Inspector | null;

  private constructor(
    endpoint: Endpoint,
    runtimes: readonly number[],
    inspector: Inspector | null,
    reader: Inspector | null,
  ) {
    this.#endpoint = endpoint;
    this.#runtimes = runtimes;
    this.#inspector = inspector;
    this.#reader = reader;
  }

  static async open(server: LocalServer): Promise<Bench> {
    const { inspectorUrl } = server.platform;
    const [inspector, reader] =
      inspectorUrl === null
        ? [null, null]
        : await Promise.all([
            Inspector.open(inspectorUrl, "core:user:docket"),
            Inspector.open(inspectorUrl, `core:user:${READER_NAME}`),
          ]);
    const endpoint = { url: server.url, key: server.tenant.key };
    return new Bench(endpoint, await runtimesOf(process.pid), inspector, reader);
  }

  close(): void {
    this.#inspector?.close();
    this.#reader?.close();
  }

  /** Memory after the first requests, before any document. */
  async idleMemory(): Promise<Peak> {
    for (let index = 0; index < 5; index += 1) await timed(this.#endpoint, "/v1/documents?limit=1");
    await pause(500);
    const usage = await this.#inspector?.heapUsage();
    return {
      residentBytes: await residentBytes(this.#runtimes),
      heapBytes: usage?.heap ?? null,
      bufferBytes: usage?.buffers ?? null,
    };
  }

  /** Documents one after the other, each waited for; the first is the cold one and counts for memory alone. */
  async documents(
    name: string,
    count: number,
    make: (number: number) => Uint8Array | Promise<Uint8Array>,
    budget: { endToEnd: number | null; run: number },
  ): Promise<Taken & { measurements: Measurement[]; stages: StageShare[] }> {
    const bodies = await inLanes(count + 1, 1, async (index) => make(index));
    const work = async () => {
      const cold = await this.#run(name, bodies[0] ?? new Uint8Array());
      await pause(1_000);
      const warmIdle = await residentBytes(this.#runtimes);
      const cpuBefore = await cpuMs(this.#runtimes);
      const warm = await inLanes(count, 1, (index) => this.#run(name, bodies[index + 1] ?? new Uint8Array()));
      const cpuAfter = await cpuMs(this.#runtimes);
      return {
        cold,
        warm,
        warmIdle,
        cpu: cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / count,
      };
    };
    const idleReader = await this.#reader?.heapUsage();
    const { value: both, peak: reader } = await watchMemory([], this.#reader, () =>
      watchMemory(this.#runtimes, this.#inspector, work),
    );
    const { value, peak } = both;
    const { cold, warm, warmIdle, cpu } = value;
    const measurements = [
      measure(`${name}, first: sent to result`, "ms", [cold.answer.ms]),
      measure(
        `${name}: sent to result`,
        "ms",
        warm.map(({ answer }) => answer.ms),
        budget.endToEnd,
      ),
      measure(
        `${name}: claim to settle`,
        "ms",
        warm.map(({ durationMs }) => durationMs),
        budget.run,
      ),
      ...(cpu === null ? [] : [measure(`${name}: CPU of the runtime`, "ms", [cpu])]),
    ];
    return {
      measurements,
      stages: stageShares(
        name,
        warm.map(({ stagesMs }) => stagesMs),
      ),
      peak,
      warmIdle,
      readerBytes: idleReader ? grownBy(reader, idleReader) : null,
    };
  }

  async #run(name: string, bytes: Uint8Array): Promise<Run> {
    const answer = await send(this.#endpoint, `${name}.bin`, bytes, WAIT_SECONDS);
    const body = answer.body as { id?: string; status?: string; usage?: UsageOf } | null;
    if (answer.status !== 200 || body?.id === undefined) {
      throw new AppError("internal", `${name} did not come back: ${answer.status} ${JSON.stringify(body)}`);
    }
    const { wait: _, ...stagesMs } = body.usage?.stages_ms ?? {};
    return { answer, durationMs: await this.#claimToSettle(body.id), stagesMs };
  }

  /** From the event `claimed` to the last event, as the document's room numbered them. */
  async #claimToSettle(id: string): Promise<number> {
    const { body } = await timed(this.#endpoint, `/v1/documents/${id}/events`, {
      headers: { accept: "text/event-stream" },
    });
    const events = String(body)
      .split("\n")
      .filter((line) => line.startsWith("data:"))
      .map((line) => JSON.parse(line.slice(5)) as { kind: string; at: string });
    const claimed = events.find(({ kind }) => kind === "claimed");
    const last = events.at(-1);
    if (claimed === undefined || last === undefined) throw new AppError("internal", `${id} has no events`);
    return Date.parse(last.at) - Date.parse(claimed.at);
  }

  async duplicates(count: number): Promise<Measurement[]> {
    const bytes = textPdf(1);
    const answers = await inLanes(count, 1, () => send(this.#endpoint, "again.pdf", bytes, WAIT_SECONDS));
    const known = answers.filter(({ status }) => status === 200);
    return [
      measure(
        "duplicate: sent to result",
        "ms",
        known.map(({ ms }) => ms),
      ),
    ];
  }

  async bindingCalls(): Promise<Measurement[]> {
    const upload = await send(this.#endpoint, "calls.txt", smallText(-1), 0);
    const { id = "" } = upload.body as { id?: string };
    const path = `/v1/documents/${id}`;
    await this.#awaitEnd(id);
    const result = await timed(this.#endpoint, `${path}/result`);
    const status = await timed(this.#endpoint, path);
    // A cursor that cannot be read is refused behind the key and before any binding.
    const refused = await timed(this.#endpoint, "/v1/documents?limit=0");
    const rows = [
      ["upload", upload, 4],
      ["status", status, 1],
      ["cached result", result, 1],
      ["authentication when warm", refused, 0],
    ] as const;
    return rows.flatMap(([name, answer, budget]) =>
      answer.depth === null
        ? []
        : [measure(`sequential binding calls: ${name}`, "calls", [answer.depth], budget)],
    );
  }

  async uploads(count: number, lanes: number): Promise<Measurement> {
    const answers = await inLanes(count, lanes, (index) =>
      send(this.#endpoint, `load-${index}.txt`, smallText(index), 0),
    );
    const taken = answers.filter(({ status }) => status === 202 || status === 200);
    await this.#settleAll(taken);
    return measure(
      `upload acknowledged, ${lanes} connections`,
      "ms",
      taken.map(({ ms }) => ms),
    );
  }

  async rate(count: number, lanes: number): Promise<Measurement> {
    const bodies = Array.from({ length: count }, (_, index) => textPdf(10_000 + index));
    const startedMs = performance.now();
    const answers = await inLanes(count, lanes, (index) =>
      send(this.#endpoint, `batch-${index}.pdf`, bodies[index] ?? new Uint8Array(), 0),
    );
    await this.#settleAll(answers);
    const seconds = (performance.now() - startedMs) / 1000;
    return measure("text PDFs, two pages each", "documents/s", [count / seconds]);
  }

  async #settleAll(answers: readonly TimedAnswer[]): Promise<void> {
    const ids = answers.map(({ body }) => (body as { id?: string }).id ?? "");
    for (const id of ids) await this.#awaitEnd(id);
  }

  async #awaitEnd(id: string): Promise<void> {
    const ends = new Set(["completed", "partial", "failed", "quarantined", "cancelled"]);
    for (;;) {
      const { body } = await timed(this.#endpoint, `/v1/documents/${id}`);
      if (ends.has((body as { status?: string }).status ?? "")) return;
      await pause(20);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

interface UsageOf {
  readonly stages_ms?: Readonly<Record<string, number>>;
}
