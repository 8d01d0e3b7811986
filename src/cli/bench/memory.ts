import { readFile } from "node:fs/promises";

const CLOCK_TICKS_PER_SECOND = 100;

/** Resident memory of processes together, in bytes; null where /proc does not exist. */
export async function residentBytes(pids: readonly number[]): Promise<number | null> {
  let total = 0;
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const match = /^VmRSS:\s+(\d+) kB$/mu.exec(status);
    if (!match) return null;
    total += Number(match[1]) * 1024;
  }
  return pids.length === 0 ? null : total;
}

/** CPU time that processes have used since they started, in ms; null where /proc does not exist. */
export async function cpuMs(pids: readonly number[]): Promise<number | null> {
  let ticks = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    if (stat === null) return null;
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks * 1000) / CLOCK_TICKS_PER_SECOND;
}

/** The Worker's JavaScript heap and what lies beside it (buffers, wasm memories), in bytes. */
export interface HeapUsage {
  readonly heap: number;
  readonly buffers: number;
}

/** Asks an isolate for its heap through the inspector protocol. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
      if (message.id === undefined) return;
      this.#waiting.get(message.id)?.(message.result);
      this.#waiting.delete(message.id);
    });
  }

  /** Connects to the Worker called `name`; null when the inspector does not answer. */
  static async open(base: URL, name: string): Promise<Inspector | null> {
    const socket = new WebSocket(new URL(`/${name}`, base));
    const opened = await new Promise<boolean>((resolve) => {
      socket.addEventListener("open", () => resolve(true));
      socket.addEventListener("error", () => resolve(false));
      setTimeout(() => resolve(false), 3_000).unref();
    });
    return opened ? new Inspector(socket) : null;
  }

  /** Null when there is no answer within two seconds: a busy isolate answers when it is free again. */
  async heapUsage(): Promise<HeapUsage | null> {
    this.#last += 1;
    const id = this.#last;
    const result = await new Promise<unknown>((resolve) => {
      this.#waiting.set(id, resolve);
      setTimeout(() => resolve(null), 2_000).unref();
      this.#socket.send(JSON.stringify({ id, method: "Runtime.getHeapUsage" }));
    });
    if (result === null || typeof result !== "object") return null;
    const usage = result as { usedSize?: number; backingStorageSize?: number };
    return { heap: usage.usedSize ?? 0, buffers: usage.backingStorageSize ?? 0 };
  }

  close(): void {
    this.#socket.close();
  }
}

/** The highest memory seen while something ran. */
export interface Peak {
  readonly residentBytes: number | null;
  readonly heapBytes: number | null;
  readonly bufferBytes: number | null;
}

/** Runs `work` and samples memory all the while. */
export async function watchMemory<T>(
  pids: readonly number[],
  inspector: Inspector | null,
  work: () => Promise<T>,
): Promise<{ value: T; peak: Peak }> {
  const peak = { residentBytes: -1, heapBytes: -1, bufferBytes: -1 };
  const over = new AbortController();
  const sampleResident = async (): Promise<void> => {
    while (!over.signal.aborted) {
      peak.residentBytes = Math.max(peak.residentBytes, (await residentBytes(pids)) ?? -1);
      await pause(10);
    }
  };
  const sampleHeap = async (isolate: Inspector): Promise<void> => {
    while (!over.signal.aborted) {
      const usage = await isolate.heapUsage();
      peak.heapBytes = Math.max(peak.heapBytes, usage?.heap ?? -1);
      peak.bufferBytes = Math.max(peak.bufferBytes, usage?.buffers ?? -1);
      await pause(50);
    }
  };
  const sampling = Promise.all([sampleResident(), inspector === null ? null : sampleHeap(inspector)]);
  try {
    const value = await work();
    return { value, peak: { ...known(peak) } };
  } finally {
    over.abort();
    await sampling;
  }
}

function known(peak: { residentBytes: number; heapBytes: number; bufferBytes: number }): Peak {
  const orNull = (bytes: number): number | null => (bytes < 0 ? null : bytes);
  return {
    residentBytes: orNull(peak.residentBytes),
    heapBytes: orNull(peak.heapBytes),
    bufferBytes: orNull(peak.bufferBytes),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
