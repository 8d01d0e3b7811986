import { labelOf, pointerTo, shownText, singular, valueText } from "./wording.js";

/**
 * @import { Evidence } from "./types.js"
 *
 * @typedef {{ path: string, label: string, text: string, evidence: Evidence | null }} Leaf
 * @typedef {{ key: string, label: string, leaf: Leaf | null, numeric: boolean, wide: boolean }} Column
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
  if (Array.isArray(value)) addList(sections, path, title, /** @type {unknown[]} */ (value), evidence);
  else addRecord(sections, path, title, /** @type {Record<string, unknown>} */ (value), evidence);
}

/**
 * A list of records or of rows is a table, a list of plain values a list; anything deeper is taken apart.
 * @param {Section[]} sections
 * @param {string} path
 * @param {string} title
 * @param {unknown[]} items
 * @param {EvidenceByPath} evidence
 */
function addList(sections, path, title, items, evidence) {
  if (items.length === 0) return;
  if (items.every(isFlat)) {
    sections.push(makeTable(path, title, items, null, evidence));
    return;
  }
  /** @type {FieldSection} */
  const plain = { kind: "fields", path, title, leaves: [] };
  items.forEach((item, index) => {
    const at = pointerTo(path, index);
    if (isObject(item)) addNested(sections, at, `${singular(title)} ${index + 1}`, item, evidence);
    else plain.leaves.push(makeLeaf(at, `${index + 1}`, item, evidence));
  });
  if (plain.leaves.length > 0) sections.push(plain);
}

/**
 * A record's own values, then what is nested in it. One with `columns` and `rows` is a table with its header.
 * @param {Section[]} sections
 * @param {string} path
 * @param {string} title
 * @param {Record<string, unknown>} record
 * @param {EvidenceByPath} evidence
 */
function addRecord(sections, path, title, record, evidence) {
  const { columns, rows, ...rest } = record;
  if (Array.isArray(columns) && Array.isArray(rows) && isFlat(columns) && rows.every(isFlat)) {
    if (Object.keys(rest).length > 0) addRecord(sections, path, title, rest, evidence);
    const header = columns.map((name, index) =>
      makeLeaf(pointerTo(pointerTo(path, "columns"), index), `Column ${index + 1}`, name, evidence),
    );
    sections.push(makeTable(pointerTo(path, "rows"), title, rows, header, evidence));
    return;
  }
  /** @type {FieldSection} */
  const own = { kind: "fields", path, title, leaves: [] };
  /** @type {Section[]} */
  const nested = [];
  for (const [key, inner] of Object.entries(record)) {
    if (inner === null || inner === undefined) continue;
    const at = pointerTo(path, key);
    if (isObject(inner)) addNested(nested, at, `${title}: ${labelOf(key).toLowerCase()}`, inner, evidence);
    else own.leaves.push(makeLeaf(at, labelOf(key), inner, evidence));
  }
  if (own.leaves.length > 0) sections.push(own);
  sections.push(...nested);
}

/**
 * @param {string} path where the rows stand
 * @param {string} title
 * @param {(Record<string, unknown> | unknown[])[]} items records, or rows of cells
 * @param {Leaf[] | null} header the printed names of the columns, where rows are cells
 * @param {EvidenceByPath} evidence
 * @returns {TableSection}
 */
function makeTable(path, title, items, header, evidence) {
  const records = items.map((item) => /** @type {Record<string, unknown>} */ (item));
  const byNumber = items.every((item) => Array.isArray(item));
  const named = Object.keys(header ?? {});
  const keys = [...new Set([...named, ...records.flatMap((record) => Object.keys(record))])].filter(
    (key) =>
      (header?.[Number(key)]?.text ?? "") !== "" || records.some((record) => valueText(record[key]) !== ""),
  );
  const columns = keys.map((key) => {
    const texts = records.map((record) => valueText(record[key]));
    return {
      key,
      label: byNumber ? (header ? "" : `${Number(key) + 1}`) : labelOf(key),
      leaf: header?.[Number(key)] ?? null,
      wide: texts.some((text) => text.length > WIDE_LENGTH),
      numeric: texts.every((text) => /^[-+]?[\d.,]*%?$/.test(text)),
    };
  });
  const rows = records.map((record, index) =>
    columns.map(({ key, label, leaf }) =>
      makeLeaf(pointerTo(pointerTo(path, index), key), leaf?.text || label, record[key], evidence),
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
  const found = evidence[path] ?? null;
  return { path, label, text: shownText(value, found?.content), evidence: found };
}

/** @param {unknown} value @returns {value is object} */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** Holds plain values alone. @param {unknown} value @returns {value is Record<string, unknown> | unknown[]} */
function isFlat(value) {
  return isObject(value) && Object.values(value).every((inner) => !isObject(inner));
}
