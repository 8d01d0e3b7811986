import { pointerTokens, valueAt } from "../../model/json-pointer.ts";
import { scalarText } from "../leaves.ts";
import type { Leaf } from "../leaves.ts";

/**
 * The values that a pointer leads to. `*` takes every index; `sum:` adds decimal strings up,
 * `join:/a+/b` puts texts behind one another, `count:` counts a list, `people:` reads one of an e-mail's headers,
 * `field:` finds a form's field by its name.
 */
export function findValues(data: unknown, pointer: string): Leaf[] {
  if (pointer.startsWith("sum:")) {
    const values = findValues(data, pointer.slice(4));
    const sum = sumDecimals(values.map(({ value }) => value));
    return sum === null ? [] : [{ pointer, value: sum }];
  }
  if (pointer.startsWith("join:")) {
    const parts = pointer
      .slice(5)
      .split("+")
      .flatMap((part) => findValues(data, part));
    return parts.length < 2 ? [] : [{ pointer, value: parts.map(({ value }) => value).join(" ") }];
  }
  if (pointer.startsWith("count:")) {
    const list = valueAt(data, pointer.slice(6));
    return [{ pointer, value: String(Array.isArray(list) ? list.length : 0) }];
  }
  if (pointer.startsWith("people:")) {
    const list = valueAt(data, pointer.slice(7));
    const people = Array.isArray(list) ? list.map((entry: unknown) => peopleText(entry)).join(", ") : "";
    return people === "" ? [] : [{ pointer: pointer.slice(7), value: people }];
  }
  if (pointer.startsWith("field:")) return findField(data, pointer.slice(6));
  return walk(data, pointer.split("/").slice(1), "");
}

/** A form's field by its name; a box that is ticked or not is named so. */
function findField(data: unknown, name: string): Leaf[] {
  const fields = valueAt(data, "/fields");
  if (!Array.isArray(fields)) return [];
  const index = fields.findIndex((field: { name?: unknown }) => field.name === name);
  const field = fields[index] as { value?: unknown; checked?: unknown } | undefined;
  if (field?.checked !== undefined) {
    return [
      { pointer: `/fields/${index}/checked`, value: field.checked === true ? "selected" : "unselected" },
    ];
  }
  const value = scalarText(field?.value);
  return value === null ? [] : [{ pointer: `/fields/${index}/value`, value }];
}

/** Someone in an e-mail's header, as `Name <address>`. */
export function peopleText(entry: unknown): string {
  if (entry === null || typeof entry !== "object") return scalarText(entry) ?? "";
  const { name, address } = entry as { name?: unknown; address?: unknown };
  return `${scalarText(name) ?? ""} <${scalarText(address) ?? ""}>`.trim();
}

function walk(node: unknown, path: readonly string[], pointer: string): Leaf[] {
  const [step, ...rest] = path;
  if (step === undefined) {
    const value = scalarText(node);
    return value === null ? [] : [{ pointer, value }];
  }
  if (node === null || typeof node !== "object") return [];
  if (step === "*") {
    return Array.isArray(node)
      ? node.flatMap((entry: unknown, index) => walk(entry, rest, `${pointer}/${index}`))
      : [];
  }
  const [key = ""] = pointerTokens(`/${step}`);
  return Object.hasOwn(node, key)
    ? walk((node as Record<string, unknown>)[key], rest, `${pointer}/${step}`)
    : [];
}

/** Adds decimal strings without rounding; null when there is none or one is no number. */
export function sumDecimals(values: readonly string[]): string | null {
  if (values.length === 0 || !values.every((value) => /^-?\d+(\.\d+)?$/u.test(value))) return null;
  const places = Math.max(...values.map((value) => value.split(".")[1]?.length ?? 0));
  const sum = values.reduce((total, value) => {
    const [whole = "0", fraction = ""] = value.replace("-", "").split(".");
    const units = BigInt(whole + fraction.padEnd(places, "0"));
    return value.startsWith("-") ? total - units : total + units;
  }, 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, "0");
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return sum < 0n ? `-${text}` : text;
}
