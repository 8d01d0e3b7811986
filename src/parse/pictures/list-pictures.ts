import { byteStream } from "../../model/byte-source.ts";
import { safePath } from "../../model/safe-path.ts";
import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { Package } from "../package/open-package.ts";
import type { MemberFate, OpenedMember } from "../parser.ts";
import { PICTURE_HEAD, shownPictureFate } from "./picture-fate.ts";
import { pictureSize } from "./picture-size.ts";

/** A picture inside a document. Its content is made when it is asked for, piece by piece. */
export interface Picture {
  readonly name: string;
  /** Of a template's page or layout, whatever its size. */
  readonly isDecoration?: boolean;
  readonly mediaType?: string | null;
  /** @throws AppError where its content is not to be had */
  readonly size: () => number;
  /** @throws AppError where its content is not to be had, while it is read */
  readonly pieces: () => Iterable<Uint8Array>;
  /** The same as a stream, where there is a better one. */
  readonly stream?: () => ReadableStream<Uint8Array>;
}

/** A document's pictures as members. */
export interface ListedPictures {
  readonly members: readonly OpenedMember[];
  readonly warnings: readonly Warning[];
  /** How many of them become documents of their own, and are read so. */
  readonly documents: number;
}

/** Makes pictures members, each with its fate, up to a number; a warning tells of the rest. */
export function listPictures(pictures: readonly Picture[], most: number): ListedPictures {
  const room = Math.max(0, most);
  const members = pictures.slice(0, room).map(memberOf);
  const left = pictures.length - members.length;
  const warnings: Warning[] = [];
  if (left > 0) {
    const message = `${left} of ${pictures.length} pictures in the document were not read: it holds more than ${most} parts. Split it.`;
    warnings.push({ code: "content_not_read", message });
  }
  return { members, warnings, documents: members.filter(({ fate }) => fate === null).length };
}

/** A part of a package as a picture. */
export function partPicture(parts: Package, name: string, isDecoration = false): Picture {
  return {
    name,
    isDecoration,
    size: () => parts.size(name),
    pieces: () => parts.pieces(name) ?? [],
    stream: () => parts.stream(name) ?? byteStream(new Uint8Array()),
  };
}

function memberOf(picture: Picture): OpenedMember {
  const path = safePath(picture.name);
  const open = async (): Promise<ReadableStream<Uint8Array>> =>
    picture.stream?.() ?? streamOf(picture.pieces());
  const facts = { path, mediaType: picture.mediaType ?? null, open };
  try {
    const sizeBytes = picture.size();
    const isDecoration = picture.isDecoration ?? false;
    const head = isDecoration ? null : headOf(picture.pieces());
    return { ...facts, sizeBytes, fate: shownPictureFate({ name: path, sizeBytes }, head, isDecoration) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fate: MemberFate = { outcome: "refused", code: error.code, message: error.message };
    return { ...facts, sizeBytes: null, fate };
  }
}

/** As much of a picture as says how large it is; the rest is not unpacked. */
function headOf(pieces: Iterable<Uint8Array>): Uint8Array {
  const head = new Uint8Array(PICTURE_HEAD);
  let length = 0;
  for (const piece of pieces) {
    const taken = piece.subarray(0, PICTURE_HEAD - length);
    head.set(taken, length);
    length += taken.length;
    if (length === PICTURE_HEAD || pictureSize(head.subarray(0, length))) break;
  }
  return head.slice(0, length);
}

function streamOf(pieces: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const left = pieces[Symbol.iterator]();
  return new ReadableStream(
    {
      pull(controller) {
        const next = left.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel() {
        left.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
