import { AppError } from "../../errors.ts";
import type { FormField, Warning } from "../../model/parsed.ts";
import type { ParseLimits } from "../parser.ts";
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from "../xml/parse-xml.ts";

const MAX_FIELDS = 5_000;
const MAX_VALUE = 20_000;

/**
 * Reads the data of a form that is nothing but XFA (XFA 3.3, "XFA Data"): every element without children is a
 * field, named by its path. Such a form's pages show a request to open it elsewhere, so the data is all there is.
 */
export function readFormData(
  data: Uint8Array | undefined,
  limits: ParseLimits,
): { fields: FormField[]; warnings: Warning[] } {
  if (!data) return { fields: [], warnings: [] };
  const fields = fieldsOf(data, limits);
  if (fields.length > 0) return { fields, warnings: [] };
  const message =
    "The form is of the kind XFA and holds no data that can be read. Print it to a PDF in Adobe Reader and send that.";
  return { fields: [], warnings: [{ code: "form_not_read", message }] };
}

function fieldsOf(data: Uint8Array, limits: ParseLimits): FormField[] {
  try {
    const root = parseXml(new TextDecoder().decode(data), limits);
    const fields: FormField[] = [];
    collect(childOf(root, "data") ?? root, "", fields);
    return fields;
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

function collect(element: XmlElement, path: string, fields: FormField[]): void {
  const children = childrenOf(element);
  const several = new Set<string>();
  const seen = new Set<string>();
  for (const { local } of children) (seen.has(local) ? several : seen).add(local);
  for (const child of children) {
    if (fields.length >= MAX_FIELDS) return;
    const step = several.has(child.local) ? `${child.local}[${child.index - 1}]` : child.local;
    const name = path === "" ? step : `${path}.${step}`;
    if (childrenOf(child).length > 0) {
      collect(child, name, fields);
      continue;
    }
    const value = textOf(child).trim().slice(0, MAX_VALUE) || null;
    fields.push({ name, label: null, kind: "text", value, page: null, bbox: null });
  }
}
