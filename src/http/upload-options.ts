import type { z } from "zod";
import { AppError } from "../errors.ts";
import { BuiltInType } from "../extract/registry.ts";
import { DocumentOptions, type SendOptions } from "../model/document.ts";
import { toScaledInteger } from "../model/money.ts";

const USD_MICRO_DIGITS = 6;

const AskedOptions = DocumentOptions.extend({ type: BuiltInType.optional() });

/** What may be said about a document beside its file, by field or query parameter. */
export const OPTION_FIELDS = [
  "type",
  "extractor",
  "priority",
  "tags",
  "metadata",
  "max_cost",
  "page_only",
  "split",
  "password",
] as const;

/** Longer passwords open no format that is read. */
const MAX_PASSWORD = 1_024;

/** Values by name, as often as they were given. */
export type FieldValues = ReadonlyMap<string, readonly string[]>;

function refuse(name: string, message: string): AppError {
  return new AppError("invalid_request", message, { detail: { errors: [{ path: name, message }] } });
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(name, `${name} is not JSON.`);
  }
}

/** Tags as repeated fields, comma-separated, or a JSON array. */
function readTags(values: readonly string[]): unknown {
  const [only] = values;
  if (values.length === 1 && only?.trimStart().startsWith("[")) return parseJson("tags", only);
  const tags = values.flatMap((value) => value.split(",")).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

function readMaxCost(text: string): number {
  const micros = toScaledInteger(text.trim(), USD_MICRO_DIGITS);
  if (micros === null || micros < 0) {
    throw refuse("max_cost", "max_cost has to be an amount in USD such as 0.05.");
  }
  return micros;
}

function readSwitch(name: string, text: string): boolean {
  if (["true", "1", "on", "yes"].includes(text)) return true;
  if (["false", "0", "off", "no"].includes(text)) return false;
  throw refuse(name, `${name} has to be true or false.`);
}

function single(name: string, values: readonly string[]): string {
  if (values.length > 1) throw refuse(name, `${name} was given ${values.length} times.`);
  return values[0] ?? "";
}

function readField(name: string, values: readonly string[]): Record<string, unknown> {
  if (name === "tags") return { tags: readTags(values) };
  const text = single(name, values);
  // A form's empty field says nothing.
  if (text === "") return {};
  if (name === "metadata") return { metadata: parseJson(name, text) };
  if (name === "page_only") return { page_only: readSwitch(name, text) };
  if (name === "max_cost") return { max_cost_micros: readMaxCost(text) };
  return { [name]: text };
}

/** A password as it stands; a form's empty field says nothing. */
export function readPassword(text: string): { password?: string } {
  if (text.length > MAX_PASSWORD)
    throw refuse("password", `A password has at most ${MAX_PASSWORD} characters.`);
  return text === "" ? {} : { password: text };
}

/** Reads a document's options from form fields or a query. @throws AppError invalid_request with the paths */
export function readOptions(fields: FieldValues): SendOptions {
  const values: Record<string, unknown> = {};
  let secret: { password?: string } = {};
  for (const [name, given] of fields) {
    if (!OPTION_FIELDS.some((known) => known === name)) {
      throw refuse(
        name,
        `There is no field ${name.slice(0, 60)}; known are file, ${OPTION_FIELDS.join(", ")}.`,
      );
    }
    if (name === "password") secret = readPassword(single(name, given));
    else Object.assign(values, readField(name, given));
  }
  const options = AskedOptions.safeParse(values);
  if (!options.success) throw invalidRequest(options.error, "The document's options are not valid.");
  return { ...options.data, ...secret };
}

/** A failed validation as an error of ours, with the path of each fault. */
export function invalidRequest(error: z.ZodError, message: string): AppError {
  const errors = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const first = errors[0];
  return new AppError("invalid_request", first ? `${message} ${first.path}: ${first.message}` : message, {
    detail: { errors },
  });
}
