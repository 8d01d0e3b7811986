import { pointerToken } from "../../model/json-pointer.ts";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import type { CustomExtractor } from "../../model/custom-extractor.ts";
import type { Declaration, DeclaredField, DeclaredRows } from "../declared/declaration.ts";
import { BORROWED, BORROWED_COLUMNS, BORROWED_LINES } from "./borrowed.ts";
import { inferKind } from "./infer-kind.ts";
import { type ArrayNode, type ObjectNode, readSchemaTree, type ValueNode } from "./schema-tree.ts";
import { wordingsOf, wordsOfName } from "./wordings.ts";

/** How a text that was read is written for the schema's own type; null where it does not fit. */
export type Write = (text: string | number | boolean) => string | number | boolean | null;

/** A user's extractor made ready: the same parts that a built-in definition has. */
export interface CompiledExtractor {
  readonly schema: z.ZodType<Record<string, unknown>>;
  /** JSON Pointers of the values that a complete result has. */
  readonly required: readonly string[];
  readonly declares: Declaration;
  /** By pointer; a row's column by `/rows/*` and its own pointer. */
  readonly writes: ReadonlyMap<string, Write>;
  /** Pointers of built-in types whose values are taken, best first. */
  readonly borrows: ReadonlyMap<string, readonly string[]>;
  /** Arrays that hold lines: by pointer, our field for each of its columns. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/**
 * Makes a user's JSON Schema into an extractor. Pure.
 * @throws AppError invalid_schema with every fault's path and reason, when it cannot be served
 */
export function compileExtractor({ schema }: Pick<CustomExtractor, "schema">): CompiledExtractor {
  const { tree, faults } = readSchemaTree(schema);
  if (!tree) {
    const [first] = faults;
    const where = first?.path ? ` At ${first.path}: ` : " ";
    throw new AppError("invalid_schema", `The schema cannot be served.${where}${first?.message ?? ""}.`, {
      detail: { errors: faults },
    });
  }
  const compiler = new Compiler();
  const data = compiler.object(tree, "", []);
  return { ...compiler.parts(), schema: data };
}

/** What stands above a value in the schema. */
interface Above {
  readonly key: string;
  readonly wordings: readonly string[];
}

class Compiler {
  readonly #fields: DeclaredField[] = [];
  readonly #rows: DeclaredRows[] = [];
  readonly #required: string[] = [];
  readonly #writes = new Map<string, Write>();
  readonly #borrows = new Map<string, readonly string[]>();
  readonly #lines = new Map<string, ReadonlyMap<string, readonly string[]>>();

  parts(): Omit<CompiledExtractor, "schema"> {
    return {
      required: this.#required,
      declares: { fields: this.#fields, rows: this.#rows },
      writes: this.#writes,
      borrows: this.#borrows,
      lines: this.#lines,
    };
  }

  object(node: ObjectNode, pointer: string, above: readonly Above[]): z.ZodType<Record<string, unknown>> {
    const shape: Record<string, z.ZodType> = {};
    for (const { key, of } of node.properties) {
      const at = `${pointer}/${pointerToken(key)}`;
      const wordings = wordingsOf(key, of.named);
      if (node.required.includes(key) && of.node !== "object") this.#required.push(at);
      if (of.node === "value") shape[key] = this.#value(of, at, key, above, wordings);
      else if (of.node === "array") shape[key] = this.#array(of, at, key, wordings);
      else shape[key] = this.object(of, at, [...above, { key, wordings }]);
    }
    return z.strictObject(shape).partial();
  }

  #value(
    node: ValueNode,
    pointer: string,
    key: string,
    above: readonly Above[],
    wordings: readonly string[],
  ): z.ZodType {
    const field = fieldOf(node, pointer, key, wordings);
    const owner = above.at(-1);
    const combined = owner ? owner.wordings.flatMap((one) => wordings.map((own) => `${one} ${own}`)) : [];
    const bare = owner && key === "name" ? owner.wordings : [];
    this.#fields.push({
      ...field,
      labels: [...new Set([...combined, ...wordings, ...bare])],
      ...(owner ? { sections: owner.wordings } : {}),
    });
    this.#writes.set(pointer, writeFor(node));
    const path = [...above.map((one) => one.key), key].flatMap(wordsOfName).join(" ");
    const borrowed = BORROWED[path];
    if (borrowed && node.named.synonyms.length === 0) this.#borrows.set(pointer, borrowed);
    return schemaOf(node);
  }

  #array(node: ArrayNode, pointer: string, key: string, wordings: readonly string[]): z.ZodType {
    const { items } = node;
    if (items.node === "value") {
      const column = fieldOf(items, "", key, wordings);
      this.#rows.push({ pointer, titles: wordings, columns: [column] });
      this.#writes.set(`${pointer}/*`, writeFor(items));
      return z.array(schemaOf(items));
    }
    const columns: DeclaredField[] = [];
    const shape: Record<string, z.ZodType> = {};
    const ours = new Map<string, readonly string[]>();
    for (const { key: name, of } of items.properties) {
      if (of.node !== "value") continue;
      const at = `/${pointerToken(name)}`;
      columns.push(fieldOf(of, at, name, wordingsOf(name, of.named)));
      this.#writes.set(`${pointer}/*${at}`, writeFor(of));
      shape[name] = schemaOf(of);
      const known = BORROWED_COLUMNS[wordsOfName(name).join(" ")];
      if (known) ours.set(at, known);
    }
    if (BORROWED_LINES.has(wordsOfName(key).join(" ")) && ours.size >= 2) this.#lines.set(pointer, ours);
    this.#rows.push({ pointer, titles: wordings, columns });
    return z.array(z.strictObject(shape).partial());
  }
}

function fieldOf(node: ValueNode, pointer: string, key: string, labels: readonly string[]): DeclaredField {
  return {
    pointer,
    kind: inferKind(node, key),
    labels,
    ...(node.choices ? { choices: choicesOf(node.choices) } : {}),
    ...(node.pattern === null ? {} : { pattern: `^(?:${node.pattern.replace(/^\^|\$$/gu, "")})$` }),
    ...(node.maxLength === null ? {} : { maxLength: node.maxLength }),
  };
}

/** `in_transit` is printed as itself, or as its words. */
function choicesOf(choices: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    choices.map((choice) => [choice, [...new Set([choice, wordsOfName(choice).join(" ")])]]),
  );
}

function writeFor(node: ValueNode): Write {
  if (node.type === "boolean") return (value) => (typeof value === "boolean" ? value : readBoolean(value));
  if (node.type === "string") {
    const { choices, maxLength, pattern } = node;
    const fits = pattern === null ? null : new RegExp(pattern, "u");
    return (value) => {
      const text = String(value);
      if (choices && !choices.includes(text)) return null;
      if (maxLength !== null && text.length > maxLength) return null;
      return fits && !fits.test(text) ? null : text;
    };
  }
  return (value) => {
    const number = typeof value === "number" ? value : Number(String(value).trim() || "x");
    return Number.isFinite(number) && (node.type === "number" || Number.isInteger(number)) ? number : null;
  };
}

function readBoolean(value: string | number): boolean | null {
  if (value === "true" || value === 1) return true;
  return value === "false" || value === 0 ? false : null;
}

function schemaOf(node: ValueNode): z.ZodType {
  if (node.type === "boolean") return z.boolean();
  if (node.type === "number") return z.number();
  if (node.type === "integer") return z.number().int();
  if (node.choices) return z.literal([...node.choices]);
  if (node.format === "date") return z.iso.date();
  const text = node.pattern === null ? z.string() : z.string().regex(new RegExp(node.pattern, "u"));
  return node.maxLength === null ? text : text.max(node.maxLength);
}
