import { element, icon } from "./dom.js";
import { labelOf, nameOf } from "./wording.js";

/** @import { Check, Result } from "./types.js" */

const VERDICT_WORDS = { pass: "Passed", fail: "Failed", not_applicable: "Does not apply" };
const VERDICT_ICONS = { pass: "pass", fail: "fail", not_applicable: "skip" };
const VERDICT_ORDER = { fail: 0, pass: 1, not_applicable: 2 };

/**
 * What was tested on the values, what failed first, and what the reader of the result has to know.
 * @param {readonly Check[]} checks
 * @param {NonNullable<Result["warnings"]>} warnings
 */
export function makeCheckList(checks, warnings) {
  const sorted = [...checks].sort((one, other) => VERDICT_ORDER[one.verdict] - VERDICT_ORDER[other.verdict]);
  return element(
    "div",
    { class: "checks" },
    warnings.length > 0 && element("h3", {}, "Warnings"),
    warnings.map(({ code, message, page }) =>
      element(
        "div",
        { class: "check", data: { verdict: "warning" } },
        icon("warning"),
        element("div", {}, element("strong", {}, labelOf(code)), element("p", {}, message)),
        page !== undefined && element("span", { class: "quiet" }, `Page ${page}`),
      ),
    ),
    element("h3", {}, "Checks"),
    sorted.length === 0 &&
      element("p", { class: "quiet" }, "Nothing could be checked: the values needed for it are missing."),
    sorted.map(checkRow),
  );
}

/** @param {Check} check */
function checkRow({ code, paths, verdict, detail }) {
  return element(
    "div",
    { class: "check", data: { verdict } },
    icon(VERDICT_ICONS[verdict]),
    element(
      "div",
      {},
      element("strong", {}, labelOf(code)),
      element("p", {}, detail),
      paths.length > 0 &&
        element(
          "p",
          { class: "check-paths" },
          paths.slice(0, 12).map(pathButton),
          paths.length > 12 && `and ${paths.length - 12} more`,
        ),
    ),
    element("span", { class: "verdict" }, VERDICT_WORDS[verdict]),
  );
}

/** @param {string} path */
function pathButton(path) {
  return element("button", { type: "button", class: "chip", data: { path } }, nameOf(path));
}
