import { AppError } from "../../errors.ts";
import { type HashName, hashOf, Rc4, sameBytes, uint32, unknownCipher, utf16 } from "./primitives.ts";

/** Gives the keystream of a block. */
export type BlockCipher = (block: number) => Rc4;

/** What a DOC, XLS or PPT says of its encryption, ready to try passwords on it; null where the password is wrong. */
export type LegacyLock = (password: string) => BlockCipher | null;

/**
 * Reads an encryption header of Office 97 to 2003: RC4 of 40 bits ([MS-OFFCRYPTO] 2.3.6) or with keys from the
 * CryptoAPI (2.3.5).
 * @throws AppError unsupported_format for another cipher, file_damaged
 */
export function readLegacyLock(header: Uint8Array): LegacyLock {
  if (header.length < 52) throw damaged();
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const major = view.getUint16(0, true);
  const minor = view.getUint16(2, true);
  if (major === 1 && minor === 1) return plainLock(header);
  if (minor === 2 && major >= 2 && major <= 4) return cryptoApiLock(header, view);
  throw unknownCipher(`version ${major}.${minor}`);
}

const RC4_KEY_BYTES = 5;

function plainLock(header: Uint8Array): LegacyLock {
  const salt = header.subarray(4, 20);
  return (password) => {
    const short = hashOf("md5", utf16(password)).subarray(0, RC4_KEY_BYTES);
    const mixed = hashOf("md5", ...Array.from({ length: 16 }, () => [short, salt]).flat());
    const base = mixed.subarray(0, RC4_KEY_BYTES);
    const cipher: BlockCipher = (block) => new Rc4(hashOf("md5", base, uint32(block)));
    return opens(cipher, "md5", header.subarray(20, 36), header.subarray(36, 52)) ? cipher : null;
  };
}

const RC4_ALGORITHM = 0x6801;
const SMALLEST_KEY_BITS = 40;

function cryptoApiLock(header: Uint8Array, view: DataView): LegacyLock {
  const verifier = 12 + view.getUint32(8, true);
  if (verifier < 44 || verifier + 60 > header.length) throw damaged();
  const algorithm = view.getUint32(20, true);
  if (algorithm !== RC4_ALGORITHM) throw unknownCipher(`algorithm ${algorithm}`);
  const keyBits = view.getUint32(28, true) || SMALLEST_KEY_BITS;
  if (keyBits % 8 !== 0 || keyBits > 128) throw unknownCipher(`a key of ${keyBits} bits`);
  const salt = header.subarray(verifier + 4, verifier + 20);
  return (password) => {
    const base = hashOf("sha1", salt, utf16(password));
    const cipher: BlockCipher = (block) => {
      const key = hashOf("sha1", base, uint32(block)).slice(0, 16);
      const used = keyBits / 8;
      // A key of 40 bits is filled up with zeros, longer ones are used as they are.
      return new Rc4(keyBits === SMALLEST_KEY_BITS ? key.fill(0, used) : key.subarray(0, used));
    };
    const input = header.subarray(verifier + 20, verifier + 36);
    return opens(cipher, "sha1", input, header.subarray(verifier + 40, verifier + 60)) ? cipher : null;
  };
}

function opens(cipher: BlockCipher, hash: HashName, input: Uint8Array, value: Uint8Array): boolean {
  const stream = cipher(0);
  const plainInput = input.slice();
  const plainValue = value.slice();
  stream.apply(plainInput);
  stream.apply(plainValue);
  return sameBytes(hashOf(hash, plainInput), plainValue);
}

/**
 * Decrypts pieces that make one stream, in place: its key changes with each block. `from` leaves the bytes in
 * front of it as they are.
 */
export function decryptBlocks(
  pieces: readonly Uint8Array[],
  cipher: BlockCipher,
  blockBytes: number,
  from = 0,
): void {
  let at = 0;
  let stream = cipher(0);
  for (const piece of pieces) {
    for (let done = 0; done < piece.length;) {
      if (at > 0 && at % blockBytes === 0) stream = cipher(at / blockBytes);
      const step = Math.min(piece.length - done, blockBytes - (at % blockBytes));
      const clear = Math.min(step, Math.max(0, from - at));
      stream.skip(clear);
      stream.apply(piece.subarray(done + clear, done + step));
      at += step;
      done += step;
    }
  }
}

function damaged(): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: what it says of its encryption is cut off. Send the original.",
  );
}
