/** The value at a JSON Pointer (RFC 6901); undefined where there is none. */
export function valueAt(data: unknown, pointer: string): unknown {
  let node: unknown = data;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}
