import { setTimeout as delay } from "node:timers/promises";
import { DocumentEvent } from "../../model/event.ts";
import type { Client } from "./client.ts";

const ENDS = new Set(["completed", "partial", "failed", "quarantined", "cancelled"]);

/** A document's events from the first on, live, until it has ended. Comes back behind the last one seen after a cut. */
export async function* followEvents(client: Client, id: string): AsyncGenerator<DocumentEvent> {
  let last = 0;
  for (;;) {
    const path = `/v1/documents/${encodeURIComponent(id)}/events?after=${last}`;
    const response = await client.request(path, { headers: { accept: "text/event-stream" } });
    try {
      for await (const data of readEventStream(response)) {
        const event = DocumentEvent.parse(JSON.parse(data));
        if (event.seq <= last) continue;
        last = event.seq;
        yield event;
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    // A closed stream is an end only where the document has ended: ask, then go on.
    const { status } = await client.standing(id);
    if (ENDS.has(status)) return;
    await delay(500);
  }
}

/** The data of server-sent events, message by message (HTML Standard, 9.2). */
export async function* readEventStream(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  let buffer = "";
  let data: string[] = [];
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    buffer += chunk;
    const lines = buffer.split(/\r\n|\n|\r(?!$)/u);
    buffer = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "" && data.length > 0) {
        yield data.join("\n");
        data = [];
      } else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /u, ""));
    }
  }
}
