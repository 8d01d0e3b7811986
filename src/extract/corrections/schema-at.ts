import { z } from "zod";

/** What a JSON Schema says of one value. */
export interface ValueSchema {
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly pattern?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly properties?: Readonly<Record<string, ValueSchema>> | undefined;
  readonly items?: ValueSchema | undefined;
  readonly additionalProperties?: ValueSchema | boolean | undefined;
  readonly anyOf?: readonly ValueSchema[] | undefined;
}

const ValueSchema: z.ZodType<ValueSchema> = z.object({
  type: z.string().optional().catch(undefined),
  format: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  get properties() {
    return z.record(z.string(), ValueSchema).optional();
  },
  get items() {
    return ValueSchema.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), ValueSchema]).optional();
  },
  get anyOf() {
    return z.array(ValueSchema).optional();
  },
});

/** A zod schema as JSON Schema, for walking along pointers. */
export function jsonSchemaOf(schema: z.ZodType): ValueSchema {
  return ValueSchema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

/** What a schema says of the value at a pointer's tokens; null and the part that leads nowhere where there is none. */
export function schemaAt(
  schema: ValueSchema,
  tokens: readonly string[],
): { schema: ValueSchema } | { schema: null; known: readonly string[] } {
  let node = schema;
  for (const token of tokens) {
    const next = stepInto(node, token);
    if (!next) return { schema: null, known: Object.keys(objectOf(node)?.properties ?? {}) };
    node = next;
  }
  return { schema: node };
}

function objectOf(node: ValueSchema): ValueSchema | undefined {
  return node.properties ? node : node.anyOf?.find((one) => one.properties !== undefined);
}

function stepInto(node: ValueSchema, token: string): ValueSchema | null {
  for (const one of [node, ...(node.anyOf ?? [])]) {
    if (one.items && /^(?:0|[1-9]\d{0,5})$/.test(token)) return one.items;
    const own = one.properties && Object.hasOwn(one.properties, token) ? one.properties[token] : undefined;
    if (own) return own;
    if (typeof one.additionalProperties === "object") return one.additionalProperties;
  }
  return null;
}

/** What a value has to be, in words for whoever sent another one. */
export function wanted(schema: ValueSchema): string {
  const one = schema.anyOf?.[0] ?? schema;
  if (one.enum) return `has to be one of ${one.enum.map(String).join(", ")}`;
  if (one.format === "date") return "has to be a date as in 2026-01-31";
  if (one.pattern === "^[A-Z]{3}$") return "has to be a currency code (ISO 4217) as in EUR";
  if (one.pattern?.includes("\\d+(?:\\.\\d+)?") === true) return "has to be a decimal string as in 1234.50";
  if (one.pattern !== undefined) return `has to match ${one.pattern}`;
  if (one.properties)
    return `has fields of its own: name one of ${Object.keys(one.properties).join(", ")} behind it`;
  if (one.items) return "is a list: name an entry by its number, as in /0";
  return `has to be a ${one.type ?? "value that the schema allows"}`;
}
