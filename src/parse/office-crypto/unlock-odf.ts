import { Inflate, type Zippable, zipSync } from "fflate";
import { AppError } from "../../errors.ts";
import type { Package, PackageLimits } from "../package/open-package.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import { decryptAes, hashOf, sameBytes, stretchKey, unknownCipher } from "./primitives.ts";

const MANIFEST = "META-INF/manifest.xml";
const CHECKED_BYTES = 1_024;
/** Deflate makes at most 1,032 bytes of one. */
const STEP_BYTES = 4_096;
/** Pictures that are decrypted: each has a key of its own, which takes a hundred thousand rounds to make. */
const MAX_PICTURES = 20;

/** A part of an OpenDocument that is encrypted by itself (ODF 1.2 part 3, 4.8). */
interface LockedPart {
  readonly name: string;
  readonly size: number;
  readonly data: XmlElement;
}

/** The parts that the manifest calls encrypted. @throws AppError as Package.xml */
export function lockedParts(parts: Package): LockedPart[] {
  return childrenOf(parts.xml(MANIFEST), "file-entry").flatMap((entry) => {
    const data = childOf(entry, "encryption-data");
    const name = attributeOf(entry, "full-path");
    return data && name ? [{ name, size: Number(attributeOf(entry, "size") ?? 0), data }] : [];
  });
}

/**
 * The same package with its XML parts and embedded documents in the clear, as bytes of a ZIP; null where the
 * password is wrong.
 * @throws AppError unsupported_format for Blowfish and for packages encrypted as a whole, file_damaged
 */
export function unlockOdf(
  parts: Package,
  locked: readonly LockedPart[],
  password: string,
  limits: PackageLimits,
): Uint8Array | null {
  const plain: Zippable = {};
  let total = 0;
  for (const part of locked) {
    if (!isRead(part.name) || !parts.has(part.name)) continue;
    if (part.size > limits.maxPartBytes) throw tooLarge(part.name, limits.maxPartBytes);
    const content = decryptPart(part, parts.bytes(part.name) ?? new Uint8Array(), password, limits);
    if (!content) return null;
    total += content.length;
    if (total > limits.maxPartBytes * 2) throw tooLarge("its parts", limits.maxPartBytes * 2);
    plain[part.name] = [content, { level: 0 }];
  }
  unlockPictures(parts, locked, password, { ...limits, left: limits.maxPartBytes - total }, plain);
  // The manifest is left out: it says of all parts that they are encrypted.
  const kind = parts.bytes("mimetype");
  if (kind) plain["mimetype"] = [kind, { level: 0 }];
  return zipSync(plain);
}

/** Adds as many pictures as there is time and memory for; whoever reads the document misses the others. */
function unlockPictures(
  parts: Package,
  locked: readonly LockedPart[],
  password: string,
  limits: PackageLimits & { readonly left: number },
  plain: Zippable,
): void {
  let { left } = limits;
  const pictures = locked.filter(({ name }) => /^Pictures\/[^/]+$/.test(name) && parts.has(name));
  for (const part of pictures.slice(0, MAX_PICTURES)) {
    if (part.size > left) continue;
    left -= part.size;
    try {
      const content = decryptPart(part, parts.bytes(part.name) ?? new Uint8Array(), password, limits);
      if (content) plain[part.name] = [content, { level: 0 }];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
}

function isRead(name: string): boolean {
  return name.endsWith(".xml") || name.startsWith("Object ");
}

function decryptPart(
  part: LockedPart,
  encrypted: Uint8Array,
  password: string,
  limits: PackageLimits,
): Uint8Array | null {
  const algorithm = childOf(part.data, "algorithm");
  const cipher = attributeOf(algorithm, "algorithm-name") ?? "";
  if (!cipher.endsWith("#aes256-cbc")) throw unknownCipher(cipher.split("#").at(-1) ?? "no cipher");
  const derivation = childOf(part.data, "key-derivation");
  const method = attributeOf(derivation, "key-derivation-name") ?? "";
  if (!/pbkdf2/i.test(method)) throw unknownCipher(method.split("#").at(-1) ?? "no derivation");
  const start =
    attributeOf(childOf(part.data, "start-key-generation"), "start-key-generation-name") ?? "SHA1";
  const secret = hashOf(/sha256/i.test(start) ? "sha256" : "sha1", new TextEncoder().encode(password));
  const key = stretchKey(
    secret,
    base64(attributeOf(derivation, "salt")),
    Number(attributeOf(derivation, "iteration-count")),
    Number(attributeOf(derivation, "key-size") ?? 32),
  );
  const padded = decryptAes(key, base64(attributeOf(algorithm, "initialisation-vector")), encrypted);
  const packed = padded.subarray(0, Math.max(0, padded.length - (padded.at(-1) ?? 0)));
  if (!isWhole(part.data, packed)) return null;
  return inflate(packed, Math.min(part.size, limits.maxPartBytes), part.name);
}

/** The checksum of what is encrypted tells whether the password is right. */
function isWhole(data: XmlElement, packed: Uint8Array): boolean {
  const type = attributeOf(data, "checksum-type") ?? "";
  const expected = base64(attributeOf(data, "checksum"));
  const hash = /sha-?256/i.test(type) ? "sha256" : "sha1";
  const checked = /1k/i.test(type) ? packed.subarray(0, CHECKED_BYTES) : packed;
  return sameBytes(hashOf(hash, checked), expected);
}

function inflate(packed: Uint8Array, size: number, name: string): Uint8Array {
  const plain = new Uint8Array(size);
  let at = 0;
  const inflater = new Inflate((piece) => {
    if (at + piece.length > size) throw damaged(name);
    plain.set(piece, at);
    at += piece.length;
  });
  try {
    for (let from = 0; from < packed.length; from += STEP_BYTES) {
      inflater.push(packed.subarray(from, from + STEP_BYTES), from + STEP_BYTES >= packed.length);
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(name, error);
  }
  return plain.subarray(0, at);
}

function base64(text: string | null): Uint8Array {
  try {
    return Uint8Array.from(atob(text ?? ""), (character) => character.charCodeAt(0));
  } catch (error) {
    throw damaged(MANIFEST, error);
  }
}

function damaged(name: string, cause?: unknown): AppError {
  return new AppError(
    "file_damaged",
    `The file is damaged: ${name} cannot be decrypted. Send the original.`,
    cause === undefined ? {} : { cause },
  );
}

function tooLarge(what: string, limit: number): AppError {
  return new AppError(
    "archive_too_large",
    `The file is refused: ${what} would unpack to more than ${limit} bytes.`,
  );
}
