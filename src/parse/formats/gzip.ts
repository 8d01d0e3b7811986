import { AppError } from "../../errors.ts";
import { safePath } from "../../model/safe-path.ts";
import type { DocumentSource } from "../../ports.ts";
import { decodeNames } from "../archive/code-pages.ts";
import { container, nameWarnings } from "../archive/container.ts";
import { gunzip } from "../archive/gunzip.ts";
import { chunksOf, toStream } from "../archive/streams.ts";
import type { OpenedDocument, OpenedMember, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** A name that is longer than this is none. */
const HEADER_BYTES = 4 * 1024;

/** Endings that tell what is packed. */
const INNER: Readonly<Record<string, string>> = { tgz: ".tar", taz: ".tar", svgz: ".svg", gz: "", gzip: "" };

/** Reads GZIP as an archive of one member: what it unpacks to, streamed. */
export const gzip: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const head = await source.range(0, HEADER_BYTES);
    if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) {
      throw new AppError(
        "file_damaged",
        "The file is damaged: it does not begin as GZIP does. Send the original.",
      );
    }
    const stored = storedName(head);
    const name = stored ?? innerName(source.filename);
    const member: OpenedMember = {
      path: safePath(name).split("/").at(-1) ?? name,
      mediaType: null,
      sizeBytes: null,
      fate: null,
      open: async () => toStream(gunzip(chunksOf(source, 0, source.size), limits)),
    };
    return container([member], nameWarnings([name]));
  },
};

/** The name in the header (RFC 1952, 2.3.1: FNAME behind FEXTRA, Latin-1 as it says); null where there is none. */
function storedName(head: Uint8Array): string | null {
  const flags = head[3] ?? 0;
  if ((flags & 8) === 0) return null;
  const start = 10 + ((flags & 4) === 0 ? 0 : 2 + (head[10] ?? 0) + (head[11] ?? 0) * 256);
  const end = head.indexOf(0, start);
  return end > start ? (decodeNames([head.subarray(start, end)], "windows-1252").names[0] ?? null) : null;
}

/** `letter.pdf` for `letter.pdf.gz`, `files.tar` for `files.tgz`. */
function innerName(filename: string): string {
  const [, stem, ending] = /^(.+)\.([^.]+)$/.exec(filename) ?? [];
  const inner = INNER[ending?.toLowerCase() ?? ""];
  return stem === undefined || inner === undefined ? filename : stem + inner;
}
