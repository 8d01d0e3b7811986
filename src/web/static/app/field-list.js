import { element, icon } from "./dom.js";
import { buildSections, missingLabels } from "./sections.js";
import { levelOf, percent, sourceWord } from "./wording.js";

/**
 * @import { Evidence } from "./types.js"
 * @import { FieldSection, Leaf, TableSection } from "./sections.js"
 */

/**
 * Every value of a result: facts and parties as lists, lines as tables.
 * @param {Record<string, unknown>} data
 * @param {Record<string, Evidence>} evidence
 */
export function makeFieldList(data, evidence) {
  const sections = buildSections(data, evidence);
  const missing = missingLabels(data);
  return element(
    "div",
    { class: "fields" },
    sections.map((section) => (section.kind === "table" ? tableSection(section) : fieldSection(section))),
    sections.length === 0 && element("p", { class: "quiet empty" }, "No values were found in this document."),
    missing.length > 0 &&
      element("p", { class: "missing" }, `Not found on this document: ${missing.join(", ")}.`),
  );
}

/**
 * A value that can be pointed at; choosing it shows where it stands and what it was read from.
 * @param {Leaf} leaf
 */
export function fieldRow({ path, label, text, evidence }) {
  return element(
    "button",
    { type: "button", class: "field", data: { path } },
    element("span", { class: "field-label" }, label),
    element("span", { class: "field-value" }, text),
    confidenceMeter(evidence),
    element(
      "span",
      { class: "field-detail" },
      evidence ? detailOf(evidence) : "No evidence is given for this value.",
    ),
  );
}

/** @param {FieldSection} section */
function fieldSection({ title, leaves }) {
  return element("section", { class: "field-section" }, element("h3", {}, title), leaves.map(fieldRow));
}

/** @param {TableSection} section */
function tableSection({ title, columns, rows }) {
  const head = columns.map(({ label, leaf, numeric, wide }) =>
    element(
      "th",
      { scope: "col", class: numeric ? "numeric" : wide && "wide" },
      leaf && leaf.text !== "" ? cellButton(leaf) : label,
    ),
  );
  const body = rows.map((cells) =>
    element(
      "tr",
      {},
      cells.map((leaf, index) => tableCell(leaf, columns[index]?.numeric ?? false)),
      element("td", { class: "row-confidence" }, confidenceMeter(weakest(cells))),
    ),
  );
  return element(
    "section",
    { class: "field-section" },
    element("h3", {}, title, element("span", { class: "count" }, rows.length)),
    element(
      "div",
      { class: "table-scroll", tabindex: "0", role: "region", "aria-label": title },
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element("tr", {}, head, element("th", { scope: "col", class: "numeric" }, "Sure")),
        ),
        element("tbody", {}, body),
      ),
    ),
  );
}

/** @param {Leaf} leaf @param {boolean} numeric */
function tableCell(leaf, numeric) {
  return element("td", { class: numeric && "numeric" }, leaf.text !== "" && cellButton(leaf));
}

/** @param {Leaf} leaf */
function cellButton({ path, label, text, evidence }) {
  const level = evidence ? levelOf(evidence.confidence) : "low";
  const spoken = evidence
    ? `${label} ${text}, ${percent(evidence.confidence)} confidence`
    : `${label} ${text}`;
  return element(
    "button",
    { type: "button", class: "cell", "aria-label": spoken, data: { path, level } },
    text,
  );
}

/** @param {Leaf[]} cells */
function weakest(cells) {
  return cells
    .flatMap(({ evidence }) => (evidence ? [evidence] : []))
    .reduce(
      (least, found) => (least && least.confidence <= found.confidence ? least : found),
      /** @type {Evidence | null} */ (null),
    );
}

/** A bar and the number; the colour only repeats what they say. @param {Evidence | null} evidence */
function confidenceMeter(evidence) {
  if (!evidence) return element("span", { class: "confidence", data: { level: "none" } }, "–");
  const level = levelOf(evidence.confidence);
  const bar = element("span", { class: "bar" }, element("span", { class: "bar-fill" }));
  bar.style.setProperty("--share", String(evidence.confidence));
  return element(
    "span",
    { class: "confidence", title: `${percent(evidence.confidence)} confidence`, data: { level } },
    !evidence.grounded && icon("warning"),
    bar,
    element("span", { class: "number" }, percent(evidence.confidence)),
  );
}

/** Where a value stands in the file's own structure. @param {Evidence["citations"][number]} citation */
function structurePlace({ sheet, cell, field, header, xpath, attachment }) {
  if (cell) return `cell ${sheet ? `${sheet}!` : ""}${cell}`;
  if (field) return `field ${field}`;
  if (header) return `header ${header}`;
  return xpath ? `${xpath}${attachment ? ` in ${attachment}` : ""}` : "";
}

/** @param {Evidence} evidence */
function detailOf({ content, citations, source, grounded }) {
  const pages = [...new Set(citations.flatMap(({ page }) => page ?? []))];
  const places = [
    pages.length > 0 && `page ${pages.join(", ")}`,
    ...citations.slice(0, 1).map(structurePlace),
  ].filter(Boolean);
  return [
    content && `Written as “${content}”`,
    `${places.length > 0 ? places.join(", ") : "no place on a page"}, from ${sourceWord(source)}`,
    !grounded && "not found in the document's own words",
  ]
    .filter(Boolean)
    .join(" · ");
}
