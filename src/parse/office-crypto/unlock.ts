import { AppError } from "../../errors.ts";
import { byteSource } from "../../model/byte-source.ts";
import type { Format } from "../../model/format.ts";
import type { DocumentSource } from "../../ports.ts";
import { mainPart } from "../ooxml/relationships.ts";
import { type Compound, isCompound, openCompound } from "../package/open-compound.ts";
import { openPackage } from "../package/open-package.ts";
import type { ParseLimits, ParseOptions } from "../parser.ts";
import { passwordIncorrect, passwordRequired, unknownCipher } from "./primitives.ts";
import { isEncryptedDoc, unlockDoc } from "./unlock-doc.ts";
import { lockedParts, unlockOdf } from "./unlock-odf.ts";
import { readOoxmlLock } from "./unlock-ooxml.ts";
import { isEncryptedPpt, unlockPpt } from "./unlock-ppt.ts";
import { findFilePass, unlockWorkbook, workbookName } from "./unlock-xls.ts";

/**
 * What Office encrypts with when it asks for no password: Excel for a workbook whose structure is protected,
 * PowerPoint for a presentation that is only to be shown.
 */
const DEFAULT_PASSWORDS = ["VelvetSweatshop", "/01Hannes Ruescher/01"];

/**
 * Gives an office file in the clear, with the format that it really has: a file that is encrypted shows neither its
 * content nor, in part, what it is. What is not encrypted is passed on as it is.
 * @throws AppError payload_too_large, password_required, password_incorrect, unsupported_format for a way of
 *   encryption that is not read, file_damaged
 */
export async function unlockOffice(source: DocumentSource, options: ParseOptions): Promise<DocumentSource> {
  const { limits, password } = options;
  if (source.size > limits.maxBytes) {
    throw new AppError(
      "payload_too_large",
      `The file has ${source.size} bytes, more than the ${limits.maxBytes} that are read. Split it and send its parts.`,
    );
  }
  const bytes = await source.bytes();
  const plain = unlock(bytes, source.format, limits, password);
  return byteSource(plain.bytes, source.filename, plain.format);
}

/** What is neither a compound file nor a ZIP is left to who reads its format: a bare stream of records, or damage. */
function unlock(bytes: Uint8Array, format: Format, limits: ParseLimits, password: string | undefined): Plain {
  if (isCompound(bytes)) return unlockCompound(bytes, format, limits, password);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? unlockZip(bytes, format, limits, password) : { bytes, format };
}

interface Plain {
  readonly bytes: Uint8Array;
  readonly format: Format;
}

function unlockCompound(
  bytes: Uint8Array,
  format: Format,
  limits: ParseLimits,
  password: string | undefined,
): Plain {
  const file = openCompound(bytes);
  if (file.has("EncryptedPackage")) return unlockPackage(file, format, limits, password);
  if (file.names.some((name) => name.endsWith("\tDRMContent"))) throw unknownCipher("rights management");
  const kind = kindOfCompound(file) ?? format;
  if (!isLocked(file, kind)) return { bytes, format: kind };
  // Decrypted in place, in a copy: the original may be read again.
  const copy = bytes.slice();
  if (unlockInPlace(openCompound(copy), kind, passwordsFor(password))) return { bytes: copy, format: kind };
  throw wrong(password);
}

function unlockPackage(
  file: Compound,
  format: Format,
  limits: ParseLimits,
  password: string | undefined,
): Plain {
  if (!file.has("EncryptionInfo")) throw unknownCipher("rights management");
  const lock = readOoxmlLock(file, limits);
  for (const candidate of passwordsFor(password)) {
    const key = lock.tryPassword(candidate);
    const encrypted = key && file.bytes("EncryptedPackage");
    if (!key || !encrypted) continue;
    const bytes = lock.decrypt(key, encrypted);
    return { bytes, format: kindOfZip(bytes, limits) ?? format };
  }
  throw wrong(password);
}

function unlockZip(
  bytes: Uint8Array,
  format: Format,
  limits: ParseLimits,
  password: string | undefined,
): Plain {
  const parts = openPackage(bytes, limits);
  if (!parts.has("META-INF/manifest.xml")) return { bytes, format: kindOfZip(bytes, limits) ?? format };
  const locked = lockedParts(parts);
  if (locked.length === 0) return { bytes, format };
  if (password === undefined) throw passwordRequired();
  const plain = unlockOdf(parts, locked, password, limits);
  if (!plain) throw passwordIncorrect();
  return { bytes: plain, format };
}

function isLocked(file: Compound, kind: Format): boolean {
  if (kind === "doc") return isEncryptedDoc(file);
  if (kind === "ppt") return isEncryptedPpt(file);
  return kind === "xls" && findFilePass(file.bytes(workbookName(file) ?? "") ?? new Uint8Array()) !== null;
}

function unlockInPlace(file: Compound, kind: Format, passwords: readonly string[]): boolean {
  if (kind === "doc") return unlockDoc(file, passwords);
  if (kind === "ppt") return unlockPpt(file, passwords);
  const name = workbookName(file) ?? "";
  const stream = file.bytes(name);
  const filePass = stream && findFilePass(stream);
  if (!stream || !filePass || !unlockWorkbook(stream, filePass, passwords)) return false;
  let at = 0;
  for (const piece of file.pieces(name) ?? []) {
    piece.set(stream.subarray(at, at + piece.length));
    at += piece.length;
  }
  return true;
}

/** The one that was given first: most files have no other. */
function passwordsFor(password: string | undefined): string[] {
  return [...(password === undefined ? [] : [password]), ...DEFAULT_PASSWORDS];
}

function wrong(password: string | undefined): AppError {
  return password === undefined ? passwordRequired() : passwordIncorrect();
}

function kindOfCompound(file: Compound): Format | null {
  if (file.has("WordDocument")) return "doc";
  if (file.has("PowerPoint Document")) return "ppt";
  return workbookName(file) === null ? null : "xls";
}

const KIND_BY_FOLDER: Readonly<Record<string, Format>> = { word: "docx", xl: "xlsx", ppt: "pptx" };

/** What an OOXML package is by where its main part lies; null where that says nothing. */
function kindOfZip(bytes: Uint8Array, limits: ParseLimits): Format | null {
  const main = mainPart(openPackage(bytes, limits));
  return KIND_BY_FOLDER[main?.split("/")[0] ?? ""] ?? null;
}
