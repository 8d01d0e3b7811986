import { labelOf, pointerTo, singular, valueText } from "./wording.js";

/**
 * @import { Evidence } from "./types.js"
 *
 * @typedef {{ path: string, label: string, text: string, evidence: Evidence | null }} Leaf
 * @typedef {{ key: string, label: string, numeric: boolean, wide: boolean }} Column
 * @typedef {{ kind: "fields", path: string, title: string, leaves: Leaf[] }} FieldSection
 * @typedef {{ kind: "table", path: string, title: string, columns: Column[], rows: Leaf[][] }} TableSection
 * @typedef {FieldSection | TableSection} Section
 * @typedef {Record<string, Evidence | undefined>} EvidenceByPath
 */

/** Longer texts need room to be read in a column. */
const WIDE_LENGTH = 18;

const AMOUNTS = new Set([
  "subtotal",
  "discount_total",
  "charge_total",
  "tax_total",
  "tip",
  "total",
  "rounding",
  "prepaid",
  "previous_balance",
  "amount_due",
]);

/**
 * Lays out a result for reading: the facts, the amounts, the lines, then everything else in the
 * extractor's own order. Every value of `data` stands in exactly one section.
 * @param {Record<string, unknown>} data
 * @param {EvidenceByPath} evidence
 * @returns {Section[]}
 */
export function buildSections(data, evidence) {
  /** @type {FieldSection} */
  const facts = { kind: "fields", path: "", title: "Document", leaves: [] };
  /** @type {FieldSection} */
  const amounts = { kind: "fields", path: "", title: "Amounts", leaves: [] };
  /** @type {Section[]} */
  const lines = [];
  /** @type {Section[]} */
  const rest = [];
  for (const [key, value] of Object.entries(data)) {
    if (value === null || value === undefined) continue;
    const path = pointerTo("", key);
    if (typeof value === "object")
      addNested(key === "line_items" ? lines : rest, path, labelOf(key), value, evidence);
    else (AMOUNTS.has(key) ? amounts : facts).leaves.push(makeLeaf(path, labelOf(key), value, evidence));
  }
  return [facts, amounts, ...lines, ...rest].filter(
    (section) => section.kind === "table" || section.leaves.length > 0,
  );
}

/** The fields of the type that the document does not give, by their labels. @param {Record<string, unknown>} data */
export function missingLabels(data) {
  return Object.entries(data)
    .filter(([, value]) => value === null || (Array.isArray(value) && value.length === 0))
    .map(([key]) => labelOf(key).toLowerCase());
}

/**
 * @param {Section[]} sections
 * @param {string} path
 * @param {string} title
 * @param {object} value
 * @param {EvidenceByPath} evidence
 */
function addNested(sections, path, title, value, evidence) {
  if (Array.isArray(value)) {
    const items = /** @type {unknown[]} */ (value);
    if (items.length === 0) return;
    const table = asTable(path, title, items, evidence);
    if (table) sections.push(table);
    else if (items.every((item) => !isObject(item))) {
      const leaves = items.map((item, index) =>
        makeLeaf(pointerTo(path, index), `${index + 1}`, item, evidence),
      );
      sections.push({ kind: "fields", path, title, leaves });
    } else {
      items.forEach((item, index) => {
        if (isObject(item))
          addNested(sections, pointerTo(path, index), `${singular(title)} ${index + 1}`, item, evidence);
        else
          sections.push({
            kind: "fields",
            path,
            title,
            leaves: [makeLeaf(pointerTo(path, index), `${index + 1}`, item, evidence)],
          });
      });
    }
    return;
  }
  /** @type {FieldSection} */
  const own = { kind: "fields", path, title, leaves: [] };
  sections.push(own);
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || inner === undefined) continue;
    const at = pointerTo(path, key);
    if (isObject(inner)) addNested(sections, at, `${title}: ${labelOf(key).toLowerCase()}`, inner, evidence);
    else own.leaves.push(makeLeaf(at, labelOf(key), inner, evidence));
  }
  if (own.leaves.length === 0) sections.splice(sections.indexOf(own), 1);
}

/**
 * Records with plain values, or rows of plain values, make a table; anything deeper does not.
 * @param {string} path
 * @param {string} title
 * @param {unknown[]} items
 * @param {EvidenceByPath} evidence
 * @returns {TableSection | null}
 */
function asTable(path, title, items, evidence) {
  if (!items.every((item) => isObject(item) && Object.values(item).every((cell) => !isObject(cell))))
    return null;
  const records = items.map((item) => /** @type {Record<string, unknown>} */ (item));
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))].filter((key) =>
    records.some((record) => valueText(record[key]) !== ""),
  );
  const byNumber = records.every((record) => Array.isArray(record));
  const columns = keys.map((key) => ({
    key,
    label: byNumber ? `${Number(key) + 1}` : labelOf(key),
    wide: records.some((record) => valueText(record[key]).length > WIDE_LENGTH),
    numeric: records.every((record) => /^[-+]?[\d.,]*%?$/.test(valueText(record[key]))),
  }));
  const rows = records.map((record, index) =>
    columns.map(({ key, label }) =>
      makeLeaf(pointerTo(pointerTo(path, index), key), label, record[key], evidence),
    ),
  );
  return { kind: "table", path, title, columns, rows };
}

/**
 * @param {string} path
 * @param {string} label
 * @param {unknown} value
 * @param {EvidenceByPath} evidence
 * @returns {Leaf}
 */
function makeLeaf(path, label, value, evidence) {
  return { path, label, text: valueText(value), evidence: evidence[path] ?? null };
}

/** @param {unknown} value @returns {value is object} */
function isObject(value) {
  return typeof value === "object" && value !== null;
}
