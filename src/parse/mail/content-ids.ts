/** Content ids of the pictures that an HTML shows, as they are compared. */
export function shownContentIds(html: string): Set<string> {
  return new Set(
    Array.from(html.matchAll(/["'(=\s]cid:([^"'\s<>)]{1,300})/gi), ([, id = ""]) => contentIdOf(id)),
  );
}

/** A content id as it is compared: without brackets, unescaped where it stands in a URL. */
export function contentIdOf(value: string): string {
  const bare = value.trim().replace(/^<|>$/g, "");
  try {
    return decodeURIComponent(bare).toLowerCase();
  } catch {
    return bare.toLowerCase();
  }
}

/** The encoding that an HTML says it has; null where it says none. */
export function htmlCharset(head: string): string | null {
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w:-]{2,40})/i.exec(head)?.[1] ?? null;
}
