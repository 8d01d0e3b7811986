import { pointerToken } from "../model/json-pointer.ts";

/** A value in a document's data, with its place. */
export interface Leaf {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  readonly value: string;
}

/** A scalar as text; null for what is empty or composite. */
export function scalarText(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** Every value of `data` in order; null and empty ones are left out. */
export function leavesOf(data: unknown, pointer = ""): Leaf[] {
  const value = scalarText(data);
  if (value !== null) return [{ pointer, value }];
  if (data === null || typeof data !== "object") return [];
  return Object.entries(data).flatMap(([key, entry]) => leavesOf(entry, `${pointer}/${pointerToken(key)}`));
}
