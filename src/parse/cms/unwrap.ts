import { AppError } from "../../errors.ts";
import { decodeArmor } from "./decode-armor.ts";

/** Object identifiers of CMS (RFC 5652) as their bytes. */
const SIGNED_DATA = "2a864886f70d010702";
const ENVELOPED: ReadonlySet<string> = new Set(["2a864886f70d010703", "2a864886f70d010706"]);

const SEQUENCE = 0x30;
const OID = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PARTS = 0x24;
const TAGGED = 0xa0;
/** Octet strings in parts may hold such again: nobody nests them deeper. */
const MAX_DEPTH = 8;

/** An element of BER: its tag, where its content begins and ends, and where the next one begins. */
interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/**
 * The content of a signed file (CMS SignedData, DER or BER), given as bytes, as base64 or as PEM. The signature
 * itself is not checked. Null where the bytes are no CMS at all.
 * @throws AppError unsupported_format where it is encrypted or holds a signature alone; file_damaged where it is cut
 */
export function unwrapSigned(bytes: Uint8Array): Uint8Array | null {
  const der = isCms(bytes) ? bytes : fromText(bytes);
  if (der === null || !isCms(der)) return null;
  const [type, content] = childrenAt(der, readElement(der, 0));
  if (type?.tag !== OID) return null;
  const oid = hex(der, type);
  if (ENVELOPED.has(oid)) {
    throw new AppError(
      "unsupported_format",
      "The file is encrypted for its recipient's key. Send what is inside it.",
    );
  }
  if (oid !== SIGNED_DATA || content?.tag !== TAGGED) return null;
  const [signed] = childrenAt(der, content);
  if (!signed) throw damaged();
  const info = childrenAt(der, signed).find(
    (element, index, all) => element.tag === SEQUENCE && all[index - 1]?.tag === 0x31,
  );
  const [, wrapped] = info ? childrenAt(der, info) : [];
  if (wrapped?.tag !== TAGGED) {
    throw new AppError(
      "unsupported_format",
      "The file is a signature without what was signed. Send the signed file itself.",
    );
  }
  const parts = childrenAt(der, wrapped).flatMap((element) => octetsOf(der, element, 0));
  return join(parts);
}

/** A sequence that begins with an object identifier of CMS: nothing else that a file may begin with looks so. */
function isCms(bytes: Uint8Array): boolean {
  if (bytes[0] !== SEQUENCE) return false;
  const start = Array.from(bytes.subarray(1, 24), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return /^(?:80|[0-7].|8[1-4](?:..){1,4}?)0609(?:2a864886f70d0107)/.test(start);
}

/** PEM, or nothing but base64. */
function fromText(bytes: Uint8Array): Uint8Array | null {
  const start = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  if (!start.startsWith("-----BEGIN") && !/^MI[A-Za-z0-9+/\s]{20}/.test(start)) return null;
  const decoded = decodeArmor(bytes);
  if (decoded === null) throw damaged();
  return decoded;
}

/** @throws AppError file_damaged where it reaches beyond its end */
function readElement(bytes: Uint8Array, at: number, end = bytes.length): Element {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > end || (tag & 0x1f) === 0x1f) throw damaged();
  if (first === 0x80) return readIndefinite(bytes, tag, at + 2, end);
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 4) throw damaged();
  let length = count === 0 ? first : 0;
  for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const from = at + 2 + count;
  if (from + length > end) throw damaged();
  return { tag, from, to: from + length, next: from + length };
}

/** An element without a length ends where two zeros stand in the place of one more inside it. */
function readIndefinite(bytes: Uint8Array, tag: number, from: number, end: number): Element {
  const open = [from];
  let at = from;
  while (at + 1 < end) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) {
      open.pop();
      at += 2;
      if (open.length === 0) return { tag, from, to: at - 2, next: at };
    } else if (bytes[at + 1] === 0x80) {
      if (open.push(at) > 100) throw damaged();
      at += 2;
    } else at = readElement(bytes, at, end).next;
  }
  throw damaged();
}

function childrenAt(bytes: Uint8Array, parent: Element): Element[] {
  const children: Element[] = [];
  for (let at = parent.from; at < parent.to && children.length < 100_000;) {
    const child = readElement(bytes, at, parent.to);
    children.push(child);
    at = child.next;
  }
  return children;
}

function octetsOf(bytes: Uint8Array, element: Element, depth: number): Uint8Array[] {
  if (element.tag === OCTETS) return [bytes.subarray(element.from, element.to)];
  if (element.tag !== OCTETS_IN_PARTS || depth > MAX_DEPTH) throw damaged();
  return childrenAt(bytes, element).flatMap((part) => octetsOf(bytes, part, depth + 1));
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function hex(bytes: Uint8Array, { from, to }: Element): string {
  return Array.from(bytes.subarray(from, Math.min(to, from + 32)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function damaged(): AppError {
  return new AppError("file_damaged", "The signed file is cut off or damaged. Send the original.");
}
