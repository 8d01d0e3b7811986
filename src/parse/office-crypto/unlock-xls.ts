import { AppError } from "../../errors.ts";
import type { Compound } from "../package/open-compound.ts";
import { type BlockCipher, readLegacyLock } from "./legacy-cipher.ts";
import type { Rc4 } from "./primitives.ts";
import { xorLock } from "./xor-cipher.ts";

const FILE_PASS = 0x2f;
const BOUND_SHEET = 0x85;
const BLOCK_BYTES = 1_024;
/** Records that stay in the clear ([MS-XLS] 2.2.10): BOF of every version, FilePass, and those of shared books. */
const CLEAR = new Set([0x809, 0x409, 0x209, 0x09, FILE_PASS, 0xe1, 0x194, 0x195, 0x196, 0x138]);
/** How far into a workbook its FilePass is looked for: it follows the first records. */
const LOOK_RECORDS = 64;

/** Decrypts a workbook's record bodies in place, knowing where each lies in the stream. */
type Decrypt = (body: Uint8Array, at: number) => void;

/** The workbook's stream: BIFF8 calls it `Workbook`, BIFF5 `Book`. */
export function workbookName(file: Compound): string | null {
  return ["Workbook", "Book"].find((name) => file.has(name)) ?? null;
}

/** Where a workbook says that it is encrypted; null where it is not. */
export function findFilePass(stream: Uint8Array): { at: number; body: Uint8Array } | null {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = 0, seen = 0; at + 4 <= stream.length && seen < LOOK_RECORDS; seen += 1) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === FILE_PASS) return { at, body: stream.slice(at + 4, at + 4 + length) };
    at += 4 + length;
  }
  return null;
}

/**
 * Decrypts a workbook's stream in place with the first of the passwords that opens it.
 * @returns whether one did
 * @throws AppError unsupported_format, file_damaged
 */
export function unlockWorkbook(
  stream: Uint8Array,
  filePass: { at: number; body: Uint8Array },
  passwords: readonly string[],
): boolean {
  const { body, at } = filePass;
  if (body.length < 4) throw damaged();
  const lock = lockOf(body);
  for (const password of passwords) {
    const decrypt = lock(password);
    if (!decrypt) continue;
    decryptRecords(stream, decrypt);
    // Without its FilePass the workbook reads as one that never was encrypted.
    new DataView(stream.buffer, stream.byteOffset).setUint16(at, 0xffff, true);
    return true;
  }
  return false;
}

function lockOf(body: Uint8Array): (password: string) => Decrypt | null {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length === 4 || view.getUint16(0, true) === 0) {
    const at = body.length === 4 ? 0 : 2;
    if (body.length < at + 4) throw damaged();
    const lock = xorLock(view.getUint16(at, true), view.getUint16(at + 2, true));
    return (password) => {
      const key = lock(password);
      return key && ((data, at) => deobfuscate(data, key, at));
    };
  }
  const lock = readLegacyLock(body.subarray(2));
  return (password) => {
    const cipher = lock(password);
    return cipher && streamDecrypt(cipher);
  };
}

/** Each record begins its key anew, at its place in the stream plus its length ([MS-OFFCRYPTO] 2.3.7.3). */
function deobfuscate(data: Uint8Array, key: Uint8Array, at: number): void {
  for (const [index, byte] of data.entries()) {
    const turned = ((byte << 3) | (byte >>> 5)) & 0xff;
    data[index] = turned ^ (key[(at + data.length + index) & 15] ?? 0);
  }
}

/** Calls come in the stream's order: what lies between two of them is skipped in the keystream. */
function streamDecrypt(cipher: BlockCipher): Decrypt {
  let block = -1;
  let position = 0;
  let stream: Rc4 | null = null;
  return (data, at) => {
    let done = 0;
    while (done < data.length) {
      const here = at + done;
      const wanted = Math.floor(here / BLOCK_BYTES);
      if (wanted !== block || !stream) {
        stream = cipher(wanted);
        block = wanted;
        position = 0;
      }
      const within = here % BLOCK_BYTES;
      stream.skip(within - position);
      const step = Math.min(data.length - done, BLOCK_BYTES - within);
      stream.apply(data.subarray(done, done + step));
      position = within + step;
      done += step;
    }
  };
}

function decryptRecords(stream: Uint8Array, decrypt: Decrypt): void {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = 0; at + 4 <= stream.length;) {
    const type = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    const start = at + 4;
    // Where a sheet begins in the stream stands in the clear, its name does not.
    const clear = type === BOUND_SHEET ? 4 : 0;
    const body = stream.subarray(start, start + length);
    if (!CLEAR.has(type)) {
      const position = body.slice(0, clear);
      decrypt(body, start);
      body.set(position);
    }
    at = start + length;
  }
}

function damaged(): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: what it says of its encryption is cut off. Send the original.",
  );
}
