import { createDecipheriv, createHash, pbkdf2Sync } from "node:crypto";
import { AppError } from "../../errors.ts";

/** Hashes that office files name, by their names in lower case without a hyphen. */
export type HashName = "md5" | "sha1" | "sha256" | "sha384" | "sha512";

const HASHES: Readonly<Record<string, HashName>> = {
  md5: "md5",
  sha1: "sha1",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
};

/**
 * Rounds of a key's derivation. Office writes 100,000, LibreOffice the same; a million take about three seconds,
 * more is there to keep a reader busy.
 */
const MAX_ROUNDS = 1_000_000;

/** @throws AppError unsupported_format for a hash that is not known */
export function hashNamed(name: string): HashName {
  const hash = HASHES[name.toLowerCase().replaceAll("-", "")];
  if (!hash) throw unknownCipher(`the hash ${name}`);
  return hash;
}

export function hashOf(name: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/**
 * Hashes again and again, each time with the round's number in front ([MS-OFFCRYPTO] 2.3.4.7 and 2.3.4.11).
 * @throws AppError unsafe_content for more rounds than are worked off
 */
export function spinHash(name: HashName, first: Uint8Array, rounds: number): Uint8Array {
  checkRounds(rounds);
  let hash = first;
  for (let round = 0; round < rounds; round += 1) hash = hashOf(name, uint32(round), hash);
  return hash;
}

/** PBKDF2 with HMAC-SHA-1 (RFC 8018). @throws AppError unsafe_content for more rounds than are worked off */
export function stretchKey(
  secret: Uint8Array,
  salt: Uint8Array,
  rounds: number,
  keyBytes: number,
): Uint8Array {
  checkRounds(rounds);
  return new Uint8Array(pbkdf2Sync(secret, salt, rounds, keyBytes, "sha1"));
}

function checkRounds(rounds: number): void {
  if (Number.isInteger(rounds) && rounds >= 0 && rounds <= MAX_ROUNDS) return;
  throw new AppError(
    "unsafe_content",
    `The file asks for ${rounds} rounds of key derivation, more than the ${MAX_ROUNDS} that are worked off.`,
  );
}

/** AES of 128, 192 or 256 bits by the key's length, without padding; `iv` null for ECB. */
export function decryptAes(key: Uint8Array, iv: Uint8Array | null, data: Uint8Array): Uint8Array {
  if (![16, 24, 32].includes(key.length) || data.length % 16 !== 0) {
    throw new AppError(
      "file_damaged",
      "The file is damaged: what is encrypted of it is cut off. Send the original.",
    );
  }
  const decipher = createDecipheriv(`aes-${key.length * 8}-${iv ? "cbc" : "ecb"}`, key, iv);
  decipher.setAutoPadding(false);
  return new Uint8Array(decipher.update(data));
}

/** RC4, which Workers' own crypto lacks in some builds: each call goes on where the last one ended. */
export class Rc4 {
  readonly #state = Uint8Array.from({ length: 256 }, (_, index) => index);
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    let j = 0;
    for (let i = 0; i < 256; i += 1) {
      j = (j + this.#at(i) + (key[i % key.length] ?? 0)) & 0xff;
      this.#swap(i, j);
    }
  }

  /** Decrypts in place. */
  apply(data: Uint8Array): void {
    for (let index = 0; index < data.length; index += 1) {
      data[index] = (data[index] ?? 0) ^ this.#next();
    }
  }

  skip(bytes: number): void {
    for (let index = 0; index < bytes; index += 1) this.#next();
  }

  #next(): number {
    this.#i = (this.#i + 1) & 0xff;
    this.#j = (this.#j + this.#at(this.#i)) & 0xff;
    this.#swap(this.#i, this.#j);
    return this.#at((this.#at(this.#i) + this.#at(this.#j)) & 0xff);
  }

  #at(index: number): number {
    return this.#state[index] ?? 0;
  }

  #swap(a: number, b: number): void {
    const kept = this.#at(a);
    this.#state[a] = this.#at(b);
    this.#state[b] = kept;
  }
}

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), true);
  return bytes;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

export function unknownCipher(what: string): AppError {
  return new AppError(
    "unsupported_format",
    `The file is encrypted in a way that is not read (${what}). Remove its password and send it again.`,
  );
}

export function passwordRequired(): AppError {
  return new AppError(
    "password_required",
    "The file is encrypted. Send its password, or the file without one.",
  );
}

export function passwordIncorrect(): AppError {
  return new AppError("password_incorrect", "The password does not open the file. Send the right one.");
}
