import { AppError } from "../../errors.ts";
import { safePath } from "../../model/safe-path.ts";
import type { DocumentSource } from "../../ports.ts";
import { decodeNames } from "../archive/code-pages.ts";
import { container, nameWarnings, notOpened } from "../archive/container.ts";
import { asideFate, DEVICE, LINK, refused } from "../archive/fates.ts";
import { toStream, verified } from "../archive/streams.ts";
import { isZero, readTarHeader } from "../archive/tar-header.ts";
import { type TarEntry, walkTar } from "../archive/tar-walk.ts";
import { RangeReader } from "../archive/range-reader.ts";
import type {
  MemberFate,
  OpenedDocument,
  OpenedMember,
  ParseOptions,
  ParsePorts,
  Parser,
} from "../parser.ts";

/** Lists a TAR's files by their headers (V7, ustar, pax, GNU) and streams each from its place. */
export const tar: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const reader = new RangeReader(source);
    const first = await reader.readUint8Array(0, 512);
    if (readTarHeader(first) === null && !(first.length > 0 && isZero(first))) {
      throw new AppError(
        "file_damaged",
        "The file is damaged: it does not begin as a TAR does. Send the original.",
      );
    }
    const { entries, warnings } = await walkTar(reader, limits.maxMembers);
    const { names, guessed } = decodeNames(entries.map((entry) => entry.name));
    const members = entries.map((entry, index): OpenedMember => {
      const path = safePath(names[index] ?? "");
      const fate = fateOf(entry, path, source.size);
      return {
        path,
        mediaType: null,
        sizeBytes: entry.size,
        fate,
        open: async () => {
          if (fate?.outcome === "refused") throw notOpened(fate);
          return toStream(verified(reader.chunks(entry.offset, entry.size), { size: entry.size, crc: null }));
        },
      };
    });
    return container(members, [...warnings, ...nameWarnings(names, guessed)]);
  },
};

function fateOf(entry: TarEntry, path: string, end: number): MemberFate | null {
  switch (entry.kind) {
    case "link":
      return LINK;
    case "device":
      return DEVICE;
    case "sparse":
      return refused(
        "unsupported_format",
        "It is packed as a file with holes, which is not read. Pack it without --sparse.",
      );
    case "continued":
      return refused(
        "unsupported_format",
        "It begins in another volume of the archive. Send an archive of one volume.",
      );
    case "directory":
    case "file":
      return entry.offset + entry.size > end
        ? refused("file_damaged", "It is cut off: the archive ends before it does. Send the whole archive.")
        : asideFate(path, entry.size);
  }
}
