/** Most characters of a folder's or file's name: what file systems take, with room for a suffix. */
const MOST_SEGMENT = 200;
/** Most characters of a whole path. */
const MOST_PATH = 1_000;

/**
 * What shows nothing, or turns the text around it: control and direction characters, line separators, halves of
 * surrogate pairs. The two joiners are spelling in Persian, in Indian scripts and in emoji, and stay.
 */
const INVISIBLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * A name from inside a container (an archive's entry, a mail's or a PDF's attachment) as a relative path that is
 * safe to show and to store: `/` between its parts, none of them empty, `.` or `..`, no drive letter, no control or
 * direction marks, NFC, at most 1,000 characters of which the last ones are kept. Never empty: what has no name left
 * is called `unnamed`.
 */
export function safePath(name: string): string {
  const parts: string[] = [];
  let length = 0;
  for (const part of partsOf(name).reverse()) {
    length += part.length + 1;
    if (parts.length > 0 && length > MOST_PATH) break;
    parts.push(part);
  }
  return parts.reverse().join("/") || "unnamed";
}

/** Whether a name says more than where a file lies below its container: it leaves it, or hides what it is. */
export function isUnsafeName(name: string): boolean {
  const clean = name.replace(INVISIBLE, "");
  return clean !== name || /^[/\\]|^\s*[a-z]:|(?:^|[/\\])\s*\.\.\s*(?:[/\\]|$)/i.test(clean);
}

function partsOf(name: string): string[] {
  const parts: string[] = [];
  for (const raw of name.normalize("NFC").replace(INVISIBLE, "").split(/[/\\]/)) {
    const part = shorten((parts.length === 0 ? raw.replace(/^(?:\s*[a-z]:)+/i, "") : raw).trim());
    if (part !== "" && part !== "." && part !== "..") parts.push(part);
  }
  return parts;
}

/** Cuts a name before its ending, never inside a surrogate pair. */
function shorten(part: string): string {
  if (part.length <= MOST_SEGMENT) return part;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(part)?.[0] ?? "";
  return part.slice(0, MOST_SEGMENT - ending.length).replace(/[\uD800-\uDBFF]$/, "") + ending;
}
