import { GCProfiler, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { createEmbeddedEngine } from "../../extract/engine/embedded.ts";
import { hints } from "../../extract/registry.ts";
import { classify } from "../../classify/classify.ts";
import { compileHints } from "../../classify/compile-hints.ts";
import type { ParsedDocument } from "../../model/parsed.ts";

// A thread of its own, because only a new one can be given a young generation so small that garbage does not count.

/** Code that was never run yet allocates for itself. */
const WARMUPS = 2;

/** V8's own; the flag makes it reachable in contexts that are made afterwards. */
function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

/** Bytes that the heap grew by at most while `work` ran, as seen before every collection and at the end. */
async function mostHeld(collect: () => void, work: () => Promise<unknown>): Promise<number> {
  collect();
  const before = process.memoryUsage().heapUsed;
  const profiler = new GCProfiler();
  profiler.start();
  await work();
  const after = process.memoryUsage().heapUsed;
  const { statistics } = profiler.stop();
  const seen = statistics.map(({ beforeGC }) => beforeGC.heapStatistics.usedHeapSize);
  return Math.max(0, after - before, ...seen.map((used) => used - before));
}

const layouts = workerData as readonly ParsedDocument[];
const engine = createEmbeddedEngine();
const known = compileHints(hints);
const collect = garbageCollector();
const held: number[] = [];
for (let round = -WARMUPS; round <= 0; round += 1) {
  for (const layout of layouts) {
    const { type } = classify(layout, known);
    const most = await mostHeld(collect, () => engine.extract(layout, type));
    if (round === 0) held.push(most);
  }
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort?.postMessage(held);
