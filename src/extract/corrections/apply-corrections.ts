import type { z } from "zod";
import { AppError } from "../../errors.ts";
import type { Correction, FieldChange } from "../../model/correction.ts";
import type { Evidence, EvidenceMap, ExtractedData } from "../../model/extraction.ts";
import { pointerToken, pointerTokens, valueAt } from "../../model/json-pointer.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import type { Cited } from "../engine/draft.ts";
import { assemble } from "../engine/evidence.ts";
import { read, type Reading } from "../engine/reading.ts";
import type { Taught } from "../memory/learn.ts";
import { placesPrinted, wordsIn } from "../memory/printed.ts";
import { jsonSchemaOf, schemaAt, wanted } from "./schema-at.ts";

/** Data and evidence with what was set right, and what of it was new. */
export interface Corrected {
  readonly data: ExtractedData;
  readonly evidence: EvidenceMap;
  readonly changes: readonly FieldChange[];
  readonly taught: readonly Taught[];
}

type Problem = { path: string; message: string };

/**
 * Sets values right: each has to be one that the type's schema has, and cites the place that is told, or where it is
 * printed. What says nothing new is no change. Pure.
 * @throws AppError invalid_request with an entry for each correction that cannot be made, and what to do
 */
export function applyCorrections(
  before: { readonly data: ExtractedData; readonly evidence: EvidenceMap },
  corrections: readonly Correction[],
  { schema, parsed, by }: { schema: z.ZodType; parsed: ParsedDocument; by: string },
): Corrected {
  refuse(problemsBefore(corrections, schema));
  // JSON in, JSON out: a copy that may be written to.
  const data = JSON.parse(JSON.stringify(before.data)) as ExtractedData;
  const evidence: Record<string, Evidence> = { ...before.evidence };
  const reading = read(parsed);
  const changes: FieldChange[] = [];
  const taught: Taught[] = [];
  for (const correction of removalsLast(corrections)) {
    const { pointer, value } = correction;
    const old = valueAt(data, pointer);
    const wrong = evidence[pointer] ?? null;
    if ((old ?? null) === value && (value === null || wrong?.source === "correction")) continue;
    changes.push({ pointer, old: old ?? null, new: value, old_source: wrong?.source ?? null });
    if (value === null) {
      removeAt(data, evidence, pointer);
      taught.push({ pointer, value, right: null, wrong, pointed: false });
      continue;
    }
    setAt(data, pointer, value);
    const right = evidenceOf(reading, correction, value, by);
    evidence[pointer] = right;
    const pointed = correction.bbox !== undefined;
    taught.push({ pointer, value, right, wrong, pointed });
  }
  refuse(problemsAfter(data, corrections, schema));
  return { data, evidence, changes, taught };
}

function refuse(errors: readonly Problem[]): void {
  if (errors.length === 0) return;
  const said = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new AppError("invalid_request", `The corrections do not fit the document's type: ${said}.`, {
    detail: { errors },
  });
}

/** What a pointer or a value has wrong by itself. */
function problemsBefore(corrections: readonly Correction[], schema: z.ZodType): Problem[] {
  const json = jsonSchemaOf(schema);
  const seen = new Set<string>();
  return corrections.flatMap(({ pointer, value, page, bbox }) => {
    const at = (message: string): Problem[] => [{ path: pointer, message }];
    if (seen.has(pointer)) return at("is corrected twice: say once what it is");
    seen.add(pointer);
    const found = schemaAt(json, pointerTokens(pointer));
    if (found.schema === null) {
      const known = found.known.length > 0 ? `; known there: ${found.known.join(", ")}` : "";
      return at(`is no field of this type${known}`);
    }
    if (bbox && page === undefined) return at("has a bbox: say on which page");
    if (value === null) return [];
    const { schema: own } = found;
    const nested = own.properties ?? own.items;
    return nested ? at(wanted(own)) : [];
  });
}

/** What the schema says of the corrected data, as far as it is about what was corrected. */
function problemsAfter(
  data: ExtractedData,
  corrections: readonly Correction[],
  schema: z.ZodType,
): Problem[] {
  const result = schema.safeParse(data);
  if (result.success) return [];
  const json = jsonSchemaOf(schema);
  const pointers = new Set(corrections.filter(({ value }) => value !== null).map(({ pointer }) => pointer));
  return result.error.issues.flatMap((issue) => {
    const tokens = issue.path.map(String);
    const path = `/${tokens.map((token) => pointerToken(token)).join("/")}`;
    const mine = [...pointers].find((pointer) => pointer === path || pointer.startsWith(`${path}/`));
    if (mine === undefined) return [];
    const found = schemaAt(json, tokens);
    return [{ path: mine, message: found.schema ? wanted(found.schema) : issue.message }];
  });
}

/** Rows are taken out from the last on, so that numbers stay what they were when they were said. */
function removalsLast(corrections: readonly Correction[]): Correction[] {
  const isRow = ({ pointer, value }: Correction): boolean => value === null && /\/\d+$/.test(pointer);
  const rowOf = ({ pointer }: Correction): number => Number(/\d+$/.exec(pointer)?.[0]);
  const rows = corrections.filter(isRow).toSorted((a, b) => rowOf(b) - rowOf(a));
  return [...corrections.filter((correction) => !isRow(correction)), ...rows];
}

function evidenceOf(
  reading: Reading,
  { pointer, page: number, bbox }: Correction,
  value: string | number | boolean,
  by: string,
): Evidence {
  const { parsed } = reading.view;
  const page = parsed.pages.find((one) => one.number === number);
  const told: Cited[] = page && bbox ? wordsIn(page, bbox) : [];
  const places = bbox ? [] : placesPrinted(reading, String(value));
  const printed = places.find((place) => number === undefined || place[0]?.page === number) ?? [];
  const cited = told.length > 0 ? told : printed;
  const draft = { pointer, value, cited, confidence: 1, source: "correction" as const };
  const made = assemble(parsed, [draft], by).evidence[pointer];
  // The frame that a person drew is the place, whatever words were read in it.
  const frame = number !== undefined && bbox ? { page: number, bbox } : null;
  if (!made) {
    return {
      content: String(value),
      confidence: 1,
      citations: frame ? [frame] : [],
      source: "correction",
      engine: by,
      grounded: frame !== null,
    };
  }
  if (!frame) return made;
  const [first] = made.citations;
  return { ...made, citations: [{ ...first, ...frame }] };
}

function setAt(data: ExtractedData, pointer: string, value: unknown): void {
  const tokens = pointerTokens(pointer);
  let node: unknown = data;
  for (const [position, token] of tokens.entries()) {
    // The schema was walked along the same tokens: objects and lists alternate as they do there.
    const holder = node as Record<string, unknown>;
    if (Array.isArray(node) && Number(token) > node.length) {
      throw new AppError(
        "invalid_request",
        `${pointer} leaves a gap: the list has ${node.length} entries, so that the next one is ${node.length}.`,
        { detail: { errors: [{ path: pointer, message: `the next entry is ${node.length}` }] } },
      );
    }
    if (position === tokens.length - 1) holder[token] = value;
    else holder[token] ??= /^\d+$/.test(tokens[position + 1] ?? "") ? [] : {};
    node = holder[token];
  }
}

/** Takes a value away with its evidence and that of all inside it; a list's later entries move up. */
function removeAt(data: ExtractedData, evidence: Record<string, Evidence>, pointer: string): void {
  const at = pointer.lastIndexOf("/");
  const parent = pointer.slice(0, at);
  const [key = ""] = pointerTokens(pointer).slice(-1);
  const holder = parent === "" ? data : valueAt(data, parent);
  if (typeof holder !== "object" || holder === null) return;
  for (const path of Object.keys(evidence)) {
    if (path === pointer || path.startsWith(`${pointer}/`)) delete evidence[path];
  }
  if (!Array.isArray(holder)) {
    delete (holder as Record<string, unknown>)[key];
    return;
  }
  const index = Number(key);
  if (index >= holder.length) return;
  holder.splice(index, 1);
  const moved = Object.entries(evidence).flatMap(([path, entry]): [string, string, Evidence][] => {
    const match = path.startsWith(`${parent}/`) ? /^(\d+)(.*)$/s.exec(path.slice(parent.length + 1)) : null;
    const row = Number(match?.[1]);
    return match && row > index ? [[path, `${parent}/${row - 1}${match[2] ?? ""}`, entry]] : [];
  });
  for (const [path] of moved) delete evidence[path];
  for (const [, to, entry] of moved) evidence[to] = entry;
}
