/** A line, or a part of a long one, as it stands in the file, its line break included. */
export interface LinePiece {
  readonly bytes: Uint8Array;
  /** Where the piece stands in the file. */
  readonly offset: number;
  /** False for what continues a line that was too long for one piece. */
  readonly first: boolean;
}

/** Lines of mail have 998 characters at most (RFC 5322, 2.1.1); what is longer comes in pieces. */
const MAX_PIECE = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits a stream into lines while it goes by, holding one line of it. Lines end in LF or CRLF; in CR alone where the
 * first chunk holds no LF at all.
 */
export async function readLines(
  stream: ReadableStream<Uint8Array>,
  take: (piece: LinePiece) => void,
): Promise<void> {
  const reader = stream.getReader();
  let rest: Uint8Array = new Uint8Array(0);
  let offset = 0;
  let first = true;
  let lineBreak: number | null = null;
  const emit = (bytes: Uint8Array, ends: boolean): void => {
    take({ bytes, offset, first });
    offset += bytes.length;
    first = ends;
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      lineBreak ??= breakOf(value);
      const bytes: Uint8Array = rest.length === 0 ? value : joined(rest, value);
      let from = 0;
      for (;;) {
        const at = bytes.indexOf(lineBreak ?? LF, from);
        if (at < 0) break;
        emit(bytes.subarray(from, at + 1), true);
        from = at + 1;
      }
      rest = bytes.slice(from);
      if (rest.length >= MAX_PIECE) {
        emit(rest, false);
        rest = new Uint8Array(0);
      }
    }
    if (rest.length > 0) emit(rest, true);
  } finally {
    reader.releaseLock();
  }
}

function breakOf(chunk: Uint8Array): number | null {
  if (chunk.includes(LF)) return LF;
  return chunk.includes(CR) && chunk.length > 1 ? CR : null;
}

/** Bytes behind one another. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** How many bytes of line break stand at a line's end. */
export function breakLength(line: Uint8Array): number {
  const last = line.at(-1);
  if (last === LF) return line.at(-2) === CR ? 2 : 1;
  return last === CR ? 1 : 0;
}

/** Bytes as a string of as many characters, each of one byte's value. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return text;
}

/** The bytes of a string whose characters are bytes. */
export function bytesOf(latin: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(latin.length);
  for (let at = 0; at < latin.length; at += 1) bytes[at] = latin.charCodeAt(at) & 0xff;
  return bytes;
}
