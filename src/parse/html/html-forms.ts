import type { FormField } from "../../model/parsed.ts";

import type { BlockWriter } from "./block-writer.ts";

type Attributes = Readonly<Record<string, string>>;

const MAX_LABEL = 120;

/** A control of a form as it is read; its label may come before it, around it or behind it. */
interface Control {
  readonly name: string;
  readonly kind: FormField["kind"];
  readonly value: string | null;
  readonly id: string | null;
  /** Text of the `label` around it. */
  label: string | null;
}

const NO_FIELDS: ReadonlySet<string> = new Set([
  "hidden",
  "submit",
  "reset",
  "button",
  "image",
  "file",
  "password",
]);

/** An `input` as a control; null for those that hold no value to read. */
function controlOf(attributes: Attributes): Control | null {
  const type = (attributes["type"] ?? "text").toLowerCase();
  if (NO_FIELDS.has(type)) return null;
  const box = type === "checkbox" || type === "radio" ? type : null;
  const checked = attributes["checked"] === undefined ? "unselected" : "selected";
  return {
    name: attributes["name"] ?? attributes["id"] ?? "",
    kind: box ?? "text",
    value: box ? checked : (attributes["value"] ?? null),
    id: attributes["id"] ?? null,
    label: attributes["aria-label"] ?? attributes["title"] ?? null,
  };
}

/** What a control shows on the page. */
function shownText({ kind, value }: Control): string {
  if (kind === "checkbox" || kind === "radio") return value === "selected" ? "☒" : "☐";
  return value ?? "";
}

/** Reads a page's forms: what their controls show stands in the text, a value behind its label as a pair. */
export class FormReader {
  readonly #writer: BlockWriter;
  readonly #controls: Control[] = [];
  readonly #labels = new Map<string, string>();
  /** The text of a label that has just ended: the value behind it belongs to it. */
  #label = "";
  #chosen: string | null = null;
  #first: string | null = null;

  constructor(writer: BlockWriter) {
    this.#writer = writer;
  }

  /** Begins an element of a form; gives what has to be done at its end. */
  begin(name: string, attributes: Attributes): (() => void) | null {
    if (name === "input") {
      const control = controlOf(attributes);
      if (control) this.#show(control);
      return null;
    }
    const from = this.#writer.pending.length;
    if (name === "label") return this.#beginLabel(attributes["for"], from);
    if (name === "option") {
      return () => {
        const text = this.#take(from);
        this.#first ??= text;
        if (attributes["selected"] !== undefined) this.#chosen = text;
      };
    }
    this.#chosen = null;
    this.#first = null;
    return () => {
      const text = this.#take(from);
      const isChoice = name === "select";
      this.#show({
        name: attributes["name"] ?? attributes["id"] ?? "",
        kind: isChoice ? "choice" : "text",
        value: isChoice ? (this.#chosen ?? this.#first) : text,
        id: attributes["id"] ?? null,
        label: attributes["aria-label"] ?? null,
      });
    };
  }

  /** The fields with the labels that name them (`for`). */
  fields(): FormField[] {
    return this.#controls.map((control, index) => {
      const named = control.id === null ? undefined : this.#labels.get(control.id);
      const label = (named ?? control.label)?.replace(/\s*[:：*]+\s*$/u, "") ?? null;
      const name = control.name === "" ? (label ?? `field ${index + 1}`) : control.name;
      return { name, label, kind: control.kind, value: control.value, page: null, bbox: null };
    });
  }

  #beginLabel(target: string | undefined, from: number): () => void {
    const controls = this.#controls.length;
    return () => {
      const text = this.#writer.pending.slice(from).replaceAll(/\s+/g, " ").trim();
      if (text === "" || text.length > MAX_LABEL) return;
      if (target !== undefined) this.#labels.set(target, text);
      const inside = this.#controls[controls];
      if (inside) inside.label ??= text.replaceAll(/[☒☐]/gu, "").trim();
      this.#label = text;
    };
  }

  /** Takes what has been written since `from` back out of the text. */
  #take(from: number): string {
    const text = this.#writer.pending.slice(from);
    this.#writer.unwrite(text.length);
    return text.trim();
  }

  #show(control: Control): void {
    const writer = this.#writer;
    this.#controls.push(control);
    const label = this.#label;
    this.#label = "";
    const shown = shownText(control);
    if (shown === "") return;
    const isBox = control.kind === "checkbox" || control.kind === "radio";
    const before = writer.pending.trimEnd();
    if (!isBox && label !== "" && before.endsWith(label)) {
      writer.unwrite(writer.pending.length - before.length + label.length);
      writer.push({ kind: "key_value", key: label, value: shown });
      control.label ??= label;
    } else writer.write(` ${shown} `);
  }
}
