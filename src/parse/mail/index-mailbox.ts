import { messageName } from "./mail-members.ts";
import { breakLength, joined, latin1, type LinePiece, readLines } from "./read-lines.ts";
import { UniqueNames } from "./member-names.ts";

/** A message of a mailbox: where it stands in the file, without the `From ` line before it. */
export interface MailboxMessage {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** True when lines of its body were quoted, so that its own length is less. */
  readonly quoted: boolean;
}

/** The messages of a mailbox that are kept, and how many it holds. */
export interface MailboxIndex {
  readonly messages: readonly MailboxMessage[];
  readonly found: number;
}

/** An envelope line has a time of day; a sentence that begins with "From " hardly ever. */
const ENVELOPE = /^From \S.{0,200}\d{1,2}:\d{2}/;
const QUOTED = /^>+From /;
/** Bytes at a message's beginning in which its subject is looked for. */
const HEAD = 16 * 1024;

/**
 * Finds a mailbox's messages (RFC 4155; mboxo and mboxrd) while its bytes go by once: a message begins at a `From `
 * line that is the file's first line or follows an empty one.
 */
export async function indexMailbox(
  stream: ReadableStream<Uint8Array>,
  maxMessages: number,
): Promise<MailboxIndex> {
  const indexer = new MailboxIndexer(maxMessages);
  await readLines(stream, (piece) => indexer.take(piece));
  return indexer.finish();
}

class MailboxIndexer {
  readonly #maxMessages: number;
  readonly #names = new UniqueNames();
  readonly #messages: MailboxMessage[] = [];
  #found = 0;
  #open: { start: number; head: Uint8Array[]; headBytes: number; quoted: boolean } | null = null;
  #blankBefore = true;
  #lastBlank = 0;
  #offset = 0;

  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  take({ bytes, offset, first }: LinePiece): void {
    this.#offset = offset + bytes.length;
    const start = first ? latin1(bytes.subarray(0, 240)) : "";
    const begins = this.#blankBefore && (offset === 0 ? start.startsWith("From ") : ENVELOPE.test(start));
    if (begins) {
      this.#close(offset - this.#lastBlank);
      this.#begin(this.#offset);
    } else {
      if (!this.#open && start.trim() !== "") this.#begin(offset);
      this.#addLine(bytes, start);
    }
    const blank = first && bytes.length === breakLength(bytes);
    this.#blankBefore = blank;
    this.#lastBlank = blank ? bytes.length : 0;
  }

  finish(): MailboxIndex {
    this.#close(this.#offset);
    return { messages: this.#messages, found: this.#found };
  }

  #begin(start: number): void {
    this.#found += 1;
    this.#open = { start, head: [], headBytes: 0, quoted: false };
  }

  #addLine(bytes: Uint8Array, start: string): void {
    const open = this.#open;
    if (!open) return;
    if (QUOTED.test(start)) open.quoted = true;
    if (open.headBytes >= HEAD || this.#messages.length >= this.#maxMessages) return;
    open.head.push(bytes.slice(0, HEAD));
    open.headBytes += bytes.length;
  }

  #close(end: number): void {
    const open = this.#open;
    this.#open = null;
    if (!open || this.#messages.length >= this.#maxMessages) return;
    const number = String(this.#messages.length + 1).padStart(4, "0");
    const name = this.#names.take(messageName(joined(...open.head), number));
    this.#messages.push({ name, start: open.start, end: Math.max(open.start, end), quoted: open.quoted });
  }
}

/** A line that is longer is no text: it is passed on as it comes. */
const LONG_LINE = 64 * 1024;

/** Takes one `>` from lines that were quoted because they begin like an envelope (mboxrd), chunk by chunk. */
export function unquoteFrom(): TransformStream<Uint8Array, Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  const clean = (line: Uint8Array): Uint8Array =>
    line[0] === 0x3e && QUOTED.test(latin1(line.subarray(0, 200))) ? line.subarray(1) : line;
  return new TransformStream({
    transform: (chunk, controller) => {
      const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
      const parts: Uint8Array[] = [];
      let from = 0;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
        parts.push(clean(bytes.subarray(from, at + 1)));
        from = at + 1;
      }
      rest = bytes.slice(from);
      if (rest.length > LONG_LINE) {
        parts.push(clean(rest));
        rest = new Uint8Array(0);
      }
      if (parts.length > 0) controller.enqueue(joined(...parts));
    },
    flush: (controller) => {
      if (rest.length > 0) controller.enqueue(clean(rest));
    },
  });
}
