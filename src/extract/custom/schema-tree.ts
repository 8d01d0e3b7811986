import { valueAt } from "../../model/json-pointer.ts";
import safeRegex from "safe-regex2";
import { z } from "zod";

/** A fault of a schema: where it stands in it (JSON Pointer), and why it cannot be served. */
export interface SchemaFault {
  readonly path: string;
  readonly message: string;
}

export interface ValueNode {
  readonly node: "value";
  readonly type: "string" | "number" | "integer" | "boolean";
  readonly format: string | null;
  readonly choices: readonly string[] | null;
  readonly pattern: string | null;
  readonly maxLength: number | null;
  readonly named: Named;
}

export interface ObjectNode {
  readonly node: "object";
  readonly properties: readonly { readonly key: string; readonly of: SchemaNode }[];
  readonly required: readonly string[];
  readonly named: Named;
}

export interface ArrayNode {
  readonly node: "array";
  readonly items: ValueNode | ObjectNode;
  readonly named: Named;
}

export type SchemaNode = ValueNode | ObjectNode | ArrayNode;

/** What the schema says of how a value is announced. */
export interface Named {
  readonly title: string | null;
  readonly description: string | null;
  /** Wordings that the user knows to be printed. */
  readonly synonyms: readonly string[];
  /** The kind of value that the user names, by `x-kind`. */
  readonly kind: string | null;
}

/** What one level of a schema may say; anything beside it that would change its meaning is refused by name. */
const Level = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().max(200).optional(),
  description: z.string().max(2_000).optional(),
  format: z.string().max(64).optional(),
  enum: z.array(z.unknown()).max(200).optional(),
  const: z.unknown().optional(),
  pattern: z.string().max(500).optional(),
  maxLength: z.number().int().positive().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  $ref: z.string().optional(),
  "x-labels": z.array(z.string().min(1).max(120)).max(60).optional(),
  "x-synonyms": z.array(z.string().min(1).max(120)).max(60).optional(),
  "x-kind": z.string().max(30).optional(),
});
type Level = z.infer<typeof Level>;

/** Keywords that say what cannot be read from a page, each with what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  oneOf: "alternatives cannot be read from a page: give one shape (`[type, null]` for what may be absent)",
  anyOf: "alternatives cannot be read from a page: give one shape (`[type, null]` for what may be absent)",
  allOf: "write the properties into one object",
  not: "say what is wanted, not what is unwanted",
  if: "conditions are not served: give every property that may be there",
  patternProperties: "name each property: its name is how it is found",
  prefixItems: "tuples are not served: use an object with named properties",
  dependentSchemas: "conditions are not served: give every property that may be there",
  $dynamicRef: "only references to #/$defs are followed",
};

const MAX_LEVELS = 5;
const MAX_VALUES = 300;
const TYPES = ["string", "number", "integer", "boolean", "object", "array"] as const;
type JsonType = (typeof TYPES)[number];

/** Reads a JSON Schema as a tree of what is to be found; `faults` says why one cannot be served. */
export function readSchemaTree(schema: Readonly<Record<string, unknown>>): {
  tree: ObjectNode | null;
  faults: readonly SchemaFault[];
} {
  const reader = new TreeReader(schema);
  const tree = reader.read(schema, "", 0, new Set());
  if (tree && tree.node !== "object") reader.fault("", "the schema has to describe an object");
  if (tree?.node === "object" && reader.values === 0 && reader.faults.length === 0)
    reader.fault("/properties", "there is no property to read");
  return { tree: tree?.node === "object" && reader.faults.length === 0 ? tree : null, faults: reader.faults };
}

class TreeReader {
  readonly faults: SchemaFault[] = [];
  values = 0;
  readonly #root: Readonly<Record<string, unknown>>;

  constructor(root: Readonly<Record<string, unknown>>) {
    this.#root = root;
  }

  fault(path: string, message: string): null {
    if (this.faults.length < 20) this.faults.push({ path, message });
    return null;
  }

  read(given: unknown, path: string, depth: number, seen: ReadonlySet<string>): SchemaNode | null {
    const parsed = Level.safeParse(given);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return this.fault(
        [path, ...(issue?.path ?? []).map(String)].join("/"),
        issue?.message ?? "is no schema",
      );
    }
    const level = parsed.data;
    if (namesPrototype(given)) return this.fault(`${path}/properties/__proto__`, "is no name for a property");
    if (level.$ref !== undefined) return this.#follow(level, level.$ref, path, depth, seen);
    const refused = Object.keys(REFUSED).find((keyword) => level[keyword] !== undefined);
    if (refused !== undefined) return this.fault(`${path}/${refused}`, REFUSED[refused] ?? "is not served");
    if (depth > MAX_LEVELS) return this.fault(path, `is nested deeper than ${MAX_LEVELS} levels`);
    const type = this.#typeOf(level, path);
    if (type === null) return null;
    if (type === "object") return this.#object(level, path, depth, seen);
    if (type === "array") return this.#array(level, path, depth, seen);
    return this.#value(level, type, path);
  }

  #follow(
    level: Level,
    reference: string,
    path: string,
    depth: number,
    seen: ReadonlySet<string>,
  ): SchemaNode | null {
    if (!/^#\/(?:\$defs|definitions)\//u.test(reference))
      return this.fault(`${path}/$ref`, "only references to #/$defs are followed");
    if (seen.has(reference))
      return this.fault(`${path}/$ref`, "refers to itself: a page has no endless depth");
    const target = valueAt(this.#root, reference.slice(1));
    if (typeof target !== "object" || target === null)
      return this.fault(`${path}/$ref`, `there is no ${reference}`);
    const { $ref: _, ...own } = level;
    return this.read({ ...target, ...own }, path, depth, new Set([...seen, reference]));
  }

  #typeOf(level: Level, path: string): JsonType | null {
    const given = Array.isArray(level.type) ? level.type.filter((type) => type !== "null") : [level.type];
    const [type, ...more] = given;
    if (more.length > 0) return this.fault(`${path}/type`, "give one type (and null for what may be absent)");
    if (type === undefined) {
      if (level.properties) return "object";
      if (level.items !== undefined) return "array";
      if (level.enum ?? level.const) return "string";
      return this.fault(path, "has no type");
    }
    const known = TYPES.find((one) => one === type);
    return known ?? this.fault(`${path}/type`, `${type} is no type of JSON Schema`);
  }

  #object(level: Level, path: string, depth: number, seen: ReadonlySet<string>): ObjectNode | null {
    const properties: { key: string; of: SchemaNode }[] = [];
    for (const [key, of] of Object.entries(level.properties ?? {})) {
      // Between names of a pointer, a number is a place in a list.
      if (depth > 0 && /^\d+$/u.test(key))
        this.fault(`${path}/properties/${key}`, "is no name for a property");
      const node = this.read(of, `${path}/properties/${key}`, depth + 1, seen);
      if (node) properties.push({ key, of: node });
    }
    const required = level.required ?? [];
    const unknown = required.find((key) => !Object.hasOwn(level.properties ?? {}, key));
    if (unknown !== undefined) this.fault(`${path}/required`, `there is no property ${unknown}`);
    if (properties.length === 0 && depth > 0)
      return this.fault(path, "is an object without properties: name what is to be read");
    return { node: "object", properties, required, named: namedOf(level) };
  }

  #array(level: Level, path: string, depth: number, seen: ReadonlySet<string>): ArrayNode | null {
    if (level.items === undefined) return this.fault(path, "is an array without items: say what they are");
    const items = this.read(level.items, `${path}/items`, depth + 1, seen);
    if (!items) return null;
    if (items.node === "array") return this.fault(`${path}/items`, "arrays inside arrays are not served");
    const nested = items.node === "object" && items.properties.find(({ of }) => of.node !== "value");
    if (nested)
      return this.fault(
        `${path}/items/properties/${nested.key}`,
        "rows have plain columns: an array or object inside a row is not served",
      );
    return { node: "array", items, named: namedOf(level) };
  }

  #value(level: Level, type: ValueNode["type"], path: string): ValueNode | null {
    this.values += 1;
    if (this.values > MAX_VALUES)
      return this.fault(path, `is beyond the ${MAX_VALUES} values that one extractor reads`);
    const listed = level.const === undefined ? level.enum : [level.const];
    const choices = listed?.filter((one) => one !== null);
    if (choices?.some((one) => typeof one !== "string"))
      return this.fault(`${path}/enum`, "only texts can be chosen from");
    if (level.pattern !== undefined && !compiles(level.pattern))
      return this.fault(`${path}/pattern`, "is no regular expression, or one that can take for ever");
    return {
      node: "value",
      type,
      format: level.format ?? null,
      choices: choices?.filter((one) => typeof one === "string") ?? null,
      pattern: level.pattern ?? null,
      maxLength: level.maxLength ?? null,
      named: namedOf(level),
    };
  }
}

/** Asked of the schema as it came: parsing drops the name without a word. */
function namesPrototype(given: unknown): boolean {
  if (typeof given !== "object" || given === null || !("properties" in given)) return false;
  const { properties } = given;
  return typeof properties === "object" && properties !== null && Object.hasOwn(properties, "__proto__");
}

/** Patterns come from users and run over pages: nested repetition and back references can take for ever. */
function compiles(pattern: string): boolean {
  try {
    return safeRegex(new RegExp(pattern, "u")) && !/\\(?:[1-9]|k<)/u.test(pattern);
  } catch {
    return false;
  }
}

function namedOf(level: Level): Named {
  return {
    title: level.title ?? null,
    description: level.description ?? null,
    synonyms: [...(level["x-labels"] ?? []), ...(level["x-synonyms"] ?? [])],
    kind: level["x-kind"] ?? null,
  };
}
