import { Big } from "big.js";
import { groupsOf, termOf, termsOf } from "../../model/en16931.ts";
import type { Group } from "../../model/structured.ts";
import type { Sheet, ValueForm } from "./sheet.ts";

/** Fields of a line and the terms that they are; the first term that there is counts. */
const FIELDS: readonly (readonly [string, readonly string[], ValueForm])[] = [
  ["name", ["BT-153"], "text"],
  ["line_number", ["BT-126"], "text"],
  ["product_code", ["BT-155", "BT-157", "BT-156"], "text"],
  ["buyer_product_code", ["BT-156"], "text"],
  ["standard_product_code", ["BT-157"], "text"],
  ["classification_code", ["BT-158"], "text"],
  ["manufacturer_product_code", ["manufacturer_id"], "text"],
  ["description", ["BT-154"], "text"],
  ["note", ["BT-127"], "text"],
  ["quantity", ["BT-129"], "amount"],
  ["unit", ["BT-130"], "code"],
  ["unit_price", ["BT-146"], "amount"],
  ["gross_unit_price", ["BT-148"], "amount"],
  ["price_base_quantity", ["BT-149"], "amount"],
  ["tax_category", ["BT-151"], "code"],
  ["tax_rate", ["BT-152"], "amount"],
  ["tax_amount", ["tax_amount"], "amount"],
  ["service_start_date", ["BT-134"], "date"],
  ["service_end_date", ["BT-135"], "date"],
  ["date", ["delivery_date"], "date"],
  ["purchase_order_number", ["order_number"], "text"],
  ["order_line_number", ["BT-132"], "text"],
  ["despatch_number", ["despatch_number"], "text"],
  ["accounting_reference", ["BT-133"], "text"],
  ["object_identifier", ["BT-128"], "text"],
  ["country_of_origin", ["BT-159"], "code"],
  ["lot_number", ["lot_number"], "text"],
  ["serial_number", ["serial_number"], "text"],
  ["tracking_number", ["tracking_number"], "text"],
  ["outstanding_quantity", ["outstanding_quantity"], "amount"],
  ["status_code", ["line_status_code"], "code"],
  ["parent_line", ["parent_line"], "code"],
];

/** Statuses of lines (ZUGFeRD EXTENDED) whose amounts are sums of other lines, or are for information alone. */
const NOT_COUNTED: ReadonlySet<string> = new Set(["GROUP", "INFORMATION"]);

/** Drafts the lines in the file's order; a line that holds nothing but a text is no item. */
export function draftLines(sheet: Sheet, root: Group): void {
  let index = 0;
  const add = (line: Group, parent: string | null): void => {
    if (isItem(line)) {
      sheet.beginLine(index);
      draftLine(sheet, line, `/line_items/${index}`, parent);
      index += 1;
    }
    for (const inner of line.groups.filter((group) => group.id === "sub_line")) {
      add(inner, termOf(line, "BT-126")?.value ?? null);
    }
  };
  for (const line of groupsOf(root, "BG-25")) add(line, null);
  sheet.beginLine(null);
}

/** Notes that stand in lines without an item. */
export function textLines(root: Group): Group[] {
  return groupsOf(root, "BG-25").filter((line) => !isItem(line) && termOf(line, "BT-127") !== null);
}

function isItem(line: Group): boolean {
  return ["BT-153", "BT-129", "BT-131", "BT-146", "BT-154"].some((id) => termOf(line, id) !== null);
}

function draftLine(sheet: Sheet, line: Group, pointer: string, parent: string | null): void {
  for (const [field, ids, form] of FIELDS) {
    const id = ids.find((candidate) => termOf(line, candidate) !== null);
    if (id !== undefined) sheet.term(`${pointer}/${field}`, line, id, form);
  }
  const inner = parent !== null;
  if (inner) sheet.put(`${pointer}/parent_line`, parent, parent, line.xpath, "code", false);
  const status = termOf(line, "line_status_code")?.value ?? "";
  const counted = !inner && !NOT_COUNTED.has(status.toUpperCase());
  sheet.term(`${pointer}/${counted ? "amount" : "amount_included"}`, line, "BT-131", "amount");
  draftSum(sheet, line, "BG-27", ["BT-136"], `${pointer}/discount`);
  draftSum(sheet, line, "BG-28", ["BT-141"], `${pointer}/charge`);
  draftAdjustments(sheet, line, `${pointer}/allowances_charges`, LINE_ADJUSTMENTS);
  for (const [index, attribute] of groupsOf(line, "BG-32").entries()) {
    sheet.term(`${pointer}/attributes/${index}/name`, attribute, "BT-160");
    sheet.term(`${pointer}/attributes/${index}/value`, attribute, "BT-161");
  }
}

/** What a line's allowances make together: exactly what is given, or the sum of several. */
function draftSum(sheet: Sheet, line: Group, group: string, ids: readonly string[], pointer: string): void {
  const terms = groupsOf(line, group).flatMap((one) => ids.flatMap((id) => termsOf(one, id)));
  const [only] = terms;
  if (!only) return;
  if (terms.length === 1) {
    sheet.given(pointer, only, "amount");
    return;
  }
  const numbers = terms.map((term) => term.value).filter((value) => /^-?\d+(?:\.\d+)?$/.test(value));
  if (numbers.length < terms.length) return;
  const digits = Math.max(...numbers.map((value) => value.split(".")[1]?.length ?? 0));
  const sum = numbers.reduce((total, value) => total.plus(value), new Big(0)).toFixed(digits);
  sheet.put(pointer, sum, terms.map((term) => term.content).join(" + "), line.xpath, "amount", true);
}

type AdjustmentIds = Readonly<
  Record<string, { readonly kind: string; readonly fields: Readonly<Record<string, string>> }>
>;

const LINE_ADJUSTMENTS: AdjustmentIds = {
  "BG-27": {
    kind: "allowance",
    fields: {
      amount: "BT-136",
      base_amount: "BT-137",
      percentage: "BT-138",
      reason: "BT-139",
      reason_code: "BT-140",
      unit_amount: "unit_amount",
    },
  },
  "BG-28": {
    kind: "charge",
    fields: {
      amount: "BT-141",
      base_amount: "BT-142",
      percentage: "BT-143",
      reason: "BT-144",
      reason_code: "BT-145",
      unit_amount: "unit_amount",
    },
  },
};

export const DOCUMENT_ADJUSTMENTS: AdjustmentIds = {
  "BG-20": {
    kind: "allowance",
    fields: {
      amount: "BT-92",
      base_amount: "BT-93",
      percentage: "BT-94",
      tax_category: "BT-95",
      tax_rate: "BT-96",
      reason: "BT-97",
      reason_code: "BT-98",
    },
  },
  "BG-21": {
    kind: "charge",
    fields: {
      amount: "BT-99",
      base_amount: "BT-100",
      percentage: "BT-101",
      tax_category: "BT-102",
      tax_rate: "BT-103",
      reason: "BT-104",
      reason_code: "BT-105",
    },
  },
};

const CODES: ReadonlySet<string> = new Set(["tax_category", "reason_code"]);

/** Drafts allowances and charges in one list. */
export function draftAdjustments(sheet: Sheet, holder: Group, pointer: string, ids: AdjustmentIds): void {
  let index = 0;
  for (const [id, { kind, fields }] of Object.entries(ids)) {
    for (const group of groupsOf(holder, id)) {
      const at = `${pointer}/${index}`;
      if (group.terms.length === 0) continue;
      sheet.put(`${at}/kind`, kind, kind, group.xpath, "code", false);
      for (const [field, term] of Object.entries(fields)) {
        const form = CODES.has(field) ? "code" : field === "reason" ? "text" : "amount";
        sheet.term(`${at}/${field}`, group, term, form);
      }
      index += 1;
    }
  }
}

/** Where a group of an id is, its terms are drafted under fields. */
export function draftFields(
  sheet: Sheet,
  group: Group | null,
  pointer: string,
  fields: readonly (readonly [string, string, ValueForm])[],
): void {
  if (group === null) return;
  for (const [field, id, form] of fields) sheet.term(`${pointer}/${field}`, group, id, form);
}

/** As `draftFields`, for every group of an id, in a list. */
export function draftList(
  sheet: Sheet,
  root: Group,
  id: string,
  pointer: string,
  fields: readonly (readonly [string, string, ValueForm])[],
): void {
  const groups = groupsOf(root, id).filter((group) =>
    fields.some(([, term]) => termOf(group, term) !== null),
  );
  for (const [index, group] of groups.entries()) draftFields(sheet, group, `${pointer}/${index}`, fields);
}
