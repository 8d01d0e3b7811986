import { safePath } from "../../model/safe-path.ts";

/** Characters of a subject that a file's name takes over. */
const MOST_OF_SUBJECT = 120;

/** The name of a message as a file: its subject, or its number where it has none. */
export function subjectName(subject: string | null, number: number | string, ending: string): string {
  const words = (subject ?? "")
    .replace(/[/\\:*?"<>|\s]+/g, " ")
    .trim()
    .slice(0, MOST_OF_SUBJECT)
    .trim();
  const name = words === "" ? "unnamed" : safePath(words);
  return `${name === "unnamed" ? `message-${number}` : name}${ending}`;
}

/** Names of members, told apart by a number where they repeat. */
export class UniqueNames {
  readonly #taken = new Map<string, number>();

  take(name: string): string {
    const key = name.toLowerCase();
    const count = (this.#taken.get(key) ?? 0) + 1;
    this.#taken.set(key, count);
    if (count === 1) return name;
    const dot = name.lastIndexOf(".");
    const at = dot > 0 ? dot : name.length;
    return this.take(`${name.slice(0, at)} (${count})${name.slice(at)}`);
  }
}
