import { isEndingOf } from "./sniffed.ts";

/** Fields that people write at the head of a letter as well (RFC 5322, 3.6). */
const LETTER = /^(?:from|to|cc|bcc|subject|date|reply-to|sender)$/i;

/** Fields that only programs write. */
const TECHNICAL =
  /^(?:return-path|received|received-spf|delivered-to|envelope-to|message-id|in-reply-to|references|mime-version|content-(?:type|transfer-encoding|disposition|language)|dkim-signature|domainkey-signature|authentication-results|arc-[a-z-]+|list-[a-z-]+|user-agent|thread-(?:index|topic)|auto-submitted|x-[a-z0-9-]+)$/i;

/** A field's name and its colon; old programs put blanks between them. */
const FIELD = /^([!-9;-~]+)[ \t]*:/;

/** Lines of the head that are looked at. */
const MOST_LINES = 60;

/** Whether a text begins as an e-mail does: with two fields that are known, one of them a program's. */
export function isMail(text: string, ending: string): boolean {
  const fields = fieldsOf(text);
  const technical = fields.filter((field) => TECHNICAL.test(field)).length;
  const letter = fields.filter((field) => LETTER.test(field)).length;
  if (isEndingOf("eml", ending)) return technical + letter > 0;
  if (technical > 0) return technical + letter >= 2 && (letter > 0 || isProgram(fields));
  const isNamed = ending !== "";
  return !isNamed && fields.some((field) => /^from$/i.test(field)) && letter >= 3;
}

/** Fields that nothing but a mail or a web archive of one page has. */
function isProgram(fields: readonly string[]): boolean {
  return fields.some((field) => /^(?:return-path|received|message-id|mime-version)$/i.test(field));
}

/** Whether a text begins as a mailbox does (RFC 4155): the line of an envelope, then a field. */
export function isMailbox(text: string, ending: string): boolean {
  const [envelope = "", next = ""] = text.replace(/^\uFEFF/, "").split(/\r?\n/, 2);
  if (!/^From \S/.test(envelope) || isEndingOf("eml", ending)) return false;
  return (
    isEndingOf("mbox", ending) || (/\d{4}/.test(envelope) && (FIELD.test(next) || next.startsWith(">From ")))
  );
}

/** The names of the fields at a text's start, up to its first empty line or to what is no field. */
function fieldsOf(text: string): string[] {
  const fields: string[] = [];
  const lines = text.replace(/^\uFEFF?(?:\r?\n)*/, "").split(/\r\n|\r|\n/, MOST_LINES);
  for (const [at, line] of lines.entries()) {
    if (line === "") break;
    if (/^[ \t]/.test(line) && at > 0) continue;
    const field = FIELD.exec(line)?.[1];
    if (field !== undefined) fields.push(field);
    else if (at > 0 || !/^(?:>?From )/.test(line)) break;
  }
  return fields;
}
