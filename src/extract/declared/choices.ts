import { foldKey, foldText } from "../../model/fold.ts";
import { type Piece, textOf } from "../engine/view.ts";
import type { DeclaredField } from "./declaration.ts";
import type { TypedValue } from "./values.ts";

const YES = "yes ja oui si sí sim tak kylla ano true x ✓ ✔ ☑ ☒ wahr vrai".split(" ");
const NO = "no nein non nao nie nee nej nei ei ne false ☐ falsch faux".split(" ");

interface Wording {
  readonly choice: string;
  readonly key: string;
}

const WORDINGS = new WeakMap<DeclaredField, readonly Wording[]>();

/** The wordings of a field's choices, the longest first; each choice is a wording of itself. */
function wordingsOf(field: DeclaredField): readonly Wording[] {
  const known = WORDINGS.get(field);
  if (known) return known;
  const choices: Readonly<Record<string, readonly string[]>> =
    field.choices ?? (field.kind === "boolean" ? { true: YES, false: NO } : {});
  const made = Object.entries(choices)
    .flatMap(([choice, wordings]) =>
      [choice.replace(/_/g, " "), ...wordings].map((wording) => ({ choice, key: keyOf(wording) })),
    )
    .filter(({ key }) => key !== "")
    .sort((a, b) => b.key.length - a.key.length);
  WORDINGS.set(field, made);
  return made;
}

function keyOf(wording: string): string {
  return foldKey(wording) || wording.trim();
}

/** The choice that a text names: as a whole, or by its first words. */
export function choiceIn(field: DeclaredField, piece: Piece): TypedValue | null {
  const text = textOf(piece).trim();
  const whole = keyOf(text);
  const wordings = wordingsOf(field);
  const exact = wordings.find(({ key }) => key === whole);
  const found = exact ?? wordings.find((wording) => startsWith(text, wording.key));
  const inner = found ?? wordings.find(({ key }) => key.length >= 4 && words(text).includes(` ${key} `));
  if (!inner) return null;
  const value = field.kind === "boolean" ? inner.choice === "true" : inner.choice;
  return { value, pieces: [piece], fit: exact ? 1 : found ? 0.9 : 0.75 };
}

function startsWith(text: string, key: string): boolean {
  const first = keyOf(text.split(/[\s/,;|(-]+/u)[0] ?? "");
  return first === key || (key.length >= 5 && foldKey(text).startsWith(key));
}

function words(text: string): string {
  return ` ${foldText(text).replace(/[^\p{L}\p{N}]+/gu, " ")} `;
}

/** The choice that a title or another short line names, where no label announces it; absent when two are named. */
export function choiceInTitle(field: DeclaredField, piece: Piece): string | null {
  const text = words(textOf(piece));
  const found = wordingsOf(field).find(
    ({ key }) => key.length >= 5 && (text.includes(` ${key} `) || text.replace(/ /g, "").includes(key)),
  );
  return found?.choice ?? null;
}
