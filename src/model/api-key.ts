import { z } from "zod";
import { toHex } from "./hex.ts";
import { crc32 } from "./crc32.ts";

/** `live` works everywhere; `dev` only where config.ENVIRONMENT is development or test. */
export const ApiKeyKind = z.enum(["live", "dev"]);
export type ApiKeyKind = z.infer<typeof ApiKeyKind>;

/** What a key may do. */
export const Scope = z.enum(["documents:read", "documents:write"]);
export type Scope = z.infer<typeof Scope>;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_BYTES = 24;
/** 62^33 > 2^192. */
const RANDOM_LENGTH = 33;
/** 62^6 > 2^32. */
const CHECKSUM_LENGTH = 6;
const LOOKUP_LENGTH = 8;
const SHAPE = new RegExp(`^dk_(live|dev)_[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; rest > 0n; rest /= 62n) text = (ALPHABET[Number(rest % 62n)] ?? "") + text;
  return text.padStart(length, "0");
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_LENGTH);
}

/**
 * Makes a key: `dk_live_` or `dk_dev_`, 192 random bits in base62, and the CRC-32 of all that before it,
 * so that a typing error or a random guess is refused without asking a database.
 * `random` holds 24 bytes of a cryptographic generator.
 */
export function makeApiKey(kind: ApiKeyKind, random: Uint8Array): string {
  if (random.length < RANDOM_BYTES) throw new RangeError(`${RANDOM_BYTES} random bytes are needed`);
  let value = 0n;
  for (const byte of random.subarray(0, RANDOM_BYTES)) value = (value << 8n) | BigInt(byte);
  const body = `dk_${kind}_${base62(value, RANDOM_LENGTH)}`;
  return body + checksum(body);
}

/** Takes a key apart; null for what cannot be one. `prefix` is what keys are looked up by: no secret. */
export function parseApiKey(presented: string): { kind: ApiKeyKind; prefix: string } | null {
  const kind = ApiKeyKind.safeParse(SHAPE.exec(presented)?.[1]);
  if (!kind.success) return null;
  const body = presented.slice(0, -CHECKSUM_LENGTH);
  if (checksum(body) !== presented.slice(-CHECKSUM_LENGTH)) return null;
  return { kind: kind.data, prefix: body.slice(0, `dk_${kind.data}_`.length + LOOKUP_LENGTH) };
}

/** SHA-256 of a key in lower-case hex: the only form in which a key is stored. */
export async function apiKeyDigest(key: string): Promise<string> {
  return toHex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
}
