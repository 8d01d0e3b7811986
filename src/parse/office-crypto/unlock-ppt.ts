import { AppError } from "../../errors.ts";
import type { Compound } from "../package/open-compound.ts";
import { readCurrentUser, readPersisted, recordAt } from "../slides/ppt-records.ts";
import { readLegacyLock } from "./legacy-cipher.ts";

const STREAM = "PowerPoint Document";
const USER = "Current User";
const PLAIN_TOKEN = 0xe391c05f;
const CRYPT_SESSION = 0x2f14;
const HEADER_BYTES = 8;

/** Whether a presentation says that it is encrypted ([MS-PPT] 2.3.2). */
export function isEncryptedPpt(file: Compound): boolean {
  return readCurrentUser(file.bytes(USER))?.encrypted === true;
}

/**
 * Decrypts a presentation's parts in place with the first of the passwords that opens it: each part has a key of its
 * own, by the number under which the file keeps it.
 * @returns whether one did
 * @throws AppError unsupported_format, file_damaged
 */
export function unlockPpt(file: Compound, passwords: readonly string[]): boolean {
  const stream = file.bytes(STREAM);
  const user = readCurrentUser(file.bytes(USER));
  if (!stream || !user) throw damaged();
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const persisted = readPersisted(view, user.lastEdit);
  const crypt = persisted?.cryptId ?? null;
  const session = crypt === null ? null : recordAt(view, persisted?.offsets.get(crypt) ?? -1);
  if (!persisted || !session || session.type !== CRYPT_SESSION) throw damaged();
  const lock = readLegacyLock(stream.slice(session.start, session.end));
  for (const password of passwords) {
    const cipher = lock(password);
    if (!cipher) continue;
    const done = new Set<number>();
    let bytes = 0;
    for (const [id, offset] of persisted.offsets) {
      if (id === crypt || persisted.clear.has(offset) || done.has(offset)) continue;
      if (offset + HEADER_BYTES > stream.length) continue;
      done.add(offset);
      const keystream = cipher(id);
      keystream.apply(stream.subarray(offset, offset + HEADER_BYTES));
      const body = stream.subarray(offset + HEADER_BYTES, recordAt(view, offset)?.end ?? offset);
      keystream.apply(body);
      bytes += body.length;
      // Parts that lie on one another would be decrypted again and again.
      if (bytes > stream.length) throw damaged();
    }
    writeBack(file, STREAM, stream);
    const current = file.bytes(USER);
    if (current) {
      new DataView(current.buffer, current.byteOffset).setUint32(12, PLAIN_TOKEN, true);
      writeBack(file, USER, current);
    }
    return true;
  }
  return false;
}

function writeBack(file: Compound, name: string, stream: Uint8Array): void {
  let at = 0;
  for (const piece of file.pieces(name) ?? []) {
    piece.set(stream.subarray(at, at + piece.length));
    at += piece.length;
  }
}

function damaged(): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: its slides are not where it says. Send the original.",
  );
}
