import { type MailPart, nameOf } from "./mail-part.ts";

/** A leaf that is attached, and what its place among the others says of it. */
export interface Attached {
  readonly part: MailPart;
  /** Beside the text that it belongs to (RFC 2387): a picture or a style of an HTML. */
  readonly related: boolean;
  /** Inside a multipart/encrypted (RFC 1847). */
  readonly encrypted: boolean;
}

/** A message's leaves sorted into what is read as its body and what is attached to it. */
export interface BodyStructure {
  /** The body as plain text, and the same as HTML: each a list, since text may stand before and behind pictures. */
  readonly plain: readonly MailPart[];
  readonly html: readonly MailPart[];
  readonly attachments: readonly Attached[];
}

interface Lists {
  readonly plain: MailPart[];
  readonly html: MailPart[];
  readonly attachments: Attached[];
}

/** Which of the two bodies still takes parts that stand for both. */
interface Open {
  readonly plain: boolean;
  readonly html: boolean;
}

/**
 * Sorts a message's leaves as mail programs do (RFC 8621, 4.1.4): text without a name is the body, whatever else is
 * attached. Pictures count as attached even where they are shown in the text. A later text that the file's end cuts
 * off is attached too: there is a whole one before it.
 */
export function bodyStructure(root: MailPart): BodyStructure {
  const lists: Lists = { plain: [], html: [], attachments: [] };
  walk([root], "", false, { plain: true, html: true }, lists);
  return lists;
}

function walk(
  parts: readonly MailPart[],
  multipart: string,
  inAlternative: boolean,
  open: Open,
  lists: Lists,
): void {
  let takes = open;
  for (const [index, part] of parts.entries()) {
    if (part.parts.length > 0) {
      const kind = part.type.value.slice("multipart/".length);
      walk(part.parts, kind, inAlternative || kind === "alternative", takes, lists);
      continue;
    }
    if (isNothing(part)) continue;
    if (!isBody(part, index, multipart)) {
      const encrypted = multipart === "encrypted" && index > 0;
      lists.attachments.push({ part, related: multipart === "related", encrypted });
      continue;
    }
    const html = part.type.value === "text/html";
    if (multipart === "alternative") {
      (html ? lists.html : lists.plain).push(part);
      continue;
    }
    if (inAlternative) takes = html ? { ...takes, plain: false } : { ...takes, html: false };
    if (takes.plain) lists.plain.push(part);
    if (takes.html) lists.html.push(part);
  }
}

function isBody(part: MailPart, index: number, multipart: string): boolean {
  const { value } = part.type;
  const text = value === "text/plain" || value === "text/html" || isEmptyMultipart(part);
  if (!text || part.unopened || part.disposition.value === "attachment") return false;
  if (index === 0) return true;
  return multipart !== "related" && nameOf(part) === null && part.closed;
}

/** A multipart in which no boundary was found is text as it stands. */
function isEmptyMultipart(part: MailPart): boolean {
  return part.type.value.startsWith("multipart/");
}

function isNothing(part: MailPart): boolean {
  return part.header.fields.length === 0 && part.start === part.end && !part.closed;
}
