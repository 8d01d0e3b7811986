import { AppError } from "../../errors.ts";
import type { Compound } from "../package/open-compound.ts";
import type { ParseLimits } from "../parser.ts";
import { attributeOf, childOf, parseXml, type XmlElement } from "../xml/parse-xml.ts";
import {
  decryptAes,
  type HashName,
  hashNamed,
  hashOf,
  sameBytes,
  spinHash,
  uint32,
  unknownCipher,
  utf16,
} from "./primitives.ts";

/** What the encryption of a package says of itself, ready to try passwords on it. */
export interface OoxmlLock {
  /** The key of the package, or null where the password is not the one. */
  readonly tryPassword: (password: string) => Uint8Array | null;
  /** The package in the clear. */
  readonly decrypt: (key: Uint8Array, encrypted: Uint8Array) => Uint8Array;
}

/**
 * Reads the stream EncryptionInfo ([MS-OFFCRYPTO] 2.3.4): standard (Office 2007) and agile (2010 and later).
 * @throws AppError unsupported_format for what is neither, file_damaged
 */
export function readOoxmlLock(file: Compound, limits: Pick<ParseLimits, "maxDepth" | "maxNodes">): OoxmlLock {
  const info = file.bytes("EncryptionInfo");
  if (!info || info.length < 8) throw damaged();
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  const major = view.getUint16(0, true);
  const minor = view.getUint16(2, true);
  if (major === 4 && minor === 4) {
    return agileLock(parseXml(new TextDecoder().decode(info.subarray(8)), limits));
  }
  if (minor === 2 && major >= 2 && major <= 4) return standardLock(info, view);
  throw unknownCipher(`version ${major}.${minor}`);
}

const SEGMENT_BYTES = 4_096;

/** Constants by which one password gives several keys ([MS-OFFCRYPTO] 2.3.4.13). */
const BLOCK = {
  verifierInput: Uint8Array.of(0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79),
  verifierValue: Uint8Array.of(0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e),
  keyValue: Uint8Array.of(0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6),
};

interface AgileCipher {
  readonly hash: HashName;
  readonly salt: Uint8Array;
  readonly blockBytes: number;
  readonly keyBytes: number;
}

function agileLock(root: XmlElement): OoxmlLock {
  const data = agileCipher(childOf(root, "keyData"));
  const key = childOf(root, "keyEncryptors", "keyEncryptor", "encryptedKey");
  if (attributeOf(key, "spinCount") === null) throw unknownCipher("no password, but a certificate opens it");
  const cipher = agileCipher(key);
  const rounds = Number(attributeOf(key, "spinCount"));
  return {
    tryPassword: (password) => {
      const spun = spinHash(cipher.hash, hashOf(cipher.hash, cipher.salt, utf16(password)), rounds);
      const decrypt = (block: Uint8Array, name: string): Uint8Array =>
        decryptAes(
          fit(hashOf(cipher.hash, spun, block), cipher.keyBytes),
          fit(cipher.salt, cipher.blockBytes),
          base64(attributeOf(key, name)),
        );
      const input = decrypt(BLOCK.verifierInput, "encryptedVerifierHashInput");
      const value = decrypt(BLOCK.verifierValue, "encryptedVerifierHashValue");
      const expected = hashOf(cipher.hash, input.subarray(0, cipher.salt.length));
      if (!sameBytes(expected, value.subarray(0, expected.length))) return null;
      return decrypt(BLOCK.keyValue, "encryptedKeyValue").subarray(0, data.keyBytes);
    },
    decrypt: (packageKey, encrypted) =>
      decryptSegments(encrypted, SEGMENT_BYTES, (segment, index) =>
        decryptAes(packageKey, fit(hashOf(data.hash, data.salt, uint32(index)), data.blockBytes), segment),
      ),
  };
}

function agileCipher(element: XmlElement | null): AgileCipher {
  if (!element) throw damaged();
  const name = attributeOf(element, "cipherAlgorithm") ?? "";
  const chaining = attributeOf(element, "cipherChaining") ?? "";
  if (name !== "AES" || chaining !== "ChainingModeCBC") throw unknownCipher(`${name} ${chaining}`);
  return {
    hash: hashNamed(attributeOf(element, "hashAlgorithm") ?? ""),
    salt: base64(attributeOf(element, "saltValue")),
    blockBytes: 16,
    keyBytes: Number(attributeOf(element, "keyBits")) / 8,
  };
}

const AES_BY_ID: Readonly<Record<number, number>> = { 0x660e: 16, 0x660f: 24, 0x6610: 32 };
const STANDARD_ROUNDS = 50_000;

function standardLock(info: Uint8Array, view: DataView): OoxmlLock {
  const headerBytes = view.getUint32(8, true);
  const verifier = 12 + headerBytes;
  if (headerBytes < 32 || verifier + 72 > info.length) throw damaged();
  const keyBytes = AES_BY_ID[view.getUint32(20, true)];
  if (keyBytes === undefined) throw unknownCipher(`algorithm ${view.getUint32(20, true)}`);
  const salt = info.subarray(verifier + 4, verifier + 20);
  const input = info.subarray(verifier + 20, verifier + 36);
  const value = info.subarray(verifier + 40, verifier + 72);
  return {
    tryPassword: (password) => {
      const spun = spinHash("sha1", hashOf("sha1", salt, utf16(password)), STANDARD_ROUNDS);
      const hash = hashOf("sha1", spun, uint32(0));
      const key = new Uint8Array(40);
      for (const [half, pad] of [0x36, 0x5c].entries()) {
        const mixed = fit(hash, 64, 0).map((byte) => byte ^ pad);
        key.set(hashOf("sha1", mixed), half * 20);
      }
      const expected = hashOf("sha1", decryptAes(key.subarray(0, keyBytes), null, input));
      const found = decryptAes(key.subarray(0, keyBytes), null, value);
      return sameBytes(expected, found.subarray(0, expected.length)) ? key.subarray(0, keyBytes) : null;
    },
    decrypt: (key, encrypted) =>
      decryptSegments(encrypted, SEGMENT_BYTES, (segment) => decryptAes(key, null, segment)),
  };
}

/** The package's size in 8 bytes, then its segments, the last one filled up to a block. */
function decryptSegments(
  encrypted: Uint8Array,
  segmentBytes: number,
  decrypt: (segment: Uint8Array, index: number) => Uint8Array,
): Uint8Array {
  if (encrypted.length < 8) throw damaged();
  const view = new DataView(encrypted.buffer, encrypted.byteOffset, encrypted.byteLength);
  const size = Number(view.getBigUint64(0, true));
  const body = encrypted.subarray(8, encrypted.length - ((encrypted.length - 8) % 16));
  if (size > body.length) throw damaged();
  const plain = new Uint8Array(size);
  for (let at = 0, index = 0; at < size; at += segmentBytes, index += 1) {
    const segment = decrypt(body.subarray(at, at + segmentBytes), index);
    plain.set(segment.subarray(0, Math.min(segment.length, size - at)), at);
  }
  return plain;
}

/** Cut, or filled up with 0x36 as agile encryption has it. */
function fit(bytes: Uint8Array, length: number, fill = 0x36): Uint8Array {
  const fitted = new Uint8Array(length).fill(fill);
  fitted.set(bytes.subarray(0, length));
  return fitted;
}

function base64(text: string | null): Uint8Array {
  try {
    return Uint8Array.from(atob(text ?? ""), (character) => character.charCodeAt(0));
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause?: unknown): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: what it says of its encryption is cut off or wrong. Send the original.",
    cause === undefined ? {} : { cause },
  );
}
