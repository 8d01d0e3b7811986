import type { DocumentEvent } from "../../model/event.ts";

const HEARTBEAT_MS = 15_000;

/** Those who watch a document: hibernating sockets, event streams, and calls that wait for its end. */
export class Audience {
  readonly #context: DurableObjectState;
  readonly #streams = new Map<ReadableStreamDefaultController<Uint8Array>, () => void>();
  readonly #waiting = new Set<() => void>();

  constructor(context: DurableObjectState) {
    this.#context = context;
    context.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Sends events to everyone, in order. */
  tell(events: readonly DocumentEvent[]): void {
    if (events.length === 0) return;
    for (const socket of this.#context.getWebSockets()) {
      for (const event of events) sendQuietly(socket, JSON.stringify(event));
    }
    for (const stream of this.#streams.keys()) this.#write(stream, events.map(toServerSentEvent).join(""));
  }

  /** The run is over: whoever waits is told, whoever watches is let go. */
  ended(reason: "ended" | "deleted"): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
    this.dismiss(1000, reason);
  }

  /** Lets everyone go. */
  dismiss(code: number, reason: string): void {
    for (const socket of this.#context.getWebSockets()) {
      try {
        socket.close(code, reason);
      } catch {
        // The peer has gone already.
      }
    }
    for (const stream of this.#streams.keys()) {
      this.#forget(stream);
      try {
        stream.close();
      } catch {
        // The reader has gone already.
      }
    }
  }

  /** True once the run has ended, false when `timeoutMs` passed first. */
  awaitEnd(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(wake);
        resolve(false);
      }, timeoutMs);
      this.#waiting.add(wake);
    });
  }

  /**
   * Takes a WebSocket in: the events so far first, so that nothing lies between them and the live ones.
   * One that comes after the end is told and let go; it need not hibernate.
   */
  admitSocket(events: readonly DocumentEvent[], over: boolean): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    if (over) server.accept();
    else this.#context.acceptWebSocket(server);
    for (const event of events) server.send(JSON.stringify(event));
    if (over) server.close(1000, "ended");
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Takes an event stream in. A reader who has seen the last event is told by 204 not to come again. */
  admitStream(events: readonly DocumentEvent[], over: boolean): Response {
    if (over && events.length === 0) return new Response(null, { status: 204 });
    const head = `retry: 1000\n\n${events.map(toServerSentEvent).join("")}`;
    let mine: ReadableStreamDefaultController<Uint8Array> | null = null;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(head));
        if (over) return controller.close();
        mine = controller;
        const heartbeat = setInterval(() => this.#write(controller, ": still here\n\n"), HEARTBEAT_MS);
        this.#streams.set(controller, () => clearInterval(heartbeat));
      },
      cancel: () => {
        if (mine) this.#forget(mine);
      },
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
    });
  }

  /** A peer that closes waits for our close frame. */
  answerClose(socket: WebSocket, code: number): void {
    try {
      socket.close(code === 1005 || code === 1006 ? 1000 : code);
    } catch {
      // Closed on both sides.
    }
  }

  #write(stream: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    try {
      stream.enqueue(new TextEncoder().encode(text));
    } catch {
      this.#forget(stream);
    }
  }

  #forget(stream: ReadableStreamDefaultController<Uint8Array>): void {
    this.#streams.get(stream)?.();
    this.#streams.delete(stream);
  }
}

/** An event as the EventSource standard reads it; its id is what a reader resumes from. */
function toServerSentEvent(event: DocumentEvent): string {
  return `id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
}

function sendQuietly(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // A socket that closes while it is written to resumes from the last number it saw.
  }
}
