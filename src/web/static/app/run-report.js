import { element, icon } from "./dom.js";
import { countText, durationText, labelOf, percent, reasonText } from "./wording.js";

/** @import { Result } from "./types.js" */

/**
 * Where a run's time went, and its events.
 * @param {Result} result
 * @param {Node} log
 */
export function makeRunReport({ usage }, log) {
  const stages = Object.entries(usage?.stages_ms ?? {});
  const longest = Math.max(1, ...stages.map(([, ms]) => ms));
  return element(
    "div",
    {},
    stages.length > 0 && element("h3", {}, "Time taken"),
    element(
      "dl",
      { class: "stages" },
      stages.flatMap(([name, ms]) => stageRow(name, ms, longest)),
    ),
    element("h3", {}, "Events"),
    log,
  );
}

/** Whether a person has to look, and why. @param {Result} result */
export function makeReviewBanner({ review, usage, classification, status, children }) {
  const required = review?.required ?? status !== "completed";
  const reasons = review?.reasons ?? [];
  const facts = [
    classification &&
      !children?.length &&
      `${labelOf(classification.type)} (${percent(classification.score)})`,
    usage && `read in ${durationText(usage.duration_ms)}`,
    usage && usage.ocr_pages > 0 && `${countText(usage.ocr_pages, "page")} by OCR`,
  ].filter(Boolean);
  const title = titleOf(required, review?.auto_approved ?? false, children?.length ?? 0);
  return element(
    "div",
    { class: "review", data: { required: String(required) } },
    icon(required ? "eye" : "pass"),
    element(
      "div",
      {},
      element("strong", {}, title),
      reasons.length > 0 &&
        element(
          "ul",
          {},
          reasons.map((reason) => element("li", {}, reasonText(reason))),
        ),
      element("p", { class: "quiet" }, facts.join(" · ")),
    ),
  );
}

/** @param {boolean} required @param {boolean} approved @param {number} inside documents that came out of it */
function titleOf(required, approved, inside) {
  if (required) return "A person should look at this";
  if (approved) return "Approved without review";
  // What a file holds is looked at where it stands, not here.
  return inside > 0
    ? `Holds ${countText(inside, "document")}, each with its own review`
    : "Nothing to review";
}

/** @param {string} name @param {number} ms @param {number} longest */
function stageRow(name, ms, longest) {
  const bar = element("span", { class: "bar-fill" });
  bar.style.setProperty("--share", String(ms / longest));
  return [
    element("dt", {}, labelOf(name)),
    element(
      "dd",
      {},
      element("span", { class: "bar" }, bar),
      element("span", { class: "number" }, durationText(ms)),
    ),
  ];
}
