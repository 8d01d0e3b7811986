import { AppError } from "../../errors.ts";
import type { Compound } from "../package/open-compound.ts";
import { decryptBlocks, readLegacyLock } from "./legacy-cipher.ts";
import { unknownCipher } from "./primitives.ts";

const BLOCK_BYTES = 512;
/** The start of a Word document stays in the clear: its FibBase and what old readers look at. */
const CLEAR_BYTES = 68;
const FLAGS = 10;
const LOCK_BYTES = 14;
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;
const OBFUSCATED = 0x8000;

/** Whether a Word document says that it is encrypted ([MS-DOC] 2.5.2, fEncrypted). */
export function isEncryptedDoc(file: Compound): boolean {
  const head = file.pieces("WordDocument")?.[0];
  return head !== undefined && head.length > LOCK_BYTES + 4 && (readFlags(head) & ENCRYPTED) !== 0;
}

/**
 * Decrypts a Word document's streams in place with the first of the passwords that opens it.
 * @returns whether one did
 * @throws AppError unsupported_format for the obfuscation of Word 95, file_damaged
 */
export function unlockDoc(file: Compound, passwords: readonly string[]): boolean {
  const document = file.pieces("WordDocument") ?? [];
  const [head] = document;
  if (!head) throw damaged();
  const flags = readFlags(head);
  if ((flags & OBFUSCATED) !== 0) throw unknownCipher("the obfuscation of Word 95");
  const table = file.pieces(flags & SECOND_TABLE ? "1Table" : "0Table") ?? [];
  const header = new DataView(head.buffer, head.byteOffset).getUint32(LOCK_BYTES, true);
  const lock = readLegacyLock(firstBytes(table, header));
  for (const password of passwords) {
    const cipher = lock(password);
    if (!cipher) continue;
    decryptBlocks(document, cipher, BLOCK_BYTES, CLEAR_BYTES);
    decryptBlocks(table, cipher, BLOCK_BYTES, header);
    decryptBlocks(file.pieces("Data") ?? [], cipher, BLOCK_BYTES);
    new DataView(head.buffer, head.byteOffset).setUint16(FLAGS, flags & ~ENCRYPTED, true);
    return true;
  }
  return false;
}

function readFlags(head: Uint8Array): number {
  return new DataView(head.buffer, head.byteOffset).getUint16(FLAGS, true);
}

function firstBytes(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes: number[] = [];
  for (const piece of pieces) {
    bytes.push(...piece.subarray(0, length - bytes.length));
    if (bytes.length >= length) break;
  }
  return Uint8Array.from(bytes);
}

function damaged(): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: its text is not where it says. Send the original.",
  );
}
